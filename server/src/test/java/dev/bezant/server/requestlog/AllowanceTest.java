package dev.bezant.server.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

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
}
