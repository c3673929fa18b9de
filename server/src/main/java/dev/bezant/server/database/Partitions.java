package dev.bezant.server.database;

import dev.bezant.server.database.GrowingTable.Step;
import dev.bezant.server.kernel.Ids;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Makes the partitions of growing tables ahead of time, and drops those past retention.
 *
 * <p>A default partition catches what comes while the job is stopped; its rows move out once their own partition is made.
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

    /** Ensures the partitions of this period and the next two. Safe to run from several nodes at once. */
    public void ensure() {
        LocalDate today = today();
        each((tx, table) -> {
            tx.sql("create table if not exists " + table.name() + "_default partition of " + table.name() + " default").update();
            for (int ahead = 0; ahead <= AHEAD; ahead++) {
                create(tx, table, begin(today, table.step(), ahead));
            }
        });
    }

    /** Drops the partitions of which no row is to be kept any longer. */
    public void dropOld() {
        each(this::dropOld);
    }

    private void each(BiConsumer<Session, GrowingTable> work) {
        for (GrowingTable table : tables) {
            database.transaction(tx -> {
                tx.sql("select pg_advisory_xact_lock(7233001)").list(row -> 1);
                work.accept(tx, table);
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

    private static void create(Session tx, GrowingTable table, LocalDate from) {
        String name = table.name() + "_" + suffix(from, table.step());
        if (tx.sql("select to_regclass(:name) is null as missing").bind("name", name).one(row -> row.flag("missing")).orElse(false)) {
            String first = bound(table, from);
            String beyond = bound(table, begin(from, table.step(), 1));
            String values = " for values from ('" + first + "') to ('" + beyond + "')";
            if (strays(tx, table, first, beyond)) {
                tx.sql("lock table " + table.name() + "_default in access exclusive mode").update();
                tx.sql("create table " + name + " (like " + table.name() + " including defaults including constraints)").update();
                tx.sql("with stray as (delete from " + table.name() + "_default where id >= :first and id < :beyond returning *) insert into " + name
                                + " select * from stray")
                        .bind("first", first)
                        .bind("beyond", beyond)
                        .update();
                tx.sql("alter table " + table.name() + " attach partition " + name + values).update();
            } else {
                tx.sql("create table " + name + " partition of " + table.name() + values).update();
            }
        }
    }

    /** Whether rows of a period lie in the default partition, where they would forbid that period's own. */
    private static boolean strays(Session tx, GrowingTable table, String first, String beyond) {
        return tx.sql("select 1 from " + table.name() + "_default where id >= :first and id < :beyond limit 1")
                .bind("first", first)
                .bind("beyond", beyond)
                .one(row -> true)
                .isPresent();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
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
