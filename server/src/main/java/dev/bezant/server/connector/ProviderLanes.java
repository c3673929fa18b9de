package dev.bezant.server.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work with provider accounts, each account's in a thread of its own: one that does not answer holds up nobody else. */
public final class ProviderLanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderLanes.class);

    private final String what;
    private final Duration patience;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    /**
     * @param what is done, for the log
     * @param patience how long {@link #run} waits for accounts that do not answer
     */
    public ProviderLanes(String what, Duration patience) {
        this.what = what;
        this.patience = patience;
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(what + "-", 1).factory());
    }

    /** The provider accounts whose work runs still. */
    public Set<String> busy() {
        return Set.copyOf(busy);
    }

    /**
     * Begins the work of every provider account that is not busy, and waits until it is done, or has taken too long; then it goes on alone.
     *
     * @param work by the provider account's id
     */
    public void run(Map<String, Runnable> work) {
        List<Future<?>> begun = new ArrayList<>();
        work.forEach((account, each) -> {
            if (busy.add(account)) {
                begun.add(threads.submit(() -> guarded(account, each)));
            }
        });
        long end = System.nanoTime() + patience.toNanos();
        for (Future<?> each : begun) {
            try {
                each.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Told where it happened; or it takes longer than the others shall wait.
                LOG.debug("{} goes on alone", what, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void guarded(String account, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("provider_account", account).addKeyValue("work", what).log("Work with a provider account failed; it is tried again");
        } finally {
            busy.remove(account);
        }
    }

    /** Stops what runs still, as a crash would: whoever finds the work in the tables does it again. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
