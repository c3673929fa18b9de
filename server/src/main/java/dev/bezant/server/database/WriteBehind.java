package dev.bezant.server.database;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that are written behind the backs of those they tell of, many at once. Whoever adds one never waits, and never fails because of it: what
 * there is no room or no database for is dropped, the oldest first, and told.
 */
public final class WriteBehind<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    private static final int WAITING_MAX = 10_000;
    private static final long WAITING_SIZE_MAX = 16L << 20;
    private static final int BATCH_MAX = 200;
    private static final long BATCH_SIZE_MAX = 2L << 20;

    /** Hears how many rows are missing. */
    @FunctionalInterface
    public interface Losses {
        /** @param why {@code overflow}: there was no room; {@code failed}: the database refused it */
        void dropped(String why, int count);
    }

    private final String what;
    private final Consumer<List<T>> insert;
    private final Losses losses;
    private final Backlog<T> backlog;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean databaseAway;

    /**
     * @param what the rows are, for people: {@code the request log}
     * @param size of a row, roughly, in characters
     * @param insert writes rows in one commit; repeated after a lost acknowledgement, it must write nothing twice
     */
    public WriteBehind(String what, ToLongFunction<T> size, Consumer<List<T>> insert, Losses losses) {
        this.what = what;
        this.insert = insert;
        this.losses = losses;
        this.backlog = new Backlog<>(WAITING_MAX, WAITING_SIZE_MAX, size);
    }

    public void add(T row) {
        dropped("overflow", backlog.add(row));
    }

    public int waiting() {
        return backlog.count();
    }

    /** Writes all that waits, unless the database is away: then it goes on waiting. */
    public void write() {
        writing.lock();
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                if (!written(batch)) {
                    return;
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes what waits for the last time. */
    public void close() {
        write();
        int lost = backlog.count();
        if (lost > 0) {
            LOG.warn("{} rows are missing in {}: the database was away when the server stopped", lost, what);
        }
    }

    private List<T> next() {
        return backlog.take(BATCH_MAX, BATCH_SIZE_MAX);
    }

    private boolean written(List<T> batch) {
        try {
            insert.accept(batch);
            databaseAway = false;
            return true;
        } catch (DatabaseException e) {
            if (e.transientFailure()) {
                if (!databaseAway) {
                    LOG.warn("{} cannot be written just now; it is tried again", what, e);
                }
                databaseAway = true;
                dropped("overflow", backlog.giveBack(batch));
                return false;
            }
            return writtenOneByOne(batch, e);
        }
    }

    /** One that the database refuses must not take the others with it. */
    private boolean writtenOneByOne(List<T> batch, DatabaseException refused) {
        if (batch.size() == 1) {
            LOG.error("A row is missing in {}", what, refused);
            dropped("failed", 1);
            return true;
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!written(List.of(batch.get(i)))) {
                dropped("overflow", backlog.giveBack(batch.subList(i + 1, batch.size())));
                return false;
            }
        }
        return true;
    }

    private void dropped(String why, int count) {
        if (count > 0) {
            losses.dropped(why, count);
        }
    }
}
