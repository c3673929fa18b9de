package dev.bezant.server.database;

import dev.bezant.server.database.GrowingTable.Step;
import dev.bezant.server.kernel.Ids;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Makes the partitions of growing tables ahead of time, and drops those past retention.
 *
 * <p>A default partition catches what a stopped job would have missed.
 */
public final class Partitions {
    private static final int AHEAD = 2;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu_MM");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu_MM_dd");

    private final Database database;
    private final Clock clock;
    private final List<GrowingTable> tables;

    public Partitions(Database database, Clock clock, List<GrowingTable> tables) {
        this.database = database;
        this.clock = clock;
        this.tables = List.copyOf(tables);
    }

    /** Ensures the partitions of this period and the next two, and drops the old ones. Safe to run from several nodes at once. */
    public void ensure() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (GrowingTable table : tables) {
            database.transaction(tx -> {
                tx.sql("select pg_advisory_xact_lock(7233001)").list(row -> 1);
                create(tx, table, "default", "default");
                for (int ahead = 0; ahead <= AHEAD; ahead++) {
                    LocalDate from = begin(today, table.step(), ahead);
                    create(tx, table, suffix(from, table.step()), "for values from ('" + bound(table, from) + "') to ('"
                            + bound(table, begin(from, table.step(), 1)) + "')");
                }
                dropOld(tx, table);
                return null;
            });
        }
    }

    private void dropOld(Session tx, GrowingTable table) {
        if (table.kept() == null) {
            return;
        }
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(table.kept()), ZoneOffset.UTC);
        // What lies before the partition that holds the oldest row to keep. Names sort as their times do.
        String first = table.name() + "_" + suffix(begin(oldest, table.step(), 0), table.step());
        List<String> old = tx.sql("""
                        select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = (:parent::text)::regclass and c.relname ~ '_[0-9_]+$' and c.relname < :first
                        """)
                .bind("parent", table.name())
                .bind("first", first)
                .list(row -> row.text("name"));
        old.forEach(name -> tx.sql("drop table " + name).update());
    }

    private static void create(Session tx, GrowingTable table, String suffix, String values) {
        tx.sql("create table if not exists " + table.name() + "_" + suffix + " partition of " + table.name() + " " + values).update();
    }

    private static LocalDate begin(LocalDate day, Step step, int later) {
        return switch (step) {
            case DAY -> day.plusDays(later);
            case MONTH -> day.withDayOfMonth(1).plusMonths(later);
        };
    }

    private static String suffix(LocalDate from, Step step) {
        return switch (step) {
            case DAY -> DAY.format(from);
            case MONTH -> MONTH.format(from);
        };
    }

    private static String bound(GrowingTable table, LocalDate from) {
        return table.idPrefix() + "_" + Ids.lowerBound(from.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
