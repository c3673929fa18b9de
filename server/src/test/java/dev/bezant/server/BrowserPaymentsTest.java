package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a page can do with nothing but a publishable key, and the receipt a payer sees in the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserPaymentsTest {
    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer page(String method, String path, String body) {
        return world.send(method, path, body, PaymentWorld.PUBLISHABLE, "Origin", "https://shop.example");
    }

    @Test
    void in_test_mode_a_page_begins_and_confirms_a_payment_alone() {
        Answer method = page("POST", "/v1/payment_methods", "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2035&card[cvc]=123");
        Answer intent = page("POST", "/v1/payment_intents", "amount=1200&currency=eur&payment_method_types[0]=card&description=Books");
        assertThat(intent.text("/status")).isEqualTo("requires_payment_method");
        assertThat(intent.body().has("metadata")).isFalse();
        Answer paid = page("POST", "/v1/payment_intents/" + intent.id() + "/confirm",
                "client_secret=" + intent.text("/client_secret") + "&payment_method=" + method.id());
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.body().has("charges")).isFalse();
        assertThat(world.get("/v1/payment_intents/" + intent.id()).text("/amount_received")).isEqualTo("1200");
    }

    @Test
    void a_page_is_told_of_a_decline_without_what_the_merchant_knows() {
        Answer intent = page("POST", "/v1/payment_intents", "amount=1200&currency=eur&payment_method_types[0]=card");
        String method = world.method("4000000000000002", "metadata[shelf]=7");
        Answer declined = page("POST", "/v1/payment_intents/" + intent.id() + "/confirm", "client_secret=" + intent.text("/client_secret")
                + "&payment_method=" + method);
        assertThat(declined.error()).isEqualTo("402 card_error card_declined payment_method");
        assertThat(declined.text("/error/payment_method/id")).isEqualTo(method);
        assertThat(declined.text("/error/payment_intent/last_payment_error/payment_method/card/last4")).isEqualTo("0002");
        assertThat(declined.body().toString()).doesNotContain("metadata", "shelf");
    }

    @Test
    void a_receipt_shows_what_was_paid_and_given_back_and_nothing_else() {
        Answer paid = world.pay(1999, "pm_card_visa");
        String url = String.valueOf(paid.text("/charges/data/0/receipt_url"));
        var receipt = world.browse("GET", url, null);
        assertThat(receipt.statusCode()).isEqualTo(200);
        assertThat(receipt.body()).contains("19.99 EUR paid on", "visa ending in 4242").doesNotContain("given back");
        world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=500");
        assertThat(world.browse("GET", url, null).body()).contains("5.00 EUR of it has been given back");
        assertThat(world.browse("GET", url.substring(0, url.length() - 1) + (url.endsWith("x") ? "y" : "x"), null).statusCode()).isEqualTo(404);
        assertThat(world.pay(1000, "pm_card_visa", "capture_method=manual").text("/charges/data/0/receipt_url")).isNull();
    }
}
