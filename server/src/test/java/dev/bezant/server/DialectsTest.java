package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The same objects in our own shapes, and in those that client libraries of Stripe read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DialectsTest {
    private static final String NEW = "2026-07-29.dahlia";
    private static final String OLD = "2020-08-27";

    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer get(String path, String version) {
        return world.send("GET", path, null, PaymentWorld.SECRET, "Stripe-Version", version);
    }

    @Test
    void natively_an_intent_lists_its_charges_with_the_payment_method_as_an_object() {
        Answer paid = world.pay(1000, "pm_card_visa", "metadata[object]=payment_intent", "metadata[customer_id]=mine");
        assertThat(paid.text("/charges/data/0/payment_method/card/last4")).isEqualTo("4242");
        assertThat(paid.body().has("customer_id")).isTrue();
        assertThat(paid.text("/charges/data/0/receipt_url")).startsWith(world.url() + "/pay/receipts/");
    }

    @Test
    void clients_of_today_find_the_latest_charge_instead() {
        Answer paid = world.pay(1000, "pm_card_visa", "metadata[object]=payment_intent", "metadata[customer_id]=mine");
        Answer shown = get("/v1/payment_intents/" + paid.id(), NEW);
        assertThat(shown.body().has("charges")).isFalse();
        assertThat(shown.body().has("customer_id")).isFalse();
        assertThat(shown.text("/latest_charge")).isEqualTo(paid.text("/latest_charge"));
        assertThat(shown.text("/metadata/customer_id")).as("a merchant's own words are not ours to change").isEqualTo("mine");
        assertThat(shown.raw().headers().firstValue("Stripe-Version")).hasValue(NEW);
        Answer expanded = get("/v1/payment_intents/" + paid.id() + "?expand[]=latest_charge", NEW);
        assertThat(expanded.text("/latest_charge/payment_method")).isEqualTo(paid.text("/payment_method"));
    }

    @Test
    void clients_of_old_find_charges_whose_payment_method_is_an_id() {
        Answer paid = world.pay(1000, "pm_card_visa");
        Answer shown = get("/v1/payment_intents/" + paid.id(), OLD);
        assertThat(shown.text("/charges/data/0/payment_method")).isEqualTo(paid.text("/payment_method"));
        assertThat(shown.text("/charges/object")).isEqualTo("list");
    }

    @Test
    void one_stored_answer_is_told_to_each_in_its_own_dialect() {
        String body = "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa";
        Answer stripe = world.post("/v1/payment_intents", body, "Idempotency-Key", "two-tongues", "Stripe-Version", NEW);
        Answer ours = world.post("/v1/payment_intents", body, "Idempotency-Key", "two-tongues");
        assertThat(ours.id()).isEqualTo(stripe.id());
        assertThat(stripe.body().has("charges")).isFalse();
        assertThat(ours.body().has("charges")).isTrue();
    }

    @Test
    void errors_and_lists_and_events_speak_the_dialect_too() {
        Answer declined = world.post("/v1/payment_intents", "amount=1000&currency=eur&confirm=true&payment_method=pm_card_chargeDeclined",
                "Stripe-Version", NEW);
        assertThat(declined.body().at("/error/payment_intent").has("charges")).isFalse();
        assertThat(declined.text("/error/payment_intent/latest_charge")).startsWith("ch_");
        for (JsonNode intent : get("/v1/payment_intents", NEW).body().path("data")) {
            assertThat(intent.has("charges")).isFalse();
        }
        Answer event = get("/v1/events?limit=1", "2026-10-28.endive");
        assertThat(event.text("/data/0/api_version")).isEqualTo("2026-10-28.endive");
        assertThat(world.get("/v1/events?limit=1").text("/data/0/api_version")).isEqualTo("2026-07-29.dahlia");
    }

    @Test
    void what_clients_send_besides_is_taken_from_them_and_refused_to_others() {
        String body = "amount=1000&currency=eur&amount_details[tip][amount]=5&hooks[inputs][tax][calculation]=&payment_method_options[card][network]=visa";
        assertThat(world.post("/v1/payment_intents", body, "Stripe-Version", NEW).status()).isEqualTo(200);
        assertThat(world.post("/v1/payment_intents", body).error()).isEqualTo("400 invalid_request_error parameter_unknown amount_details");
    }

    @Test
    void nobodys_money_is_divided_by_a_parameter_that_is_ignored() {
        for (String param : new String[] {"application_fee_amount=10", "transfer_data[destination]=acct_1", "on_behalf_of=acct_1"}) {
            assertThat(world.post("/v1/payment_intents", "amount=1000&currency=eur&" + param, "Stripe-Version", NEW).status()).as(param).isEqualTo(400);
        }
    }
}
