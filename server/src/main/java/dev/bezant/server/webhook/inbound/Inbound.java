package dev.bezant.server.webhook.inbound;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.connector.ProviderLanes;
import dev.bezant.server.connector.TellsByNotice;
import dev.bezant.server.connector.TellsByNotice.Notice;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.RawRoute;
import dev.bezant.server.http.RawRoute.RawMessage;
import dev.bezant.server.http.RawRoute.RawReply;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.payout.PayoutFeature;
import dev.bezant.server.settle.Settler;
import dev.bezant.server.webhook.inbound.NoticeStore.Stored;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notices of providers and acts upon them. A notice is acknowledged once it is stored; a node that dies after that leaves a row that
 * another one finds.
 */
public final class Inbound implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);
    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final int AT_ONCE = 50;
    private static final int TRIES_MAX = 8;
    /** For how long a provider account that does not answer holds up the notices of others, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** What is not genuine is stored too, for an operator to see, but not without end: per provider account and minute. */
    private static final int REFUSED_MAX = 60;

    private final Connectors connectors;
    private final ProviderAccounts accounts;
    private final Settler settler;
    private final PayoutFeature payouts;
    private final NoticeStore store;
    private final ProviderLanes lanes = new ProviderLanes("notices", PATIENCE);
    private final Map<String, AtomicInteger> refused = new ConcurrentHashMap<>();

    public Inbound(Database database, Connectors connectors, ProviderAccounts accounts, Settler settler, PayoutFeature payouts, Ids ids) {
        this.connectors = connectors;
        this.accounts = accounts;
        this.settler = settler;
        this.payouts = payouts;
        this.store = new NoticeStore(database, ids);
    }

    public List<RawRoute> routes() {
        return List.of(new RawRoute("/notices/{mode}/{account}/{provider_account}", this::take));
    }

    private RawReply take(RawMessage message) {
        Optional<ProviderAccount> found = account(message);
        if (found.isEmpty() || !(connectors.of(found.get()) instanceof TellsByNotice)) {
            return new RawReply(404, "No provider account takes notices here");
        }
        return switch (take(found.get(), message)) {
            case STORED -> new RawReply(200, "ok");
            case TOO_LARGE -> new RawReply(413, "The notice is larger than " + BODY_BYTES_MAX + " bytes");
            case REFUSED -> new RawReply(401, "The notice is not provably the provider's");
        };
    }

    /** What became of a notice. */
    public enum Taken {
        STORED,
        TOO_LARGE,
        /** Nothing shows that it is the provider's. */
        REFUSED
    }

    /** Takes a notice for a provider account; one that is not genuine is noted as such. */
    public Taken take(ProviderAccount account, RawMessage message) {
        if (message.body().length > BODY_BYTES_MAX) {
            return Taken.TOO_LARGE;
        }
        try {
            store.add(account, read(account, message));
            return Taken.STORED;
        } catch (TellsByNotice.NotGenuine e) {
            if (refused.computeIfAbsent(account.id(), id -> new AtomicInteger()).incrementAndGet() <= REFUSED_MAX) {
                store.refuse(account, String.valueOf(e.getMessage()));
                LOG.atWarn().addKeyValue("provider_account", account.id()).addKeyValue("reason", e.getMessage()).log("A notice was refused");
            }
            return Taken.REFUSED;
        }
    }

    /** Whether a notice is genuine, seen with a provider account's secret. */
    public boolean isGenuine(ProviderAccount account, RawMessage message) {
        try {
            read(account, message);
            return true;
        } catch (TellsByNotice.NotGenuine e) {
            return false;
        }
    }

    /** Which payment a genuine notice is about, by our reference; empty where it does not tell. */
    public Optional<String> reference(ProviderAccount account, RawMessage message) {
        try {
            return Optional.ofNullable(read(account, message).reference());
        } catch (TellsByNotice.NotGenuine e) {
            return Optional.empty();
        }
    }

    private Notice read(ProviderAccount account, RawMessage message) throws TellsByNotice.NotGenuine {
        if (connectors.of(account) instanceof TellsByNotice provider) {
            return provider.read(message.body(), message.header());
        }
        throw new TellsByNotice.NotGenuine("The provider tells nothing by itself");
    }

    private Optional<ProviderAccount> account(RawMessage message) {
        String mode = message.pathParam("mode");
        return mode.equals("test") || mode.equals("live")
                ? accounts.find(message.pathParam("account"), mode.equals("live"), message.pathParam("provider_account"))
                : Optional.empty();
    }

    /** Refused notices are counted by the minute. */
    public void countAnew() {
        refused.clear();
    }

    /** Acts upon what has come. */
    public void act() {
        Map<String, List<Stored>> due = store.claim(AT_ONCE, lanes.busy()).stream().collect(Collectors.groupingBy(Stored::providerAccountId));
        var work = new HashMap<String, Runnable>();
        due.forEach((account, notices) -> work.put(account, () -> act(notices)));
        lanes.run(work);
    }

    private void act(List<Stored> notices) {
        List<Callable<Boolean>> work = notices.stream().map(notice -> (Callable<Boolean>) () -> act(notice)).toList();
        // No connection is held while a provider is asked, so they can wait side by side.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(work);
        } catch (InterruptedException e) {
            // The claims run out, and somebody takes them up again.
            Thread.currentThread().interrupt();
        }
    }

    private boolean act(Stored notice) {
        try {
            Settler.Heard heard = notice.reference() == null ? Settler.Heard.NOT_OURS : heard(notice, notice.reference());
            switch (heard) {
                case NOT_OURS -> store.done(notice, "ignored");
                case ASKED -> store.done(notice, "processed");
                case NOT_ANSWERED -> again(notice);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("notice", notice.id()).log("A notice could not be acted upon; it is tried again");
            again(notice);
            return false;
        }
    }

    /** Of a payment, or of a payout. */
    private Settler.Heard heard(Stored notice, String reference) {
        Settler.Heard heard = settler.noticed(notice.accountId(), notice.providerAccountId(), reference, notice.providerId());
        return heard == Settler.Heard.NOT_OURS
                ? payouts.noticed(notice.accountId(), notice.providerAccountId(), reference, notice.providerId())
                        .map(answered -> answered ? Settler.Heard.ASKED : Settler.Heard.NOT_ANSWERED).orElse(heard)
                : heard;
    }

    @Override
    public void close() {
        lanes.close();
    }

    /** After some tries it is left to settling, which asks about whatever is open. */
    private void again(Stored notice) {
        if (notice.attempts() >= TRIES_MAX) {
            store.done(notice, "processed");
        } else {
            store.postpone(notice);
        }
    }
}
