package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Methods without a card, as merchants see them: kinds, routing, and what they are not for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedirectMethodsTest {
    private static final String IDEAL = "&payment_method_types[]=ideal&payment_method_types[]=card&return_url=https://shop.example/back";

    private final PaymentWorld world = PaymentWorld.setup().providers("cardinity", "corefy", "worldline-direct").start();
    private final PayersBrowser browser = new PayersBrowser(world);

    @AfterAll
    void close() {
        world.close();
    }

    private String ideal() {
        Answer made = world.post("/v1/payment_methods", "type=ideal&ideal[bank]=rabobank&billing_details[name]=Ada&metadata[order]=1");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        return made.id();
    }

    private Answer confirmed(String more) {
        return world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true" + IDEAL + more);
    }

    @Test
    void a_method_shows_what_was_said_and_null_for_the_rest() {
        Answer read = world.get("/v1/payment_methods/" + ideal());
        assertThat(read.text("/type")).isEqualTo("ideal");
        assertThat(read.body().path("ideal").toString()).isEqualTo("{\"bank\":\"rabobank\",\"bic\":null}");
        assertThat(read.body().has("card")).isFalse();
        assertThat(world.get("/v1/payment_methods?type=ideal").body().path("data")).isNotEmpty().allMatch(it -> it.path("type").asString().equals("ideal"));
        Answer changed = world.post("/v1/payment_methods/" + read.id(), "billing_details[email]=ada@shop.example");
        assertThat(changed.text("/billing_details/email")).isEqualTo("ada@shop.example");
        assertThat(changed.text("/ideal/bank")).isEqualTo("rabobank");
    }

    @Test
    void a_stored_method_is_paid_through_the_first_account_that_takes_it() {
        Answer waiting = confirmed("&payment_method=" + ideal());
        assertThat(waiting.text("/status")).as(waiting.body().toString()).isEqualTo("requires_action");
        assertThat(waiting.text("/charges/data/0/provider")).isEqualTo("corefy");
        assertThat(waiting.text("/charges/data/0/payment_method/ideal/bank")).isEqualTo("rabobank");
        assertThat(waiting.body().at("/charges/data")).hasSize(1);
        browser.comeBack(browser.press(waiting, "Pay"));
        Answer paid = world.await(waiting.id(), "succeeded");
        assertThat(paid.text("/charges/data/0/payment_method_details/ideal/bank")).isEqualTo("rabobank");
        assertThat(world.movementsOf(paid)).containsExactly("sale 1500");
        assertThat(world.direct().sql("select count(*) as n from stored_credential s join charge c on c.payment_method_id = s.payment_method_id where c.id = :id")
                .bind("id", String.valueOf(paid.text("/latest_charge"))).one(row -> row.number("n"))).as("nothing stands for it later").hasValue(0L);
    }

    @Test
    void a_card_goes_where_cards_go_although_the_intent_takes_both() {
        assertThat(confirmed("&payment_method=" + world.method("4242424242424242")).text("/charges/data/0/provider")).isEqualTo("cardinity");
        assertThat(confirmed("&payment_method=pm_card_visa").text("/charges/data/0/provider")).isEqualTo("cardinity");
    }

    @Test
    void bancontact_goes_to_the_only_account_that_takes_it() {
        Answer waiting = world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true&payment_method_types[]=bancontact"
                + "&return_url=https://shop.example/back&payment_method_data[type]=bancontact");
        assertThat(waiting.text("/charges/data/0/provider")).as(waiting.body().toString()).isEqualTo("worldline-direct");
        assertThat(waiting.text("/charges/data/0/attempt")).isEqualTo("1");
    }

    @Test
    void a_pinned_account_that_does_not_take_it_is_told_and_not_asked() {
        Answer refused = confirmed("&payment_method_data[type]=ideal&provider_account=" + world.providerAccount(0));
        assertThat(refused.error()).isEqualTo("400 invalid_request_error payment_method_not_available provider_account");
        Answer pinned = confirmed("&payment_method_data[type]=ideal&provider_account=" + world.providerAccount(2));
        assertThat(pinned.text("/charges/data/0/provider")).isEqualTo("worldline-direct");
    }

    @Test
    void the_next_account_is_asked_where_the_first_refuses() {
        try (PaymentWorld other = PaymentWorld.setup().providers("corefy", "worldline-direct").start()) {
            other.revokeCredentials();
            Answer waiting = other.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true" + IDEAL + "&payment_method_data[type]=ideal");
            assertThat(waiting.text("/charges/data/0/provider")).as(waiting.body().toString()).isEqualTo("worldline-direct");
            assertThat(waiting.text("/charges/data/1/provider")).isEqualTo("corefy");
            var payer = new PayersBrowser(other);
            payer.comeBack(payer.press(waiting, "Pay"));
            assertThat(other.movementsOf(other.await(waiting.id(), "succeeded"))).containsExactly("sale 1500");
        }
    }

    @Test
    void a_refused_manual_capture_leaves_the_intent_as_it_was() {
        Answer open = world.post("/v1/payment_intents", "amount=1500&currency=eur&capture_method=manual" + IDEAL);
        var before = world.get("/v1/payment_intents/" + open.id()).body();
        Answer refused = world.post("/v1/payment_intents/" + open.id() + "/confirm", "payment_method=" + ideal());
        assertThat(refused.error()).isEqualTo("400 invalid_request_error parameter_invalid capture_method");
        assertThat(world.get("/v1/payment_intents/" + open.id()).body()).isEqualTo(before);
        assertThat(world.post("/v1/payment_intents/" + open.id() + "/confirm", "payment_method=" + ideal() + "&capture_method=automatic").text("/status"))
                .isEqualTo("requires_action");
    }

    @Test
    void an_intent_for_cards_alone_takes_no_other_method() {
        String cards = "amount=1500&currency=eur&return_url=https://shop.example/back";
        assertThat(world.post("/v1/payment_intents", cards + "&payment_method=" + ideal()).error())
                .isEqualTo("400 invalid_request_error payment_method_unsupported_type payment_method");
        assertThat(world.post("/v1/payment_intents", cards + "&confirm=true&payment_method=" + ideal()).error())
                .isEqualTo("400 invalid_request_error payment_method_unsupported_type payment_method");
        Answer open = world.post("/v1/payment_intents", cards);
        assertThat(world.post("/v1/payment_intents/" + open.id() + "/confirm", "payment_method_types[]=ideal&payment_method=" + ideal()).text("/status"))
                .isEqualTo("requires_action");
    }

    @Test
    void it_is_not_kept_for_a_customer_nor_set_up_but_can_be_paid_by_one() {
        String customer = world.post("/v1/customers", "").id();
        String method = ideal();
        assertThat(world.post("/v1/payment_methods/" + method + "/attach", "customer=" + customer).error())
                .isEqualTo("400 invalid_request_error payment_method_unsupported_type payment_method");
        assertThat(world.post("/v1/setup_intents", "confirm=true&payment_method=" + method).error())
                .isEqualTo("400 invalid_request_error payment_method_unsupported_type payment_method");
        Answer waiting = confirmed("&customer=" + customer + "&payment_method=" + method);
        browser.comeBack(browser.press(waiting, "Pay"));
        assertThat(world.await(waiting.id(), "succeeded").text("/charges/data/0/customer")).isEqualTo(customer);
        assertThat(world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true" + IDEAL + "&customer=cus_none&payment_method=" + method).error())
                .isEqualTo("404 invalid_request_error resource_missing customer");
    }

    @Test
    void automatic_methods_are_those_that_the_accounts_take_in_the_currency() {
        String automatic = "amount=1500&automatic_payment_methods[enabled]=true";
        assertThat(types(world.post("/v1/payment_intents", automatic + "&currency=eur"))).containsExactly("card", "bancontact", "eps", "ideal", "paypal");
        assertThat(types(world.post("/v1/payment_intents", automatic + "&currency=usd"))).containsExactly("card", "paypal");
        assertThat(types(world.post("/v1/payment_intents", automatic + "&currency=eur&automatic_payment_methods[allow_redirects]=never"))).containsExactly("card");
        assertThat(types(world.post("/v1/payment_intents", automatic + "&currency=eur&payment_method_types[]=ideal"))).containsExactly("ideal");
        Answer paid = world.post("/v1/payment_intents", automatic + "&currency=eur&confirm=true&return_url=https://shop.example/back&payment_method_data[type]=eps");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("requires_action");
    }

    private static List<String> types(Answer intent) {
        return intent.body().path("payment_method_types").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void what_is_taken_is_told_with_its_currencies_and_captures() {
        List<String> told = world.get("/v1/payment_method_types?currency=eur").body().path("data").valueStream()
                .map(it -> it.path("id").asString() + " " + it.path("capture_methods") + " " + it.path("provider_accounts").size()).toList();
        assertThat(told).contains("ideal [\"automatic\"] 2", "bancontact [\"automatic\"] 1", "paypal [\"automatic\",\"manual\"] 1");
        assertThat(world.get("/v1/payment_method_types?currency=usd").body().path("data").valueStream().map(it -> it.path("id").asString()))
                .containsExactly("card", "paypal");
        assertThat(world.get("/v1/payment_method_types?currency=eur&country=NL").body().path("data").valueStream().map(it -> it.path("id").asString()))
                .contains("ideal", "paypal").doesNotContain("bancontact", "eps");
    }

    @Test
    void a_manually_confirmed_intent_is_paid_when_its_payer_has_paid() {
        Answer waiting = confirmed("&confirmation_method=manual&payment_method_data[type]=ideal");
        browser.comeBack(browser.press(waiting, "Pay"));
        assertThat(world.movementsOf(world.await(waiting.id(), "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void the_same_key_gives_the_same_answer_and_one_payment() {
        String body = "amount=1500&currency=eur&confirm=true" + IDEAL + "&payment_method_data[type]=ideal";
        Answer first = world.payWithKey("ideal-once", body);
        Answer second = world.payWithKey("ideal-once", body);
        assertThat(second.body()).isEqualTo(first.body());
        browser.comeBack(browser.press(first, "Pay"));
        world.await(first.id(), "succeeded");
        assertThat(world.payWithKey("ideal-once", body).body()).isEqualTo(first.body());
        assertThat(world.movementsOf(first)).containsExactly("sale 1500");
    }

    @Test
    void a_payers_browser_makes_and_confirms_it_with_a_publishable_key() {
        Answer open = world.post("/v1/payment_intents", "amount=1500&currency=eur" + IDEAL);
        Answer method = world.send("POST", "/v1/payment_methods", "type=ideal", PaymentWorld.PUBLISHABLE);
        Answer waiting = world.send("POST", "/v1/payment_intents/" + open.id() + "/confirm",
                "client_secret=" + open.text("/client_secret") + "&payment_method=" + method.id(), PaymentWorld.PUBLISHABLE);
        assertThat(waiting.text("/next_action/type")).as(waiting.body().toString()).isEqualTo("redirect_to_url");
    }

    @Test
    void a_canceled_payment_that_its_payer_makes_all_the_same_is_given_back() {
        Answer waiting = confirmed("&payment_method_data[type]=ideal");
        String site = browser.bank(waiting);
        assertThat(world.post("/v1/payment_intents/" + waiting.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        browser.pressOn(site, "Pay");
        String charge = String.valueOf(waiting.text("/latest_charge"));
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> world.column("charge", charge, "state"), "reversed"::equals);
        assertThat(world.movementsOf(waiting)).containsExactly("sale 1500", "refund 1500");
    }
}
