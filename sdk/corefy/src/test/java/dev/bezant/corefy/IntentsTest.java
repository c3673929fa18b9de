package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialect of docs/protocols/corefy.md, section 13. */
class IntentsTest {
    private static final SecretText KEY = SecretText.of("signing_key_example");

    private ScriptedServer server;
    private CorefyIntentsClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = CorefyIntentsClient.of(CorefyConfig.builder().dialect(Dialect.INTENTS).baseUrl(server.uri("")).accountId("client")
                .apiKey(SecretText.of("key")).secretKey(SecretText.of("secret")).testMode(true).build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String intent(String status, String more) {
        return "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"" + status + "\",\"amount\":\"100.00\",\"currency\":\"USD\","
                + "\"amount_received\":\"0.00\",\"payment_id\":null,\"livemode\":false,\"metadata\":{},"
                + "\"created_at\":\"2030-01-01T00:00:00Z\"" + more + "}";
    }

    @Test
    void what_is_signed_is_method_path_body_and_time() {
        byte[] body = "{\"amount\":100.00,\"currency\":\"USD\"}".getBytes(StandardCharsets.UTF_8);
        // Computed with openssl dgst -sha256 -hmac over the same four lines.
        assertThat(IntentsAuthenticator.signature(KEY, "POST", "/v1/payment-intents", body, "1700000000"))
                .isEqualTo("74f9bb35d6ce74a04c865d52c6accf951749965e5c61185d1e2b19c97d707171");
        assertThat(IntentsAuthenticator.signature(KEY, "GET", "/v1/payment-methods/supported", null, "1700000000"))
                .isEqualTo("713446eb4af17e6920208aa69eba496ad5d4ee2cc0338cc9e3d82015e1fed0d2");
    }

    @Test
    void an_intent_and_the_exact_body_that_asked_for_it() {
        server.then(201, intent("requires_payment_method", ""));
        var created = client.paymentIntents().create(NewIntent.of(new BigDecimal("100.00"), "USD", "order_123").withDescription("Test payment")
                .withUrls(URI.create("https://shop.example/success"), URI.create("https://shop.example/failure")));
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.line()).isEqualTo("POST /v1/payment-intents");
            assertThat(seen.authorization()).isEqualTo("Bearer key");
            assertThat(seen.body()).isEqualTo("{\"amount\":100.00,\"currency\":\"USD\",\"payment_method\":\"card\",\"description\":\"Test payment\","
                    + "\"reference_id\":\"order_123\",\"callback_url\":\"https://shop.example/success\","
                    + "\"failure_url\":\"https://shop.example/failure\"}");
        });
        assertThat(created.amount()).isEqualTo(new BigDecimal("100.00"));
        assertThat(created.created()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(created.other()).containsKey("object");
    }

    @Test
    void of_an_answer_only_the_id_is_certain() {
        server.then(200, "{\"data\":{\"id\":\"pi_2\"}}");
        var created = client.paymentIntents().create(NewIntent.of(BigDecimal.ONE, "USD", "order_123"));
        assertThat(created.id()).isEqualTo("pi_2");
        assertThat(IntentOutcome.of(created)).isInstanceOf(IntentOutcome.Unrecognized.class);
    }

    @ParameterizedTest
    @CsvSource({"succeeded, Succeeded", "processing, Processing", "requires_action, Processing", "requires_payment_method, Open",
        "requires_confirmation, Open", "canceled, Canceled", "dreaming, Unrecognized"})
    void every_status_has_its_meaning(String word, String outcome) {
        server.then(200, intent(word, ""));
        assertThat(client.paymentIntents().confirm("pi_1", Fixtures.card(), null).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void a_challenge_is_handed_on_and_a_refused_card_is_an_outcome() {
        server.then(200, intent("requires_action", ",\"next_action\":{\"type\":\"redirect_form\",\"url\":\"https://acs.example/\",\"method\":\"POST\","
                + "\"fields\":{\"creq\":\"e\"}}"));
        assertThat(client.paymentIntents().confirm("pi_1", Fixtures.card(), Fixtures.browser()))
                .asInstanceOf(type(IntentOutcome.ActionRequired.class))
                .satisfies(required -> assertThat(required.challenge().form().fields()).containsEntry("creq", "e"));
        server.then(402, "{\"message\":\"No\",\"error_code\":\"card_declined\",\"decline_code\":\"insufficient_funds\",\"payment_intent\":"
                + intent("requires_payment_method", "") + "}");
        assertThat(client.paymentIntents().confirm("pi_1", Fixtures.card(), null)).asInstanceOf(type(IntentOutcome.Declined.class))
                .satisfies(declined -> assertThat(declined.error().declineCode()).isEqualTo("insufficient_funds"));
        assertThat(server.seen().get(1).body()).isEqualTo("{\"card_number\":\"5123817234060000\",\"card_expiry_month\":\"04\","
                + "\"card_expiry_year\":\"2030\",\"card_cvv\":\"0123\",\"card_holder_name\":\"Ona Petraite\"}");
    }

    @Test
    void nothing_that_changes_something_is_sent_twice() {
        server.then(503, "");
        assertThatThrownBy(() -> client.paymentIntents().confirmSaved("pi_1", "pm_1"))
                .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThatThrownBy(() -> client.refund("pay_1", null, null))
                .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThat(server.seen()).hasSize(2);
        server.then(503, "").then(200, intent("succeeded", ""));
        assertThat(client.paymentIntents().get("pi_1").status()).isEqualTo(PaymentIntent.Status.SUCCEEDED);
    }

    @Test
    void refunds_customers_and_methods() {
        server.then(201, "{\"id\":\"re_1\",\"status\":\"succeeded\",\"payment_id\":\"pay_1\",\"amount\":\"50.00\",\"currency\":\"USD\"}");
        assertThat(client.refund("pay_1", new BigDecimal("50.00"), "Customer requested refund").status()).isEqualTo(Refund.Status.SUCCEEDED);
        server.then(201, "{\"id\":\"cust_1\",\"email\":\"ona@example.com\",\"object\":\"customer\"}");
        var customer = client.customers().create("ona@example.com", "Ona Petraite", null, new Address("LT", null, "Vilnius", "Gedimino 1", null, null));
        server.then(201, "{\"id\":\"pm_1\",\"type\":\"card\",\"customer_id\":\"cust_1\",\"card\":{\"last4\":\"0000\"}}");
        assertThat(client.customers().saveCard(customer.id(), Fixtures.card(), CallContext.none()).card()).containsEntry("last4", "0000");
        server.then(200, "{\"customer_id\":\"cust_1\",\"payment_methods\":[{\"id\":\"pm_1\"}]}");
        assertThat(client.customers().paymentMethods("cust_1", CallContext.none())).hasSize(1);
        server.then(200, "{\"payment_methods\":[\"card\",{\"code\":\"ideal\"}]}");
        assertThat(client.customers().supportedMethods(CallContext.none())).isEqualTo(List.of("card", "ideal"));
        assertThat(server.lines()).containsExactly("POST /v1/refunds", "POST /v1/customers", "POST /v1/payment-methods",
                "GET /v1/customers/cust_1/payment-methods", "GET /v1/payment-methods/supported");
        assertThat(server.seen().get(2).body()).doesNotContain("0123");
    }

    @Test
    void errors_are_typed_and_answers_about_others_are_no_answers() {
        server.then(422, "{\"message\":\"amount is wrong\",\"error_code\":\"validation_error\"}");
        assertThatThrownBy(() -> client.paymentIntents().create(NewIntent.of(BigDecimal.ONE, "USD", "o"))).asInstanceOf(type(ValidationException.class))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("validation_error"));
        server.then(200, intent("succeeded", ""));
        assertThatThrownBy(() -> client.paymentIntents().get("pi_2")).isInstanceOf(CommunicationException.class);
        assertThatThrownBy(() -> client.paymentIntents().confirm("pi_2", Fixtures.card(), null)).isInstanceOf(CommunicationException.class);
        assertThatThrownBy(() -> client.paymentIntents().create(NewIntent.of(new BigDecimal("0.001"), "usd", "")))
                .isInstanceOf(InvalidRequestException.class);
    }
}
