package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PayersBrowser.Form;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 3-D Secure, by the forms that a payer's browser gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChallengesTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final PayersBrowser browser = new PayersBrowser(world);

    @AfterAll
    void close() {
        world.close();
    }

    private PaymentWorld.Answer challenged(String... more) {
        var waiting = world.pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back?order=7", String.join("&", more));
        assertThat(waiting.text("/status")).isEqualTo("requires_action");
        return waiting;
    }

    private long finalized() {
        return world.sandbox().requestsSeen(world.sandboxAccount(0)).stream().filter(it -> it.path("method").asString().equals("PATCH")).count();
    }

    private static String redirect(PaymentWorld.Answer intent, String status) {
        return "https://shop.example/back?order=7&payment_intent=" + intent.id() + "&payment_intent_client_secret="
                + intent.text("/client_secret") + "&redirect_status=" + status;
    }

    @Test
    void a_passed_challenge_makes_the_payment_and_leads_back_to_the_shop() {
        var waiting = challenged();
        assertThat(waiting.text("/next_action/type")).isEqualTo("redirect_to_url");
        assertThat(waiting.text("/next_action/redirect_to_url/return_url")).isEqualTo("https://shop.example/back?order=7");
        Form bank = browser.open(waiting);
        assertThat(bank.fields()).containsKeys("creq", "threeDSSessionData");
        HttpResponse<String> back = browser.post(browser.decide(bank, "pass"));
        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).hasValue(redirect(waiting, "succeeded"));
        var paid = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.text("/next_action")).isNull();
        assertThat(world.movements(String.valueOf(paid.text("/charges/data/0/reference")))).containsExactly("sale 2000");
        assertThat(world.eventTypes(waiting.id()))
                .containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded");
    }

    @Test
    void a_failed_challenge_fails_the_attempt() {
        var waiting = challenged();
        HttpResponse<String> back = browser.complete(waiting, "fail");
        assertThat(back.headers().firstValue("Location")).hasValue(redirect(waiting, "failed"));
        var failed = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(failed.text("/status")).isEqualTo("requires_payment_method");
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
        assertThat(world.eventTypes(waiting.id())).last().isEqualTo("payment_intent.payment_failed");
    }

    @Test
    void a_technical_error_falls_back_to_the_first_version() {
        var waiting = challenged();
        HttpResponse<String> again = browser.complete(waiting, "error");
        assertThat(again.statusCode()).isEqualTo(303);
        Form older = PayersBrowser.form(world.browse("GET", again.headers().firstValue("Location").orElseThrow(), null));
        assertThat(older.fields()).containsKeys("PaReq", "TermUrl", "MD");
        HttpResponse<String> back = browser.post(browser.decide(older, "pass"));
        assertThat(back.headers().firstValue("Location")).hasValue(redirect(waiting, "succeeded"));
    }

    @Test
    void a_challenge_of_an_authorization_ends_in_requires_capture() {
        var waiting = challenged("capture_method=manual");
        browser.complete(waiting, "pass");
        assertThat(world.get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("requires_capture");
    }

    @Test
    void a_browser_that_posts_many_times_finalizes_once() throws InterruptedException {
        var waiting = challenged();
        Form answer = browser.decide(browser.open(waiting), "pass");
        long before = finalized();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> posts = java.util.Collections.nCopies(8, () -> browser.post(answer));
            assertThat(clients.invokeAll(posts)).allSatisfy(post -> assertThat(post.get().statusCode()).isEqualTo(303));
        }
        assertThat(finalized()).isEqualTo(before + 1);
        assertThat(browser.post(answer).headers().firstValue("Location")).hasValue(redirect(waiting, "succeeded"));
        assertThat(finalized()).isEqualTo(before + 1);
    }

    @Test
    void an_absent_payer_cannot_be_challenged() {
        var declined = world.pay(20_00, "pm_card_threeDSecure2Required", "off_session=true");
        assertThat(declined.error()).isEqualTo("402 card_error authentication_required payment_method");
        assertThat(declined.text("/error/decline_code")).isEqualTo("authentication_required");
    }

    @Test
    void canceling_while_the_payer_is_away_ends_the_attempt() {
        var waiting = challenged();
        Form answer = browser.decide(browser.open(waiting), "pass");
        assertThat(world.post("/v1/payment_intents/" + waiting.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        long before = finalized();
        assertThat(browser.post(answer).headers().firstValue("Location")).hasValue(redirect(waiting, "failed"));
        assertThat(finalized()).isEqualTo(before);
        assertThat(world.get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("canceled");
    }

    @Test
    void changing_the_amount_ends_what_the_payer_was_asked_to_approve() {
        var waiting = challenged();
        Form answer = browser.decide(browser.open(waiting), "pass");
        var changed = world.post("/v1/payment_intents/" + waiting.id(), "amount=2500");
        assertThat(changed.text("/status")).isEqualTo("requires_confirmation");
        browser.post(answer);
        var now = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(now.text("/status")).isEqualTo("requires_confirmation");
        assertThat(now.text("/charges/data/0/status")).isEqualTo("failed");
        assertThat(world.movements(String.valueOf(now.text("/charges/data/0/reference")))).isEmpty();
        var again = world.post("/v1/payment_intents/" + waiting.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(again.text("/amount_received")).isEqualTo("2500");
    }

    @Test
    void the_answer_of_another_payment_is_refused_and_changes_nothing() {
        var waiting = challenged();
        Form mine = browser.decide(browser.open(waiting), "pass");
        Form other = browser.decide(browser.open(challenged()), "pass");
        long before = finalized();
        assertThat(browser.post(mine.with("threeDSSessionData", String.valueOf(other.fields().get("threeDSSessionData")))).statusCode()).isEqualTo(400);
        assertThat(browser.post(new Form(mine.action(), java.util.Map.of("hello", "world"))).statusCode()).isEqualTo(400);
        assertThat(finalized()).isEqualTo(before);
        assertThat(world.get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("requires_action");
        assertThat(world.eventTypes(waiting.id())).containsExactly("payment_intent.created", "payment_intent.requires_action");
        assertThat(browser.post(mine).headers().firstValue("Location")).hasValue(redirect(waiting, "succeeded"));
    }

    @Test
    void a_link_with_a_wrong_token_does_not_exist() {
        String url = String.valueOf(challenged().text("/next_action/redirect_to_url/url"));
        String wrong = url.substring(0, url.length() - 1) + (url.endsWith("A") ? "B" : "A");
        assertThat(world.browse("GET", wrong, null).statusCode()).isEqualTo(404);
        assertThat(world.browse("POST", wrong.replace("/authenticate/", "/return/"), "cres=x").statusCode()).isEqualTo(404);
    }

    @Test
    void an_abandoned_challenge_expires() {
        try (PaymentWorld short_ = PaymentWorld.setup().actionExpiry(Duration.ofMillis(300)).start()) {
            var waiting = short_.pay(20_00, "pm_card_threeDSecure2Required");
            assertThat(waiting.text("/status")).isEqualTo("requires_action");
            var expired = short_.await(waiting.id(), "requires_payment_method");
            assertThat(expired.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
            assertThat(short_.movements()).isEmpty();
        }
    }

    @Test
    void a_completion_that_was_not_heard_of_is_settled_by_asking() {
        var waiting = challenged();
        Form answer = browser.decide(browser.open(waiting), "pass");
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"finalizePayment\"");
        assertThat(browser.post(answer).headers().firstValue("Location")).hasValue(redirect(waiting, "pending"));
        world.await(waiting.id(), "succeeded");
        assertThat(world.eventTypes(waiting.id())).containsExactly("payment_intent.created", "payment_intent.requires_action",
                "payment_intent.processing", "payment_intent.succeeded");
    }

    @Test
    void a_completion_that_never_arrived_gives_the_challenge_back() {
        var waiting = challenged();
        Form answer = browser.decide(browser.open(waiting), "pass");
        world.fault("\"fault\":\"reset_before_effect\",\"operation\":\"finalizePayment\"");
        browser.post(answer);
        world.await(waiting.id(), "requires_action");
        assertThat(browser.post(answer).headers().firstValue("Location")).hasValue(redirect(waiting, "succeeded"));
        assertThat(world.movements(String.valueOf(waiting.text("/charges/data/0/reference")))).containsExactly("sale 2000");
    }
}
