package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.PayersBrowser.Form;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cards that are verified and kept, by the same path as payments, with nothing charged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SetupIntentsTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final PayersBrowser browser = new PayersBrowser(world);

    @AfterAll
    void close() {
        world.close();
    }

    private String customer() {
        return world.post("/v1/customers", "email=payer@example.com").id();
    }

    private Answer setup(String token, String... more) {
        return world.post("/v1/setup_intents", "confirm=true&payment_method=" + token + (more.length == 0 ? "" : "&" + String.join("&", more)));
    }

    @Test
    void a_card_is_verified_kept_with_its_customer_and_nothing_is_charged() {
        String customer = customer();
        int before = world.movements().size();
        Answer done = setup("pm_card_visa", "customer=" + customer, "metadata[why]=later");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text("/object")).isEqualTo("setup_intent");
        assertThat(done.text("/status")).isEqualTo("succeeded");
        assertThat(done.text("/usage")).isEqualTo("off_session");
        assertThat(done.text("/metadata/why")).isEqualTo("later");
        assertThat(done.body().has("amount")).isFalse();
        Answer method = world.get("/v1/payment_methods/" + done.text("/payment_method"));
        assertThat(method.text("/customer")).isEqualTo(customer);
        assertThat(world.movements()).hasSize(before);
        assertThat(world.eventTypes(done.id())).containsExactly("setup_intent.created", "setup_intent.succeeded");
        assertThat(world.eventTypes(method.id())).containsExactly("payment_method.attached");
        assertThat(world.get("/v1/charges?customer=" + customer).body().path("data")).isEmpty();
        assertThat(world.get("/v1/payment_intents/" + done.id()).status()).isEqualTo(404);
    }

    @Test
    void a_card_that_was_set_up_is_charged_while_its_payer_is_absent() {
        String customer = customer();
        Answer done = setup("pm_card_visa", "customer=" + customer);
        Answer paid = world.post("/v1/payment_intents", "amount=2000&currency=eur&confirm=true&off_session=true&customer=" + customer
                + "&payment_method=" + done.text("/payment_method"));
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(world.movements(String.valueOf(paid.text("/charges/data/0/reference")))).containsExactly("sale 2000");
    }

    @Test
    void a_declined_card_is_not_kept() {
        String customer = customer();
        Answer declined = setup("pm_card_chargeDeclinedInsufficientFunds", "customer=" + customer);
        assertThat(declined.error()).isEqualTo("402 card_error card_declined payment_method");
        assertThat(declined.text("/error/decline_code")).isEqualTo("insufficient_funds");
        assertThat(declined.text("/error/setup_intent/status")).isEqualTo("requires_payment_method");
        assertThat(declined.text("/error/setup_intent/last_setup_error/code")).isEqualTo("card_declined");
        assertThat(declined.body().at("/error").has("charge")).isFalse();
        assertThat(world.get("/v1/payment_methods?customer=" + customer).body().path("data")).isEmpty();
        assertThat(world.eventTypes(String.valueOf(declined.text("/error/setup_intent/id"))))
                .containsExactly("setup_intent.created", "setup_intent.setup_failed");
    }

    @Test
    void a_card_whose_charges_are_all_declined_can_still_be_set_up() {
        assertThat(setup("pm_card_chargeCustomerFail", "customer=" + customer()).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void a_challenge_leads_back_to_the_shop_with_the_setup_intent() {
        String customer = customer();
        Answer waiting = setup("pm_card_authenticationRequired", "customer=" + customer, "return_url=https://shop.example/kept");
        assertThat(waiting.text("/status")).isEqualTo("requires_action");
        assertThat(waiting.text("/next_action/type")).isEqualTo("redirect_to_url");
        Form bank = browser.open(waiting);
        HttpResponse<String> back = browser.post(browser.decide(bank, "pass"));
        assertThat(back.headers().firstValue("Location")).hasValue("https://shop.example/kept?setup_intent=" + waiting.id()
                + "&setup_intent_client_secret=" + waiting.text("/client_secret") + "&redirect_status=succeeded");
        Answer done = world.get("/v1/setup_intents/" + waiting.id());
        assertThat(done.text("/status")).isEqualTo("succeeded");
        assertThat(world.get("/v1/payment_methods/" + done.text("/payment_method")).text("/customer")).isEqualTo(customer);
        assertThat(world.eventTypes(waiting.id()))
                .containsExactly("setup_intent.created", "setup_intent.requires_action", "setup_intent.succeeded");
    }

    @Test
    void a_failed_challenge_is_told_in_the_words_of_setup_intents() {
        Answer waiting = setup("pm_card_authenticationRequired", "customer=" + customer(), "return_url=https://shop.example/kept");
        browser.post(browser.decide(browser.open(waiting), "fail"));
        Answer failed = world.get("/v1/setup_intents/" + waiting.id());
        assertThat(failed.text("/status")).isEqualTo("requires_payment_method");
        assertThat(failed.text("/last_setup_error/code")).isEqualTo("setup_intent_authentication_failure");
    }

    @Test
    void it_is_made_updated_confirmed_and_canceled_step_by_step() {
        Answer made = world.post("/v1/setup_intents", "usage=on_session");
        assertThat(made.text("/status")).isEqualTo("requires_payment_method");
        Answer named = world.post("/v1/setup_intents/" + made.id(), "payment_method=pm_card_mastercard&customer=" + customer());
        assertThat(named.text("/status")).isEqualTo("requires_confirmation");
        assertThat(world.post("/v1/setup_intents/" + made.id() + "/confirm", "").text("/status")).isEqualTo("succeeded");
        assertThat(world.post("/v1/setup_intents/" + made.id() + "/cancel", "").error())
                .isEqualTo("400 invalid_request_error setup_intent_unexpected_state intent");
        Answer other = world.post("/v1/setup_intents", "");
        Answer canceled = world.post("/v1/setup_intents/" + other.id() + "/cancel", "cancellation_reason=abandoned");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        assertThat(canceled.text("/cancellation_reason")).isEqualTo("abandoned");
        assertThat(world.post("/v1/setup_intents/" + other.id() + "/confirm", "payment_method=pm_card_visa").text("/error/setup_intent/id"))
                .isEqualTo(other.id());
    }

    @Test
    void a_payers_page_confirms_with_the_client_secret_alone() {
        Answer made = world.post("/v1/setup_intents", "customer=" + customer() + "&metadata[a]=b");
        String path = "/v1/setup_intents/" + made.id();
        String secret = "client_secret=" + made.text("/client_secret");
        assertThat(world.send("GET", path, null, PaymentWorld.PUBLISHABLE).error()).isEqualTo("400 invalid_request_error parameter_missing client_secret");
        assertThat(world.send("GET", path + "?client_secret=wrong", null, PaymentWorld.PUBLISHABLE).status()).isEqualTo(404);
        Answer confirmed = world.send("POST", path + "/confirm", secret + "&payment_method_data[type]=card"
                + "&payment_method_data[card][number]=4242424242424242&payment_method_data[card][exp_month]=12"
                + "&payment_method_data[card][exp_year]=2035&payment_method_data[card][cvc]=123", PaymentWorld.PUBLISHABLE);
        assertThat(confirmed.text("/status")).isEqualTo("succeeded");
        assertThat(confirmed.body().has("metadata")).isFalse();
        assertThat(confirmed.body().has("customer")).isFalse();
        assertThat(world.get(path).text("/metadata/a")).isEqualTo("b");
    }

    @Test
    void what_the_payer_agreed_to_becomes_a_mandate() {
        Answer done = setup("pm_card_visa", "customer=" + customer(), "mandate_data[customer_acceptance][type]=online",
                "mandate_data[customer_acceptance][online][ip_address]=203.0.113.7", "mandate_data[customer_acceptance][online][user_agent]=Browser");
        String mandate = String.valueOf(done.text("/mandate"));
        Answer kept = world.get("/v1/mandates/" + mandate);
        assertThat(kept.text("/status")).isEqualTo("active");
        assertThat(kept.text("/type")).isEqualTo("multi_use");
        assertThat(kept.text("/payment_method")).isEqualTo(done.text("/payment_method"));
        assertThat(kept.text("/customer_acceptance/online/ip_address")).isEqualTo("203.0.113.7");
        Answer paid = world.post("/v1/payment_intents", "amount=700&currency=eur&confirm=true&off_session=true&customer=" + done.text("/customer")
                + "&payment_method=" + done.text("/payment_method"));
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        Answer once = setup("pm_card_visa", "single_use[amount]=500", "single_use[currency]=eur", "mandate_data[customer_acceptance][type]=offline");
        assertThat(once.text("/mandate")).isNull();
        assertThat(world.get("/v1/mandates/" + once.text("/single_use_mandate")).text("/single_use/amount")).isEqualTo("500");
    }

    @Test
    void a_repeat_with_the_same_key_verifies_once() {
        String body = "confirm=true&payment_method=pm_card_visa";
        long before = world.paymentsAsked(0);
        Answer first = world.post("/v1/setup_intents", body, "Idempotency-Key", "setup-1");
        Answer again = world.post("/v1/setup_intents", body, "Idempotency-Key", "setup-1");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(world.paymentsAsked(0)).isEqualTo(before + 1);
    }

    @Test
    void an_answer_that_was_lost_is_looked_up_like_any_payments() {
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createPayment\"");
        Answer unknown = setup("pm_card_visa", "customer=" + customer());
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.text("/status")).isEqualTo("processing");
        Answer done = org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(30))
                .until(() -> world.get("/v1/setup_intents/" + unknown.id()), it -> "succeeded".equals(it.text("/status")));
        // Attached right after the commit that tells of the success, not in it.
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(30))
                .until(() -> world.get("/v1/payment_methods/" + done.text("/payment_method")), it -> String.valueOf(done.text("/customer")).equals(it.text("/customer")));
    }

    @Test
    void they_are_listed_apart_from_payments() {
        String customer = customer();
        String one = setup("pm_card_visa", "customer=" + customer).id();
        String other = world.post("/v1/setup_intents", "customer=" + customer).id();
        world.pay(1000, "pm_card_visa", "customer=" + customer);
        assertThat(ids(world.get("/v1/setup_intents?customer=" + customer))).containsExactly(other, one);
        assertThat(ids(world.get("/v1/setup_intents?limit=1&customer=" + customer))).containsExactly(other);
        assertThat(ids(world.get("/v1/setup_intents?customer=" + customer + "&starting_after=" + other))).containsExactly(one);
        assertThat(ids(world.get("/v1/payment_intents?customer=" + customer))).hasSize(1).noneMatch(id -> id.startsWith("seti_"));
    }

    private static List<String> ids(Answer list) {
        return list.body().path("data").valueStream().map(it -> it.path("id").asString()).toList();
    }
}
