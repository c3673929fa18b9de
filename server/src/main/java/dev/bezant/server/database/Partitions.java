package dev.bezant.server.database;

import dev.bezant.server.kernel.Ids;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Makes the monthly partitions of growing tables ahead of time, and drops those past retention.
 *
 * <p>Partitions are bounded by id, whose first part is time. A default partition catches what a stopped job would have missed.
 */
public final class Partitions {
    private static final String TABLE = "event";
    private static final String PREFIX = "evt_";

    private final Database database;
    private final Clock clock;

    public Partitions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Ensures the partitions of this month and the next two. Safe to run from several nodes at once. */
    public void ensure() {
        YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        database.transaction(tx -> {
            tx.sql("select pg_advisory_xact_lock(7233001)").list(row -> 1);
            create(tx, TABLE + "_default", "default");
            for (int ahead = 0; ahead < 3; ahead++) {
                YearMonth from = month.plusMonths(ahead);
                create(tx, TABLE + "_" + from.toString().replace('-', '_'),
                        "for values from ('" + bound(from) + "') to ('" + bound(from.plusMonths(1)) + "')");
            }
            return null;
        });
    }

    private static void create(Session tx, String name, String values) {
        tx.sql("create table if not exists " + name + " partition of " + TABLE + " " + values).update();
    }

    private static String bound(YearMonth month) {
        return PREFIX + Ids.lowerBound(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
