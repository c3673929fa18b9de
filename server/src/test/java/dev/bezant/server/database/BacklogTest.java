package dev.bezant.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    /** What is waiting here, as large as its text and a thousand characters. */
    private record Row(String id, String text) {}

    private static Backlog<Row> backlog(int rows, long size) {
        return new Backlog<>(rows, size, row -> 1_000 + row.text().length());
    }

    @Test
    void the_oldest_go_when_there_are_too_many() {
        var backlog = backlog(3, Long.MAX_VALUE);
        int gone = IntStream.range(0, 5).map(i -> backlog.add(row(i, ""))).sum();
        assertThat(gone).isEqualTo(2);
        assertThat(ids(backlog.take(10, Long.MAX_VALUE))).containsExactly("req_2", "req_3", "req_4");
    }

    @Test
    void the_oldest_go_when_they_are_too_large() {
        var backlog = backlog(100, 10_000);
        backlog.add(row(0, "x".repeat(3_000)));
        backlog.add(row(1, "x".repeat(3_000)));
        assertThat(backlog.add(row(2, "x".repeat(3_000)))).isEqualTo(1);
        assertThat(backlog.add(row(3, "x".repeat(20_000)))).as("larger than all that fits: all go").isEqualTo(3);
        assertThat(backlog.count()).isZero();
    }

    @Test
    void a_batch_has_at_most_so_many_and_about_so_much() {
        var backlog = backlog(100, Long.MAX_VALUE);
        IntStream.range(0, 10).forEach(i -> backlog.add(row(i, "")));
        assertThat(ids(backlog.take(2, Long.MAX_VALUE))).containsExactly("req_0", "req_1");
        assertThat(ids(backlog.take(10, 1))).as("at least one").containsExactly("req_2");
    }

    @Test
    void what_is_given_back_comes_first_again_and_goes_first_when_there_is_no_room() {
        var backlog = backlog(3, Long.MAX_VALUE);
        IntStream.range(0, 3).forEach(i -> backlog.add(row(i, "")));
        List<Row> taken = backlog.take(2, Long.MAX_VALUE);
        backlog.add(row(3, ""));
        assertThat(backlog.giveBack(taken)).isEqualTo(1);
        assertThat(ids(backlog.take(10, Long.MAX_VALUE))).containsExactly("req_1", "req_2", "req_3");
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    private static Row row(int number, String answer) {
        return new Row("req_" + number, answer);
    }
}
