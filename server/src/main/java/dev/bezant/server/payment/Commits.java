package dev.bezant.server.payment;

import dev.bezant.server.database.DatabaseException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats guarded commits while the database fails in passing. */
public final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    /** Waits between tries, in milliseconds. */
    private static final long[] PAUSES = {20, 200, 1000};

    private Commits() {}

    /**
     * Runs a commit that is guarded by what it read, so that a repeat of one that had happened changes nothing.
     *
     * @return what the commit returned: false if its guard missed
     * @throws DatabaseException if the database still fails after four tries, or not in passing
     */
    public static boolean retried(Supplier<Boolean> commit) {
        for (int tried = 0; ; tried++) {
            try {
                return commit.get();
            } catch (DatabaseException e) {
                if (!e.transientFailure() || tried == PAUSES.length) {
                    throw e;
                }
                LOG.warn("A commit failed and is tried again", e);
                pause(PAUSES[tried]);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
