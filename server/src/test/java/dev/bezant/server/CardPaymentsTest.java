package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paying, capturing, canceling and refunding, and every test card's refusal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CardPaymentsTest {
    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private String reference(PaymentWorld.Answer intent) {
        return String.valueOf(world.get("/v1/charges/" + intent.text("/latest_charge")).text("/reference"));
    }

    private PaymentWorld.Answer authorized() {
        return world.pay(50_00, "pm_card_visa", "capture_method=manual");
    }

    @Test
    void an_authorization_is_captured_whole() {
        var authorized = authorized();
        assertThat(authorized.text("/status")).isEqualTo("requires_capture");
        assertThat(authorized.text("/amount_capturable")).isEqualTo("5000");
        var captured = world.post("/v1/payment_intents/" + authorized.id() + "/capture", "");
        assertThat(captured.status()).isEqualTo(200);
        assertThat(captured.text("/status")).isEqualTo("succeeded");
        assertThat(captured.text("/amount_received")).isEqualTo("5000");
        assertThat(captured.text("/amount_capturable")).isEqualTo("0");
        assertThat(captured.text("/charges/data/0/amount_captured")).isEqualTo("5000");
        assertThat(world.movements(reference(authorized))).containsExactly("authorization 5000");
        assertThat(world.movements()).contains("capture 5000");
        assertThat(world.eventTypes(authorized.id()))
                .containsExactly("payment_intent.created", "payment_intent.amount_capturable_updated", "payment_intent.succeeded");
        assertThat(world.eventTypes(String.valueOf(authorized.text("/latest_charge")))).containsExactly("charge.succeeded", "charge.captured");
    }

    @Test
    void a_part_is_captured_and_nothing_more_after_it() {
        var authorized = authorized();
        var captured = world.post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=1999");
        assertThat(captured.text("/amount_received")).isEqualTo("1999");
        assertThat(world.movements()).contains("capture 1999");
        assertThat(world.post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=1").error())
                .isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
    }

    @Test
    void capturing_more_than_authorized_is_refused_and_changes_nothing() {
        var authorized = authorized();
        assertThat(world.post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=5001").error())
                .isEqualTo("400 invalid_request_error amount_too_large amount_to_capture");
        assertThat(world.get("/v1/payment_intents/" + authorized.id()).text("/status")).isEqualTo("requires_capture");
    }

    @Test
    void canceling_an_authorization_voids_it() {
        var authorized = authorized();
        var canceled = world.post("/v1/payment_intents/" + authorized.id() + "/cancel", "cancellation_reason=duplicate");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        assertThat(canceled.text("/cancellation_reason")).isEqualTo("duplicate");
        assertThat(canceled.text("/canceled_at")).isNotNull();
        assertThat(world.column("charge", String.valueOf(authorized.text("/latest_charge")), "state")).isEqualTo("voided");
        assertThat(world.movements()).contains("void 5000");
    }

    @ParameterizedTest
    @CsvSource({"'', requires_payment_method", "payment_method=pm_card_visa, requires_confirmation",
        "payment_method=pm_card_threeDSecure2Required&confirm=true, requires_action"})
    void canceling_before_money_moved_asks_no_provider(String more, String status) {
        var made = world.post("/v1/payment_intents", "amount=700&currency=eur&" + more);
        assertThat(made.text("/status")).isEqualTo(status);
        long asked = world.paymentsAsked(0);
        var canceled = world.post("/v1/payment_intents/" + made.id() + "/cancel", "");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        assertThat(canceled.text("/next_action")).isNull();
        assertThat(world.paymentsAsked(0)).isEqualTo(asked);
        assertThat(world.eventTypes(made.id())).last().isEqualTo("payment_intent.canceled");
    }

    @Test
    void what_is_finished_cannot_be_canceled() {
        var paid = world.pay(900, "pm_card_visa");
        var refused = world.post("/v1/payment_intents/" + paid.id() + "/cancel", "");
        assertThat(refused.error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        assertThat(refused.text("/error/payment_intent/status")).isEqualTo("succeeded");
        var canceled = world.post("/v1/payment_intents", "amount=700&currency=eur");
        world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "");
        assertThat(world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "").error())
                .isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
    }

    @Test
    void a_refund_without_amount_gives_back_everything() {
        var paid = world.pay(31_00, "pm_card_visa");
        var refund = world.post("/v1/refunds", "payment_intent=" + paid.id() + "&reason=requested_by_customer");
        assertThat(refund.status()).isEqualTo(200);
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        assertThat(refund.text("/amount")).isEqualTo("3100");
        assertThat(world.movements(String.valueOf(refund.text("/reference")))).containsExactly("refund 3100");
        var charge = world.get("/v1/charges/" + paid.text("/latest_charge"));
        assertThat(charge.text("/amount_refunded")).isEqualTo("3100");
        assertThat(charge.text("/refunded")).isEqualTo("true");
        assertThat(world.eventTypes(refund.id())).containsExactly("refund.created", "refund.updated");
        assertThat(world.post("/v1/refunds", "charge=" + paid.text("/latest_charge")).error())
                .isEqualTo("400 invalid_request_error charge_already_refunded charge");
    }

    @Test
    void parts_are_refunded_until_nothing_is_left() {
        var paid = world.pay(10_00, "pm_card_visa");
        String charge = "charge=" + paid.text("/latest_charge");
        assertThat(world.post("/v1/refunds", charge + "&amount=400").status()).isEqualTo(200);
        assertThat(world.post("/v1/refunds", charge + "&amount=601").error()).isEqualTo("400 invalid_request_error amount_too_large amount");
        assertThat(world.post("/v1/refunds", charge + "&amount=350").status()).isEqualTo(200);
        assertThat(world.post("/v1/refunds", charge).text("/amount")).isEqualTo("250");
        assertThat(world.get("/v1/charges/" + paid.text("/latest_charge")).text("/amount_refunded")).isEqualTo("1000");
        assertThat(world.post("/v1/refunds", charge + "&amount=1").error()).isEqualTo("400 invalid_request_error charge_already_refunded charge");
    }

    @ParameterizedTest
    @CsvSource({
        "4000000000000002, card_declined, generic_decline",
        "4000000000009995, card_declined, insufficient_funds",
        "4000000000009987, card_declined, lost_card",
        "4000000000009979, card_declined, stolen_card",
        "4000000000006975, card_declined, card_velocity_exceeded",
        "4000000000000069, expired_card, expired_card",
        "4000000000000127, incorrect_cvc, incorrect_cvc",
        "4000000000000119, processing_error, processing_error",
        "4100000000000019, card_declined, fraudulent",
        "4000000000000341, card_declined, generic_decline"
    })
    void a_decline_is_told_in_the_apis_words(String number, String code, String declineCode) {
        var declined = world.pay(20_00, world.method(number));
        assertThat(declined.error()).isEqualTo("402 card_error " + code + " payment_method");
        assertThat(declined.text("/error/decline_code")).isEqualTo(declineCode);
        assertThat(declined.text("/error/network_decline_code")).isNotBlank();
        assertThat(declined.text("/error/payment_intent/status")).isEqualTo("requires_payment_method");
        var intent = world.get("/v1/payment_intents/" + declined.text("/error/payment_intent/id"));
        assertThat(intent.text("/payment_method")).isNull();
        assertThat(intent.text("/last_payment_error/code")).isEqualTo(code);
        assertThat(intent.text("/last_payment_error/decline_code")).isEqualTo(declineCode);
        assertThat(intent.text("/charges/data/0/status")).isEqualTo("failed");
        assertThat(world.movements(reference(intent))).isEmpty();
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.payment_failed");
    }

    @Test
    void a_decline_carries_the_payment_method_whole() {
        String customer = world.post("/v1/customers", "name=Jenny").id();
        String method = world.method("4000000000000002", "metadata[wallet]=red", "allow_redisplay=always", "billing_details[name]=Jenny");
        world.post("/v1/payment_methods/" + method + "/attach", "customer=" + customer);
        var declined = world.pay(20_00, method, "customer=" + customer);
        var whole = world.get("/v1/payment_methods/" + method).body();
        assertThat(declined.body().at("/error/payment_method")).isEqualTo(whole);
        var intent = world.get("/v1/payment_intents/" + declined.text("/error/payment_intent/id"));
        assertThat(intent.body().at("/last_payment_error/payment_method")).isEqualTo(whole);
        var fresh = world.post("/v1/payment_intents", "amount=900&currency=eur&confirm=true&payment_method_data[type]=card&payment_method_data[metadata][a]=b"
                + "&payment_method_data[card][number]=4000000000000002&payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=2035");
        assertThat(fresh.body().at("/error/payment_method")).isEqualTo(world.get("/v1/payment_methods/" + fresh.text("/error/payment_method/id")).body());
    }

    @Test
    void a_hard_decline_carries_the_schemes_advice() {
        var hard = world.pay(20_00, world.method("4000000000009979"));
        assertThat(hard.text("/error/network_advice_code")).startsWith("03");
        var soft = world.pay(20_00, world.method("4000000000009995"));
        assertThat(soft.text("/error/network_advice_code")).isNull();
    }

    @Test
    void another_card_succeeds_after_a_decline() {
        var declined = world.pay(20_00, "pm_card_visa_chargeDeclined");
        String id = String.valueOf(declined.text("/error/payment_intent/id"));
        var paid = world.post("/v1/payment_intents/" + id + "/confirm", "payment_method=pm_card_mastercard");
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.text("/last_payment_error")).isNull();
        assertThat(paid.body().at("/charges/data")).hasSize(2);
        assertThat(paid.text("/charges/data/0/attempt")).isEqualTo("2");
        assertThat(world.eventTypes(id)).containsExactly("payment_intent.created", "payment_intent.payment_failed", "payment_intent.succeeded");
    }

    @Test
    void the_repeat_of_a_declined_confirmation_is_the_same_decline() {
        var made = world.post("/v1/payment_intents", "amount=800&currency=eur&payment_method=" + world.method("4000000000000002"));
        String path = "/v1/payment_intents/" + made.id() + "/confirm";
        var first = world.post(path, "", "Idempotency-Key", "declined-once");
        var again = world.post(path, "", "Idempotency-Key", "declined-once");
        assertThat(first.status()).isEqualTo(402);
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_saved_method_pays_again_without_its_cvc() {
        String method = world.method("4242424242424242");
        assertThat(world.pay(10_00, method).text("/status")).isEqualTo("succeeded");
        assertThat(world.pay(11_00, method).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void a_confirmation_on_session_forgets_that_an_earlier_one_was_off_session() {
        var declined = world.pay(10_00, "pm_card_threeDSecure2Required", "off_session=true");
        assertThat(declined.error()).isEqualTo("402 card_error authentication_required payment_method");
        var again = world.post("/v1/payment_intents/" + declined.text("/error/payment_intent/id") + "/confirm",
                "payment_method=pm_card_threeDSecure2Required&return_url=https://shop.example/back");
        assertThat(again.text("/status")).isEqualTo("requires_action");
    }

    @Test
    void browser_data_that_the_provider_refuses_is_a_refusal_and_not_unknown() {
        var refused = world.pay(10_00, "pm_card_visa", "payment_method_options[card][browser_info][screen_width]=1");
        assertThat(refused.text("/status")).isNotEqualTo("processing");
    }
}
