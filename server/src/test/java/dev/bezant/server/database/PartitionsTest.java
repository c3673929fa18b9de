package dev.bezant.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.database.GrowingTable.Step;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.testing.SettableClock;
import dev.bezant.server.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private static final GrowingTable TABLE = new GrowingTable("grown", "gr", Step.DAY, Duration.ofDays(2));

    private final TestDatabase db = TestDatabase.empty();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T10:00:00Z"));
    private final Ids ids = new Ids(clock);
    private final Partitions partitions = new Partitions(db.database(), clock, List.of(TABLE));

    @BeforeEach
    void table() {
        db.database().sql("create table grown (id text collate \"C\" primary key, note text not null check (note <> '')) partition by range (id)").update();
        db.database().sql("create index grown_note on grown (note)").update();
        partitions.ensure();
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void today_and_two_days_have_a_partition() {
        assertThat(names()).containsExactly("grown_2026_11_25", "grown_2026_11_26", "grown_2026_11_27", "grown_default");
        String id = insert();
        assertThat(placeOf(id)).isEqualTo("grown_2026_11_25");
    }

    @Test
    void what_came_while_nobody_made_partitions_moves_into_its_own() {
        clock.advance(Duration.ofDays(5));
        String stray = insert();
        assertThat(placeOf(stray)).isEqualTo("grown_default");
        partitions.ensure();
        partitions.ensure();
        assertThat(placeOf(stray)).isEqualTo("grown_2026_11_30");
        assertThat(placeOf(insert())).isEqualTo("grown_2026_11_30");
    }

    @Test
    void only_partitions_without_a_row_to_keep_are_dropped() {
        String first = insert();
        clock.advance(Duration.ofDays(2));
        String third = insert();
        partitions.ensure();
        partitions.dropOld();
        assertThat(placeOf(first)).as("the oldest moment to keep lies in its day").isEqualTo("grown_2026_11_25");
        clock.advance(Duration.ofDays(1));
        partitions.dropOld();
        assertThat(names()).doesNotContain("grown_2026_11_25").contains("grown_2026_11_26", "grown_default");
        assertThat(placeOf(third)).isEqualTo("grown_2026_11_27");
    }

    @Test
    void what_is_kept_for_ever_is_never_dropped() {
        clock.advance(Duration.ofDays(1_000));
        new Partitions(db.database(), clock, List.of(new GrowingTable("grown", "gr", Step.DAY, null))).dropOld();
        assertThat(names()).contains("grown_2026_11_25");
    }

    @Test
    void a_set_time_replaces_the_standard_one() {
        assertThat(GrowingTable.allWith(GrowingTable.REQUEST_LOG.keptFor(Duration.ofDays(7)))).hasSameSizeAs(GrowingTable.ALL)
                .anySatisfy(table -> assertThat(table).isEqualTo(new GrowingTable("request_log", "req", Step.DAY, Duration.ofDays(7))))
                .contains(GrowingTable.EVENTS);
    }

    private String insert() {
        String id = ids.next("gr");
        db.database().sql("insert into grown values (:id, 'x')").bind("id", id).update();
        return id;
    }

    private String placeOf(String id) {
        return db.database().sql("select tableoid::regclass::text as place from grown where id = :id").bind("id", id).one(row -> row.text("place")).orElseThrow();
    }

    private List<String> names() {
        return db.database().sql("select relid::regclass::text as name from pg_partition_tree('grown') where isleaf order by 1").list(row -> row.text("name"));
    }
}
