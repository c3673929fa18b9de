package dev.bezant.server.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.http.RequestJournal.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void the_oldest_go_when_there_are_too_many() {
        var backlog = new Backlog(3, Long.MAX_VALUE);
        int gone = IntStream.range(0, 5).map(i -> backlog.add(request(i, ""))).sum();
        assertThat(gone).isEqualTo(2);
        assertThat(ids(backlog.take(10, Long.MAX_VALUE))).containsExactly("req_2", "req_3", "req_4");
    }

    @Test
    void the_oldest_go_when_they_are_too_large() {
        var backlog = new Backlog(100, 10_000);
        backlog.add(request(0, "x".repeat(3_000)));
        backlog.add(request(1, "x".repeat(3_000)));
        assertThat(backlog.add(request(2, "x".repeat(3_000)))).isEqualTo(1);
        assertThat(backlog.add(request(3, "x".repeat(20_000)))).as("larger than all that fits: all go").isEqualTo(3);
        assertThat(backlog.count()).isZero();
    }

    @Test
    void a_batch_has_at_most_so_many_and_about_so_much() {
        var backlog = new Backlog(100, Long.MAX_VALUE);
        IntStream.range(0, 10).forEach(i -> backlog.add(request(i, "")));
        assertThat(ids(backlog.take(2, Long.MAX_VALUE))).containsExactly("req_0", "req_1");
        assertThat(ids(backlog.take(10, 1))).as("at least one").containsExactly("req_2");
    }

    @Test
    void what_is_given_back_comes_first_again_and_goes_first_when_there_is_no_room() {
        var backlog = new Backlog(3, Long.MAX_VALUE);
        IntStream.range(0, 3).forEach(i -> backlog.add(request(i, "")));
        List<LoggedRequest> taken = backlog.take(2, Long.MAX_VALUE);
        backlog.add(request(3, ""));
        assertThat(backlog.giveBack(taken)).isEqualTo(1);
        assertThat(ids(backlog.take(10, Long.MAX_VALUE))).containsExactly("req_1", "req_2", "req_3");
    }

    @Test
    void an_allowance_is_anew_every_minute() {
        var allowance = new Allowance(2);
        assertThat(List.of(allowance.take(NOON), allowance.take(NOON), allowance.take(NOON.plusSeconds(59)), allowance.take(NOON.plusSeconds(60))))
                .containsExactly(true, true, false, true);
    }

    @Test
    void a_minute_of_clocks_set_back_is_a_minute_too() {
        var allowance = new Allowance(1);
        assertThat(allowance.take(NOON)).isTrue();
        assertThat(allowance.take(NOON.minus(Duration.ofMinutes(5)))).isTrue();
    }

    private static List<String> ids(List<LoggedRequest> requests) {
        return requests.stream().map(request -> request.seen().requestId()).toList();
    }

    private static LoggedRequest request(int number, String answer) {
        return new LoggedRequest(new Seen("req_" + number, NOON, 0, 0, "GET", "/v1/charges", "/v1/charges", null, null, null, false, "native", null,
                "127.0.0.1", null, 200, answer), Set.of(), null, List.of());
    }
}
