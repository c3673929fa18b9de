package dev.bezant.server.settle;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.FindsByListing;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Sender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paces new payments on providers that can only list their latest ones, so that an attempt whose outcome becomes unknown is still on
 * some listing.
 *
 * <p>The rule: from the moment an attempt is sent until it is resolved, at most 40 % of the window's size are sent between two looks at
 * the listing, and never more than 24 % at once. With a window of 100 that leaves at least a dozen payments on every
 * listing that were resolved before the attempt began: the anchor of the proof. After a start, the first look precedes the first
 * payment wherever something is unresolved. In quiet times and under steady load without slow calls nothing of this is felt.
 *
 * <p>It counts what this node sends. With N nodes on one provider account, the account's setting {@code nodes} divides both figures.
 */
public final class Pacing implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Pacing.class);
    private static final double CONCURRENCY_SHARE = 0.24;
    private static final double BUDGET_SHARE = 0.40;

    private final Connectors connectors;
    private final Scans scans;
    private final Duration patience;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    /** @param patience how long a payment may wait for its turn */
    Pacing(Connectors connectors, Scans scans, Duration patience) {
        this.connectors = connectors;
        this.scans = scans;
        this.patience = patience;
    }

    @Override
    public Outcome send(ProviderAccount account, String reference, Supplier<Outcome> call) {
        if (!(connectors.of(account) instanceof FindsByListing finds)) {
            return call.get();
        }
        return paces.computeIfAbsent(account.id(), id -> new Pace(account, finds.window())).send(account, reference, call);
    }

    /** Looks up what became of attempts whose outcome their senders did not learn. */
    void forgetResolved() {
        paces.values().forEach(Pace::forgetResolved);
    }

    /** One provider account's turn-taking. */
    private final class Pace {
        private final ProviderAccount account;
        private final Semaphore turns;
        private final int budget;
        private final ReentrantLock scanning = new ReentrantLock();
        /** Reference to the number of its sending, oldest first; guarded by this. */
        private final LinkedHashMap<String, Long> open = new LinkedHashMap<>();
        private final Set<String> unknown = ConcurrentHashMap.newKeySet();
        private long sent;
        private long sentAtScan;
        private boolean first = true;

        Pace(ProviderAccount account, int window) {
            this.account = account;
            int nodes = Math.max(1, account.settings().path("nodes").asInt(1));
            this.turns = new Semaphore(Math.max(1, (int) (window * CONCURRENCY_SHARE) / nodes), true);
            this.budget = Math.max(1, (int) (window * BUDGET_SHARE) / nodes);
        }

        Outcome send(ProviderAccount account, String reference, Supplier<Outcome> call) {
            try {
                if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Outcome.NotSent("Too many payments wait for this provider account");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.NotSent("Interrupted before sending");
            }
            boolean resolved = false;
            boolean entered = false;
            try {
                if (!mayGo(account, reference)) {
                    return new Outcome.NotSent("Payments on this provider account wait until it can be asked about unresolved ones");
                }
                enter(reference);
                entered = true;
                Outcome outcome = call.get();
                resolved = !(outcome instanceof Outcome.Unknown) && !(outcome instanceof Outcome.Pending);
                return outcome;
            } finally {
                if (entered) {
                    leave(reference, resolved);
                }
                turns.release();
            }
        }

        private boolean mayGo(ProviderAccount account, String reference) {
            if (!scanDue()) {
                return true;
            }
            scanning.lock();
            try {
                // Somebody else may have looked while this one waited.
                if (!scanDue()) {
                    return true;
                }
                long at = mark();
                boolean needed = !isFirst() || scans.open(account).stream().anyMatch(it -> !it.charge().reference().equals(reference));
                if (needed && !scans.scan(account)) {
                    LOG.atWarn().addKeyValue("provider_account", account.id()).log("The provider could not be asked; new payments wait");
                    return false;
                }
                scanned(at);
                return true;
            } finally {
                scanning.unlock();
            }
        }

        private synchronized boolean scanDue() {
            if (first) {
                return true;
            }
            if (open.isEmpty()) {
                return false;
            }
            long oldest = open.firstEntry().getValue();
            return sent - Math.max(oldest, sentAtScan) >= budget;
        }

        private synchronized boolean isFirst() {
            return first;
        }

        private synchronized long mark() {
            return sent;
        }

        private synchronized void scanned(long at) {
            sentAtScan = Math.max(sentAtScan, at);
            first = false;
        }

        private synchronized void enter(String reference) {
            sent++;
            open.put(reference, sent);
        }

        private synchronized void leave(String reference, boolean resolved) {
            if (resolved) {
                open.remove(reference);
            } else {
                unknown.add(reference);
            }
        }

        private void forgetResolved() {
            // Noted before the tables are read: what becomes unknown meanwhile must not be taken for resolved.
            Set<String> noted = Set.copyOf(unknown);
            if (noted.isEmpty()) {
                return;
            }
            Set<String> still = scans.unsettled(account, noted);
            noted.stream().filter(reference -> !still.contains(reference)).forEach(this::forget);
        }

        private synchronized void forget(String reference) {
            unknown.remove(reference);
            open.remove(reference);
        }
    }
}
