package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.testing.RawHttp;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static RawHttp.Response last(FrontDoor door, int times, String request) {
        RawHttp.Response answer = door.once(request);
        for (int i = 1; i < times; i++) {
            assertThat(answer.status()).isEqualTo(200);
            answer = door.once(request);
        }
        return answer;
    }

    @Test
    void too_many_requests_are_told_when_to_come_back() {
        try (var door = new FrontDoor(3, null)) {
            RawHttp.Response answer = last(door, 4, FrontDoor.get("/v1/things"));

            assertThat(answer.error()).isEqualTo("429 rate_limit_error rate_limit -");
            assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 61);
            assertThat(answer.header("Request-Id")).startsWith("req_");
        }
    }

    @Test
    void writes_of_payments_have_a_limit_of_their_own() {
        try (var door = new FrontDoor(100, 2)) {
            assertThat(last(door, 3, FrontDoor.post("/v1/payment_intents", "name=a")).error())
                    .isEqualTo("429 rate_limit_error payment_intent_rate_limit_exceeded -");
            assertThat(door.once(FrontDoor.post("/v1/things", "name=a")).status()).isEqualTo(200);
            assertThat(door.made).hasValue(3);
        }
    }

    @Test
    void reading_payments_does_not_count_as_writing_them() {
        try (var door = new FrontDoor(100, 2)) {
            assertThat(last(door, 10, FrontDoor.get("/v1/payment_intents")).status()).isEqualTo(200);
            assertThat(door.once(FrontDoor.post("/v1/payment_intents", "name=a")).status()).isEqualTo(200);
        }
    }

    @Test
    void keys_are_counted_apart() {
        try (var door = new FrontDoor(1, null)) {
            assertThat(last(door, 2, FrontDoor.get("/v1/things")).status()).isEqualTo(429);
            assertThat(door.once(FrontDoor.get("/v1/things").replace("sk_test_1", "sk_test_2")).status()).isEqualTo(200);
        }
    }

    @Test
    void a_refused_write_keeps_its_idempotency_key_free() {
        try (var door = new FrontDoor(1, null)) {
            door.once(FrontDoor.get("/v1/things"));
            assertThat(door.once(FrontDoor.post("/v1/things", "name=a", "Idempotency-Key: k")).status()).isEqualTo(429);
            assertThat(door.once(FrontDoor.post("/v1/things", "name=b", "Idempotency-Key: k").replace("sk_test_1", "sk_test_2")).status()).isEqualTo(200);
        }
    }
}
