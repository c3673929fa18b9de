package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.InvalidRequestException;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotenceTest {
    private TestServer server;
    private DirectClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
        server.answer(201, Bodies.AUTHORIZED);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void the_key_is_sent_and_signed_and_a_first_request_has_no_timestamp() {
        var context = CallContext.builder().idempotenceKey("key-1").build();
        client.merchant("1").payments().createPayment(Bodies.PAYMENT, context);
        assertThat(server.last().header("X-GCS-Idempotence-Key")).isEqualTo("key-1");
        assertThat(server.badSignatures).isEmpty();
        assertThat(Idempotence.requestTimestamp(context)).isEmpty();
        assertThat(Idempotence.responseDateTime(context)).isEmpty();
    }

    @Test
    void a_repetition_tells_when_the_first_was_also_when_it_fails() {
        var context = CallContext.builder().idempotenceKey("key-1").build();
        var headers = Map.of("X-GCS-Idempotence-Request-Timestamp", "1400000000000", "IdempotencyResponseDatetime", "2026-01-15T10:00:00+01:00");
        server.answer(201, Bodies.AUTHORIZED, headers);
        client.merchant("1").payments().createPayment(Bodies.PAYMENT, context);
        assertThat(Idempotence.requestTimestamp(context)).contains(Instant.ofEpochMilli(1_400_000_000_000L));
        assertThat(Idempotence.responseDateTime(context)).contains(OffsetDateTime.parse("2026-01-15T10:00:00+01:00"));
        server.answer(402, Bodies.declinedPayment("REJECTED"), headers);
        var second = CallContext.builder().idempotenceKey("key-2").build();
        assertThatThrownBy(() -> client.merchant("1").payments().createPayment(Bodies.PAYMENT, second)).isInstanceOf(DeclinedPaymentException.class);
        assertThat(Idempotence.requestTimestamp(second)).isPresent();
        server.answer(201, Bodies.AUTHORIZED);
        client.merchant("1").payments().createPayment(Bodies.PAYMENT, context);
        assertThat(Idempotence.requestTimestamp(context)).isEmpty();
    }

    @Test
    void a_reading_call_and_a_call_without_a_key_send_none() {
        server.answer(200, "{\"id\":\"1_0\"}");
        client.merchant("1").payments().getPayment("1_0", CallContext.builder().idempotenceKey("key-1").build());
        assertThat(server.last().header("X-GCS-Idempotence-Key")).isNull();
        server.answer(201, Bodies.AUTHORIZED);
        client.merchant("1").payments().createPayment(Bodies.PAYMENT);
        assertThat(server.last().header("X-GCS-Idempotence-Key")).isNull();
    }

    @Test
    void a_new_key_fits() {
        var context = CallContext.builder().newIdempotenceKey().build();
        client.merchant("1").payments().createPayment(Bodies.PAYMENT, context);
        assertThat(server.last().header("X-GCS-Idempotence-Key")).hasSize(36).isEqualTo(context.idempotenceKey().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567890123456789012345678901", "schlüssel", "two words"})
    void a_key_that_could_be_cut_or_changed_on_the_way_is_refused(String key) {
        var context = CallContext.builder().idempotenceKey(key).build();
        assertThatThrownBy(() -> client.merchant("1").payments().createPayment(Bodies.PAYMENT, context))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("1 to 40 visible ASCII characters");
        assertThat(server.requests).isEmpty();
    }
}
