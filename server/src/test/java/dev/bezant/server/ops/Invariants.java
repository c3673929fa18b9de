package dev.bezant.server.ops;

import dev.bezant.server.database.Database;
import java.util.List;
import java.util.stream.Stream;

/** What {@code doctor} looks at, for tests of other packages. */
public final class Invariants {
    private Invariants() {}

    /** What does not hold: each check's name and the rows that break it. */
    public static List<String> broken(Database database) {
        return Check.ALL.stream().flatMap(check -> {
            List<String> rows = database.sql(check.offenders()).list(row -> row.text("row"));
            return rows.isEmpty() ? Stream.empty() : Stream.of(check.name() + ": " + rows.subList(0, Math.min(5, rows.size())));
        }).toList();
    }

    /** How many operations wait to be settled. */
    public static long open(Database database) {
        return database.sql("""
                select (select count(*) from charge where state in ('pending', 'completing', 'reversing'))
                     + (select count(*) from charge_operation where state = 'pending')
                     + (select count(*) from refund where state = 'submitting') as n
                """).one(row -> row.number("n")).orElseThrow();
    }
}
