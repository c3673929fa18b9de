package dev.bezant.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults in force, oldest first. Spent ones stay listed with their hit counts until removed. Thread-safe. */
public final class Faults {
    /** Most faults kept; beyond it the oldest spent ones are dropped, and then none is accepted. */
    public static final int MAX = 1_000;

    private final CopyOnWriteArrayList<Fault> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    /**
     * @throws IllegalStateException if there are too many
     */
    public synchronized Fault add(Fault.Terms terms) {
        if (faults.size() >= MAX) {
            faults.removeIf(Fault::isSpent);
        }
        if (faults.size() >= MAX) {
            throw new IllegalStateException("There are already " + MAX + " faults; remove some with DELETE /control/faults");
        }
        var fault = new Fault("fault_" + ids.incrementAndGet(), terms);
        faults.add(fault);
        return fault;
    }

    public List<Fault> all() {
        return List.copyOf(faults);
    }

    public synchronized Optional<Fault> remove(String id) {
        var found = faults.stream().filter(fault -> fault.id().equals(id)).findFirst();
        found.ifPresent(faults::remove);
        return found;
    }

    public synchronized void clear() {
        faults.clear();
    }

    /**
     * The faults that strike one call, in the order they were asked for: any number of delays and skews, and at most one that decides how
     * the call ends. Striking uses up their counts.
     *
     * @param operation tells whether a fault's operation (null: money-moving ones) means this call
     */
    public List<Fault> striking(String provider, @Nullable String account, Predicate<@Nullable String> operation) {
        if (faults.isEmpty()) {
            return List.of();
        }
        var striking = new ArrayList<Fault>();
        boolean endDecided = false;
        for (var fault : faults) {
            var stage = fault.kind().stage();
            if ((stage != FaultKind.Stage.BEFORE && stage != FaultKind.Stage.AFTER) || !matches(fault.terms(), provider, account)
                    || !operation.test(fault.terms().operation())) {
                continue;
            }
            boolean ends = switch (fault.kind()) {
                case DELAY, DELAY_AFTER_EFFECT, CLOCK_SKEW -> false;
                default -> true;
            };
            if (!(ends && endDecided) && fault.strikes()) {
                striking.add(fault);
                endDecided |= ends;
            }
        }
        return striking;
    }

    /** The webhook faults that strike one delivery; a fault without an operation means every event. */
    public List<Fault> strikingWebhook(String provider, String account, String event) {
        if (faults.isEmpty()) {
            return List.of();
        }
        return faults.stream()
                .filter(fault -> fault.kind().stage() == FaultKind.Stage.WEBHOOK && matches(fault.terms(), provider, account))
                .filter(fault -> fault.terms().operation() == null || fault.terms().operation().equals(event))
                .filter(Fault::strikes)
                .toList();
    }

    private static boolean matches(Fault.Terms terms, String provider, @Nullable String account) {
        return (terms.provider() == null || terms.provider().equals(provider))
                && (terms.account() == null || terms.account().equals(account));
    }
}
