package dev.bezant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.sdk.logging.CommunicatorLogger;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of every kind of answer. */
class CorefyIntegrationTest {
    private static final Card CARD = new Card(SecretText.of("4111111111111111"), 12, 2035, SecretText.of("987"), "John Doe");

    private static Confirmation confirmed(int status, String body) {
        try (var server = new Answering().with(status, body); var corefy = server.client()) {
            return corefy.confirmPaymentIntent("pi_1", CARD);
        }
    }

    @Test
    void a_confirmation_is_what_it_says() {
        assertThat(confirmed(200, Answering.success(Answering.intent("succeeded")))).isInstanceOf(Confirmation.Succeeded.class);
        assertThat(confirmed(200, Answering.success(Answering.intent("requires_action")))).isInstanceOf(Confirmation.ActionRequired.class);
        assertThat(confirmed(200, Answering.success(Answering.intent("processing")))).isInstanceOf(Confirmation.Processing.class);
        assertThat(confirmed(200, Answering.success(Answering.intent("a status of tomorrow")))).isInstanceOf(Confirmation.Processing.class);
        String data = ",\"data\":" + Answering.intent("requires_payment_method");
        assertThat(confirmed(402, Answering.failure("card_declined", ",\"decline_code\":\"do_not_honor\"" + data)))
                .isInstanceOfSatisfying(Confirmation.Declined.class, it -> assertThat(it.declineCode()).isEqualTo("do_not_honor"));
        assertThat(confirmed(502, Answering.failure("provider_auth_error", data))).isInstanceOf(Confirmation.NotAttempted.class);
        assertThat(confirmed(504, Answering.failure("provider_timeout", ",\"data\":" + Answering.intent("processing")))).isInstanceOf(Confirmation.Processing.class);
    }

    @Test
    void a_gateway_that_answers_for_the_server_decides_nothing() {
        try (var server = new Answering().with(504, "{\"data\":" + Answering.intent("processing") + "}"); var corefy = server.client()) {
            assertThatThrownBy(() -> corefy.confirmPaymentIntent("pi_1", CARD)).isInstanceOf(PlatformException.class)
                    .extracting(e -> ((SdkException) e).mayHaveTakenEffect()).isEqualTo(true);
        }
    }

    @Test
    void wrong_fields_are_told_one_by_one() {
        try (var server = new Answering().with(400, Answering.failure("validation_error", ",\"details\":{\"amount\":[\"Too much\",\"Too odd\"],\"currency\":[\"None\"]}"));
                var corefy = server.client()) {
            assertThatThrownBy(() -> corefy.createPaymentIntent(NewPaymentIntent.of(BigDecimal.TEN, "XXX"))).isInstanceOfSatisfying(ValidationException.class,
                    e -> assertThat(e.errors()).containsExactly(new FieldError("amount", null, "Too much"), new FieldError("amount", null, "Too odd"),
                            new FieldError("currency", null, "None")));
        }
    }

    @Test
    void a_refund_that_is_not_known_of_is_pending_and_one_that_was_refused_is_failed() {
        try (var server = new Answering().with(504, Answering.failure("provider_timeout", ",\"data\":" + Answering.refund("pending")))
                .with(402, Answering.failure("card_declined", ",\"data\":" + Answering.refund("failed"))); var corefy = server.client()) {
            assertThat(corefy.createRefund("ch_1", null, null, null).status()).isEqualTo("pending");
            assertThat(corefy.createRefund("ch_1", null, null, null).status()).isEqualTo("failed");
        }
    }

    @Test
    void a_call_carries_its_reference_and_the_key_of_its_context() {
        try (var server = new Answering().with(201, Answering.success(Answering.intent("requires_payment_method")))
                .with(201, Answering.success(Answering.intent("requires_payment_method"))); var corefy = server.client()) {
            corefy.createPaymentIntent(NewPaymentIntent.of(BigDecimal.TEN, "USD").reference("order_123"));
            corefy.createPaymentIntent(NewPaymentIntent.of(BigDecimal.TEN, "USD"), CallContext.builder().idempotenceKey("mine").build());
            assertThat(server.asked.get(0).body()).contains("order_123");
            assertThat(server.asked.get(0).header("Idempotency-Key")).isNull();
            assertThat(server.asked.get(1).header("Idempotency-Key")).isEqualTo("mine");
            assertThat(server.asked).allSatisfy(it -> {
                assertThat(it.line()).isEqualTo("POST /api/integrations/corefy/payment-intent");
                assertThat(it.header("Authorization")).isEqualTo("Bearer pk_acme_1:sk_test_1");
            });
        }
    }

    @Test
    void a_saved_card_is_sent_without_its_security_code() {
        String method = "{\"id\":\"pm_1\",\"customer_id\":\"cus_1\",\"card\":{\"brand\":\"visa\",\"first6\":\"411111\",\"last4\":\"1111\",\"exp_month\":12,\"exp_year\":2035,\"holder\":null}}";
        try (var server = new Answering().with(201, Answering.success(method)); var corefy = server.client()) {
            assertThat(corefy.createPaymentMethod("cus_1", CARD).last4()).isEqualTo("1111");
            assertThat(server.asked.get(0).body()).contains("4111111111111111").doesNotContain("987");
        }
    }

    @Test
    void neither_cards_nor_keys_are_logged() {
        var lines = Collections.synchronizedList(new ArrayList<String>());
        try (var server = new Answering().with(200, Answering.success(Answering.intent("succeeded"))); var corefy = server.client()) {
            corefy.enableLogging(new CommunicatorLogger() {
                @Override
                public void log(String message) {
                    lines.add(message);
                }

                @Override
                public void log(String message, Throwable thrown) {
                    lines.add(message + thrown);
                }
            });
            corefy.confirmPaymentIntent("pi_1", CARD);
        }
        assertThat(lines).isNotEmpty();
        assertThat(List.of("4111111111111111", "987", "sk_test_1", "John Doe")).noneMatch(secret -> lines.toString().contains(secret));
        assertThat(CARD.toString()).doesNotContain("4111111111111111", "987");
    }
}
