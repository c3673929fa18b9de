package dev.bezant.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProviderLanesTest {
    private final ProviderLanes lanes = new ProviderLanes("testing", Duration.ofMillis(50));
    private final ProviderLanes patient = new ProviderLanes("testing", Duration.ofMinutes(1));
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void close() {
        lanes.close();
        patient.close();
    }

    private void await() {
        try {
            answered.await();
            done.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_round_ends_with_the_work_of_those_who_answer() {
        patient.run(Map.of("a", done::incrementAndGet, "b", done::incrementAndGet));
        assertThat(done).hasValue(2);
        assertThat(patient.busy()).isEmpty();
    }

    @Test
    void one_who_does_not_answer_is_not_begun_again_and_holds_up_nobody() {
        lanes.run(Map.of("a", this::await));
        lanes.run(Map.of("a", done::incrementAndGet));
        assertThat(lanes.busy()).containsExactly("a");
        lanes.run(Map.of("b", () -> done.addAndGet(10)));
        Awaitility.await().until(() -> done.get() == 10);
        answered.countDown();
        Awaitility.await().until(() -> lanes.busy().isEmpty() && done.get() == 11);
        lanes.run(Map.of("a", () -> done.addAndGet(100)));
        Awaitility.await().until(() -> done.get() == 111);
    }

    @Test
    void work_that_fails_is_over() {
        patient.run(Map.of("a", () -> {
            throw new IllegalStateException("failed");
        }));
        assertThat(patient.busy()).isEmpty();
    }

    @Test
    void closing_stops_who_waits() {
        lanes.run(Map.of("a", this::await));
        lanes.close();
        Awaitility.await().until(() -> lanes.busy().isEmpty());
        assertThat(done).hasValue(0);
    }
}
