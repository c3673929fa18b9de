package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration[] GAPS = {Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2),
        Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(12), Duration.ofHours(12), Duration.ofHours(12)};

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void gaps_grow_from_seconds_to_half_a_day_give_or_take_a_tenth() {
        for (int tries = 1; tries <= GAPS.length; tries++) {
            Duration gap = Schedule.gapAfter(tries, true, random).orElseThrow();

            long exactly = GAPS[tries - 1].toMillis();
            assertThat(gap.toMillis()).as("after try %d, seed %d", tries, seed).isBetween(exactly * 9 / 10, exactly * 11 / 10);
        }
    }

    @Test
    void what_failed_together_does_not_come_back_together() {
        assertThat(random.ints(50).mapToObj(i -> Schedule.gapAfter(2, true, random)).distinct().count()).as("seed %d", seed).isGreaterThan(25);
    }

    @Test
    void a_test_event_is_tried_five_times() {
        assertThat(Schedule.gapAfter(4, false, random)).isPresent();
        assertThat(Schedule.gapAfter(5, false, random)).isEmpty();
    }

    @Test
    void an_endpoint_where_nobody_answers_is_tried_one_at_a_time_with_pauses() {
        var pace = new Pace();
        for (int i = 0; i < 4; i++) {
            pace.unanswered(0);
        }
        assertThat(pace.allowed(10, 0)).isEqualTo(10);
        pace.unanswered(0);
        assertThat(pace.allowed(10, Duration.ofMillis(249).toNanos())).isZero();
        assertThat(pace.allowed(10, Duration.ofMillis(250).toNanos())).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            pace.unanswered(0);
        }
        assertThat(pace.allowed(10, Duration.ofSeconds(5).toNanos() - 1)).isZero();
        assertThat(pace.allowed(10, Duration.ofSeconds(5).toNanos())).isEqualTo(1);
        pace.answered();
        assertThat(pace.allowed(10, 0)).isEqualTo(10);
    }
}
