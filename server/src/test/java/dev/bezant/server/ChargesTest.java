package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What charges show, what of them can be changed, and capturing through them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChargesTest {
    /** Every member of a charge that clients of Stripe know (payments-api.md, section 2.4). */
    private static final String[] MEMBERS = {"id", "object", "amount", "amount_captured", "amount_refunded", "application", "application_fee",
        "application_fee_amount", "balance_transaction", "billing_details", "calculated_statement_descriptor", "captured", "created", "currency",
        "customer", "description", "disputed", "failure_balance_transaction", "failure_code", "failure_message", "fraud_details", "livemode",
        "metadata", "on_behalf_of", "outcome", "paid", "payment_intent", "payment_method", "payment_method_details", "receipt_email",
        "receipt_number", "receipt_url", "refunded", "review", "shipping", "source", "source_transfer", "statement_descriptor",
        "statement_descriptor_suffix", "status", "transfer_data", "transfer_group"};

    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer charge(Answer intent) {
        return world.get("/v1/charges/" + intent.text("/latest_charge"));
    }

    private ObjectNode lastEvent(String id) {
        return world.direct().sql("select data from event where object_id = :id order by id desc limit 1").bind("id", id)
                .one(row -> Json.readObject(row.text("data"))).orElseThrow();
    }

    @Test
    void a_charge_has_every_member_that_clients_read() {
        Answer charge = charge(world.pay(20_00, "pm_card_visa"));
        assertThat(charge.body().propertyNames()).contains(MEMBERS);
        assertThat(charge.body().at("/payment_method_details/card").propertyNames()).contains("amount_authorized", "authorization_code", "brand",
                "checks", "country", "exp_month", "exp_year", "extended_authorization", "fingerprint", "funding", "incremental_authorization",
                "installments", "last4", "mandate", "multicapture", "network", "network_transaction_id", "overcapture", "three_d_secure", "wallet");
        assertThat(charge.text("/payment_method_details/card/network")).isEqualTo("visa");
        assertThat(charge.text("/payment_method_details/card/amount_authorized")).isEqualTo("2000");
        assertThat(charge.text("/payment_method_details/card/three_d_secure")).isNull();
        assertThat(charge.body().path("outcome").propertyNames())
                .contains("type", "network_status", "reason", "risk_level", "risk_score", "rule", "seller_message", "advice_code", "network_advice_code", "network_decline_code");
        assertThat(charge.text("/outcome/type")).isEqualTo("authorized");
        assertThat(charge.text("/outcome/risk_level")).isEqualTo("not_assessed");
    }

    @Test
    void a_charge_takes_over_what_was_said_about_the_payment() {
        Answer charge = charge(world.pay(20_00, "pm_card_visa", "description=A+hat", "metadata[order]=7", "receipt_email=ona@example.com",
                "statement_descriptor_suffix=HATS", "shipping[name]=Ona", "shipping[address][city]=Vilnius"));
        assertThat(charge.text("/description")).isEqualTo("A hat");
        assertThat(charge.text("/metadata/order")).isEqualTo("7");
        assertThat(charge.text("/receipt_email")).isEqualTo("ona@example.com");
        assertThat(charge.text("/statement_descriptor_suffix")).isEqualTo("HATS");
        assertThat(charge.text("/shipping/address/city")).isEqualTo("Vilnius");
        assertThat(world.column("charge", charge.id(), "details")).doesNotContain("payment_method_types");
        assertThat(world.column("charge", charge(world.pay(20_00, "pm_card_visa")).id(), "details")).isNull();
    }

    @Test
    void a_decline_says_who_declined_and_what_may_be_done() {
        Answer declined = world.pay(20_00, world.method("4000000000009979"));
        Answer charge = world.get("/v1/charges/" + declined.text("/error/charge"));
        assertThat(charge.text("/outcome/type")).isEqualTo("issuer_declined");
        assertThat(charge.text("/outcome/network_status")).isEqualTo("declined_by_network");
        assertThat(charge.text("/outcome/advice_code")).isEqualTo("do_not_try_again");
        Answer wrongCvc = world.pay(20_00, world.method("4000000000000127"));
        assertThat(world.get("/v1/charges/" + wrongCvc.text("/error/charge")).text("/payment_method_details/card/checks/cvc_check")).isEqualTo("fail");
    }

    @Test
    void a_passed_challenge_is_shown() {
        Answer waiting = world.pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        assertThat(charge(waiting).text("/outcome")).isNull();
        assertThat(new PayersBrowser(world).complete(waiting, "pass").statusCode()).isEqualTo(303);
        Answer paid = world.await(waiting.id(), "succeeded");
        Answer charge = charge(paid);
        assertThat(charge.text("/payment_method_details/card/three_d_secure/authentication_flow")).isEqualTo("challenge");
        assertThat(charge.text("/payment_method_details/card/three_d_secure/result")).isEqualTo("authenticated");
    }

    @Test
    void an_update_changes_what_it_names_and_tells_what_was() {
        Answer charge = charge(world.pay(20_00, "pm_card_visa", "description=A+hat", "metadata[order]=7", "metadata[colour]=red"));
        Answer updated = world.post("/v1/charges/" + charge.id(), "description=Two+hats&metadata[order]=&metadata[size]=xl&receipt_email=ona@example.com"
                + "&fraud_details[user_report]=safe&transfer_group=g1&shipping[name]=Ona&shipping[address][line1]=Gatve+1");
        assertThat(updated.text("/description")).isEqualTo("Two hats");
        assertThat(updated.body().path("metadata")).isEqualTo(Json.object().put("colour", "red").put("size", "xl"));
        assertThat(updated.text("/fraud_details/user_report")).isEqualTo("safe");
        assertThat(updated.text("/transfer_group")).isEqualTo("g1");
        assertThat(world.get("/v1/charges/" + charge.id()).body()).isEqualTo(updated.body());
        assertThat(world.get("/v1/charges?transfer_group=g1").text("/data/0/id")).isEqualTo(charge.id());
        assertThat(world.eventTypes(charge.id())).containsExactly("charge.succeeded", "charge.updated");
        ObjectNode previous = (ObjectNode) lastEvent(charge.id()).get("previous_attributes");
        assertThat(previous.path("description").asString()).isEqualTo("A hat");
        assertThat(previous.path("metadata").path("order").asString()).isEqualTo("7");
        assertThat(previous.has("amount")).isFalse();
        world.post("/v1/charges/" + charge.id(), "description=Two+hats");
        assertThat(world.eventTypes(charge.id())).hasSize(2);
        assertThat(world.post("/v1/charges/" + charge.id(), "description=&shipping=&fraud_details=").text("/description")).isNull();
    }

    @Test
    void a_customer_is_given_once() {
        String ona = world.post("/v1/customers", "name=Ona").id();
        String jonas = world.post("/v1/customers", "name=Jonas").id();
        Answer charge = charge(world.pay(20_00, "pm_card_visa"));
        assertThat(world.post("/v1/charges/" + charge.id(), "customer=cus_unknown").error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(world.post("/v1/charges/" + charge.id(), "customer=" + ona).text("/customer")).isEqualTo(ona);
        assertThat(world.post("/v1/charges/" + charge.id(), "customer=" + ona).status()).isEqualTo(200);
        assertThat(world.post("/v1/charges/" + charge.id(), "customer=" + jonas).error()).isEqualTo("400 invalid_request_error parameter_invalid customer");
        assertThat(world.get("/v1/charges?customer=" + ona).text("/data/0/id")).isEqualTo(charge.id());
    }

    @Test
    void a_charge_is_captured_by_its_intent() {
        Answer held = world.pay(50_00, "pm_card_visa", "capture_method=manual");
        String id = String.valueOf(held.text("/latest_charge"));
        Answer captured = world.post("/v1/charges/" + id + "/capture", "amount=3000&expand[]=balance_transaction", "Idempotency-Key", "capture-" + id);
        assertThat(captured.text("/object")).isEqualTo("charge");
        assertThat(captured.id()).isEqualTo(id);
        assertThat(captured.text("/amount_captured")).isEqualTo("3000");
        assertThat(captured.text("/balance_transaction/amount")).isEqualTo("3000");
        assertThat(captured.body().path("payment_method").isString()).isTrue();
        assertThat(world.get("/v1/payment_intents/" + held.id()).text("/amount_received")).isEqualTo("3000");
        assertThat(world.movements()).contains("capture 3000");
        Answer again = world.post("/v1/charges/" + id + "/capture", "amount=3000&expand[]=balance_transaction", "Idempotency-Key", "capture-" + id);
        assertThat(again.body()).isEqualTo(captured.body());
        assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(world.post("/v1/charges/" + id + "/capture", "").error()).isEqualTo("400 invalid_request_error charge_already_captured id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount=5001", "amount=0", "amount=-1", "amount=x", "amount="})
    void a_wrong_amount_is_refused_by_the_name_it_has_here(String amount) {
        Answer held = world.pay(50_00, "pm_card_visa", "capture_method=manual");
        Answer refused = world.post("/v1/charges/" + held.text("/latest_charge") + "/capture", amount);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/param")).isEqualTo("amount");
    }

    @Test
    void embedded_charges_are_expanded_too() {
        String ona = world.post("/v1/customers", "name=Ona").id();
        Answer paid = world.pay(20_00, "pm_card_visa", "customer=" + ona);
        Answer shown = world.get("/v1/payment_intents/" + paid.id() + "?expand[]=charges.data.customer&expand[]=latest_charge.balance_transaction");
        assertThat(shown.text("/charges/data/0/customer/name")).isEqualTo("Ona");
        assertThat(shown.text("/latest_charge/balance_transaction/amount")).isEqualTo("2000");
        assertThat(world.get("/v1/payment_intents?limit=1&expand[]=data.charges.data.customer").text("/data/0/charges/data/0/customer/name")).isEqualTo("Ona");
    }
}
