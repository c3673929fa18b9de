package dev.bezant.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TotalTimeoutsTest {
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    @Test
    void each_is_cut_off_at_its_own_end_and_not_when_it_was_done_before() {
        try (var timeouts = new TotalTimeouts()) {
            for (var end : Map.of("late", Duration.ofMinutes(10), "soon", Duration.ofMillis(40), "now", Duration.ofNanos(1)).entrySet()) {
                var unused = timeouts.watch(end.getValue(), () -> cutOff.add(end.getKey()));
            }
            timeouts.watch(Duration.ofMinutes(10), () -> cutOff.add("done")).done();
            var broken = timeouts.watch(Duration.ofMillis(1), () -> {
                throw new IllegalStateException("cannot be cut off");
            });
            await().untilAsserted(() -> assertThat(cutOff).containsExactlyInAnyOrder("now", "soon"));
            broken.done();
        }
    }

    @Test
    void many_at_once_are_all_cut_off() {
        try (var timeouts = new TotalTimeouts()) {
            for (int i = 0; i < 1_000; i++) {
                String name = "call " + i;
                var unused = timeouts.watch(Duration.ofMillis(1 + i % 50), () -> cutOff.add(name));
            }
            await().untilAsserted(() -> assertThat(cutOff).hasSize(1_000));
        }
    }
}
