package dev.bezant.sandbox.world;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The state of everything simulated. Every change goes through {@link #commit}: one journal line, then memory, under one lock, by the
 * same code that replays the journal at start. Thread-safe.
 */
public final class World implements AutoCloseable {
    /** One new state of one thing; {@code kind} names who applies it. */
    public record Change(String kind, Object value) {}

    private record Setting(String name, String value) {}

    private record Applier<T>(Class<T> type, Consumer<T> apply) {
        void applyObject(Object value) {
            apply.accept(type.cast(value));
        }
    }

    private static final String LEDGER = "ledger";
    private static final String ACCOUNT = "account";
    private static final String SETTING = "setting";

    private final Object lock = new Object();
    private final Map<String, Applier<?>> appliers = new HashMap<>();
    private final List<Runnable> forgetters = new ArrayList<>();
    private final SandboxClock clock;
    private final Accounts accounts = new Accounts();
    private final Ledger ledger = new Ledger();
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private @Nullable Journal journal;
    private volatile @Nullable String instance;

    public World(Clock wall) {
        this.clock = new SandboxClock(wall);
        register(LEDGER, LedgerEntry.class, ledger::append);
        register(ACCOUNT, Account.class, accounts::put);
        register(SETTING, Setting.class, this::applySetting);
    }

    /** Declares a kind of change. Before {@link #open}. */
    public <T> void register(String kind, Class<T> type, Consumer<T> apply) {
        appliers.put(kind, new Applier<>(type, apply));
    }

    /** Declares what a reset must forget. */
    public void onReset(Runnable forget) {
        forgetters.add(forget);
    }

    /**
     * Reads what an earlier run left in the directory and continues it.
     *
     * @param directory null to keep everything in memory only
     * @param instance null to keep or make one
     */
    public void open(@Nullable Path directory, @Nullable String instance) {
        synchronized (lock) {
            if (directory != null) {
                journal = Journal.open(directory, this::replay);
            }
            var wanted = instance != null ? instance : this.instance != null ? this.instance : UUID.randomUUID().toString();
            if (!wanted.equals(this.instance)) {
                commit(List.of(new Change(SETTING, new Setting("instance", wanted))), List.of());
            }
        }
    }

    public String instance() {
        var value = instance;
        if (value == null) {
            throw new IllegalStateException("open comes first");
        }
        return value;
    }

    public SandboxClock clock() {
        return clock;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog requests() {
        return requests;
    }

    /** Makes changes and the movements of money they mean durable and visible, all together. */
    public void commit(List<Change> changes, List<Movement> movements) {
        synchronized (lock) {
            var all = new ArrayList<>(changes);
            for (int i = 0; i < movements.size(); i++) {
                var entry = ledger.next(movements.get(i), clock);
                all.add(new Change(LEDGER, i == 0 ? entry : new LedgerEntry(entry.seq() + i, entry.movement(), entry.at())));
            }
            if (journal != null) {
                journal.append(line(all));
            }
            for (var change : all) {
                applier(change.kind()).applyObject(change.value());
            }
        }
    }

    public void save(Account account) {
        commit(List.of(new Change(ACCOUNT, account)), List.of());
    }

    /** Makes the account's credentials invalid; what it did stays. */
    public void revoke(Account account) {
        save(account.revoke());
    }

    public void advance(Duration by) {
        moveTo(clock.offset().plus(by));
    }

    public void set(Instant now) {
        moveTo(Duration.between(clock.wallTime(), now));
    }

    private void moveTo(Duration offset) {
        commit(List.of(new Change(SETTING, new Setting("clock_offset", offset.toString()))), List.of());
    }

    /** Forgets everything but the accounts that exist from the start, this instance's id, and which ledger numbers were used. */
    public void reset() {
        synchronized (lock) {
            var kept = accounts.forgetAllButStandard();
            long lastSeq = ledger.lastSeq();
            ledger.forget(lastSeq);
            faults.clear();
            requests.clear();
            clock.offset(Duration.ZERO);
            forgetters.forEach(Runnable::run);
            if (journal != null) {
                var lines = new ArrayList<byte[]>();
                lines.add(line(List.of(new Change(SETTING, new Setting("instance", instance())),
                        new Change(SETTING, new Setting("ledger_seq", Long.toString(lastSeq))))));
                kept.forEach(account -> lines.add(line(List.of(new Change(ACCOUNT, account)))));
                journal.rewrite(lines);
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (journal != null) {
                journal.close();
                journal = null;
            }
        }
    }

    private void applySetting(Setting setting) {
        switch (setting.name()) {
            case "instance" -> instance = setting.value();
            case "clock_offset" -> clock.offset(Duration.parse(setting.value()));
            case "ledger_seq" -> ledger.forget(Long.parseLong(setting.value()));
            default -> throw new IllegalArgumentException("unknown setting " + setting.name());
        }
    }

    private static byte[] line(List<Change> changes) {
        var array = Json.array();
        for (var change : changes) {
            array.addObject().put("kind", change.kind()).set("value", Json.tree(change.value()));
        }
        return Json.bytes(array);
    }

    private void replay(byte[] line) {
        for (JsonNode change : (ArrayNode) Json.parse(line)) {
            replayOne(applier(change.path("kind").asString()), change.path("value"));
        }
    }

    private static <T> void replayOne(Applier<T> applier, JsonNode value) {
        applier.apply().accept(Json.read(value, applier.type()));
    }

    private Applier<?> applier(String kind) {
        var applier = appliers.get(kind);
        if (applier == null) {
            throw new IllegalArgumentException("nothing is known of '" + kind + "': " + appliers.keySet());
        }
        return applier;
    }
}
