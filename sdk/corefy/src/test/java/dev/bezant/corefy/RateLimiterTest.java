package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 600, 1000})
    void no_minute_ever_sees_more_calls_than_allowed(int limit) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var limiter = RateLimiter.perMinute(limit, now::get);
        var sent = new ArrayDeque<Long>();
        long clock = 0;
        for (int i = 0; i < limit * 4; i++) {
            long step = random.nextInt(4) == 0 ? random.nextLong(MINUTE / limit * 3) : 0;
            clock += step;
            now.addAndGet(step);
            long wait = limiter.reserve(Duration.ofDays(1)).toNanos();
            sent.addLast(clock + wait);
            while (sent.getFirst() <= clock + wait - MINUTE) {
                sent.removeFirst();
            }
            assertThat(sent.size()).as("seed %d, call %d", seed, i).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void a_tenth_goes_at_once_and_who_would_wait_too_long_takes_no_place() {
        var limiter = RateLimiter.perMinute(600, now::get);
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.reserve(Duration.ZERO)).isZero();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.reserve(Duration.ZERO)).isNegative();
        }
        assertThat(limiter.reserve(Duration.ofSeconds(2))).isBetween(Duration.ofMillis(1), Duration.ofMillis(112));
    }

    @Test
    void a_pause_holds_everybody_back_and_then_ends() {
        var limiter = RateLimiter.perMinute(600, now::get);
        limiter.pause(Duration.ofSeconds(7));
        assertThat(limiter.reserve(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(-7));
        now.addAndGet(TimeUnit.SECONDS.toNanos(7));
        assertThat(limiter.reserve(Duration.ZERO)).isZero();
    }

    @Test
    void a_call_too_many_fails_clearly_and_was_not_sent() throws IOException {
        try (var server = new ScriptedServer();
                var client = CorefyClient.of(Fixtures.config(server).callsPerMinute(1).rateLimitWait(Duration.ofMillis(5)).build())) {
            server.then(200, Fixtures.invoice("ORD-1", "processed"));
            client.paymentInvoices().get(Fixtures.INVOICE);
            assertThatThrownBy(() -> client.paymentInvoices().get(Fixtures.INVOICE)).asInstanceOf(type(CommunicationException.class)).satisfies(e -> {
                assertThat(e.wasSent()).isEqualTo(Sent.NO);
                assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED_HERE);
                assertThat(e).hasMessageContaining("limit of calls").hasMessageContaining("rateLimitWait");
            });
            assertThat(server.seen()).hasSize(1);
        }
    }

    @Test
    void clients_of_the_same_credentials_share_one_limit() throws IOException {
        var limiter = RateLimiter.perMinute(1);
        try (var server = new ScriptedServer().then(200, Fixtures.invoice("ORD-1", "processed"));
                var first = CorefyClient.builder(Fixtures.config(server).rateLimitWait(Duration.ZERO).build()).rateLimiter(limiter).build();
                var second = CorefyClient.builder(Fixtures.config(server).rateLimitWait(Duration.ZERO).build()).rateLimiter(limiter).build()) {
            first.paymentInvoices().get(Fixtures.INVOICE);
            assertThatThrownBy(() -> second.paymentInvoices().get(Fixtures.INVOICE)).isInstanceOf(CommunicationException.class);
        }
    }

    @Test
    void the_providers_own_limit_is_honoured_for_as_long_as_it_says() throws IOException {
        try (var server = new ScriptedServer(); var client = CorefyClient.of(Fixtures.config(server).rateLimitWait(Duration.ZERO).build())) {
            server.then(429, "Retry-After", "50");
            assertThatThrownBy(() -> client.paymentInvoices().get(Fixtures.INVOICE)).isInstanceOf(RateLimitException.class);
            assertThatThrownBy(() -> client.paymentInvoices().get(Fixtures.INVOICE)).asInstanceOf(type(CommunicationException.class))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED_HERE));
            assertThat(server.seen()).hasSize(1);
        }
    }
}
