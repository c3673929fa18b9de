package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids(Clock.systemUTC());

    @Test
    void an_id_is_a_prefix_and_twenty_letters_or_digits() {
        assertThat(ids.next("pi")).matches("pi_[0-9A-Za-z]{20}");
    }

    @Test
    void ids_of_one_process_are_in_the_order_of_making() {
        List<String> made = Stream.generate(() -> ids.next("x")).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ids_stay_in_order_when_the_clock_is_set_back() {
        var clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
        var stepped = new Ids(clock);
        String before = stepped.next("x");
        clock.advance(Duration.ofHours(-1));

        assertThat(stepped.next("x")).isGreaterThan(before);
    }

    @Test
    void ids_of_many_threads_differ() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<String>> work = () -> Stream.generate(() -> ids.next("x")).limit(1000).toList();
            Set<String> all = threads.invokeAll(Collections.nCopies(16, work)).stream()
                    .flatMap(future -> future.resultNow().stream())
                    .collect(Collectors.toSet());
            assertThat(all).hasSize(16_000);
        }
    }

    @Test
    void a_moment_is_a_lower_bound_of_its_ids() {
        var clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
        String body = new Ids(clock).next("x").substring(2);

        assertThat(Ids.lowerBound(clock.instant())).isLessThan(body);
        assertThat(Ids.lowerBound(clock.instant().plusMillis(1))).isGreaterThan(body);
        assertThat(Ids.lowerBound(Instant.parse("9999-12-31T23:59:59Z"))).hasSize(8);
    }

    @Test
    void an_id_tells_when_it_was_made() {
        var clock = new SettableClock(Instant.parse("2026-11-21T12:00:00.123Z"));

        assertThat(Ids.moment(new Ids(clock).next("req"))).contains(clock.instant());
        assertThat(List.of("", "req_", "req_unknown", "req_0VbZB4xSTGDjrC0E4Ae", "req_0VbZB4xSTGDjrC0E4A-e", "0VbZB4xSTGDjrC0E4Aee"))
                .allSatisfy(text -> assertThat(Ids.moment(text)).isEmpty());
    }

    @Test
    void a_reference_suits_every_provider() {
        assertThat(ids.reference()).hasSizeLessThanOrEqualTo(50).matches("[0-9A-Za-z-]+").doesNotContain("_");
    }

    @Test
    void secrets_are_as_long_as_asked_and_never_the_same() {
        Set<String> secrets = Stream.generate(() -> ids.secret(24)).limit(1000).collect(Collectors.toSet());

        assertThat(secrets).hasSize(1000).allMatch(secret -> secret.matches("[0-9A-Za-z]{24}"));
    }
}
