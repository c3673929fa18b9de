package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Corefy's callbacks are good for: they make us read. Nothing is settled here but by them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorefyNoticesTest {
    private final PaymentWorld world = PaymentWorld.setup().providers("corefy").providerTimeout(Duration.ofMillis(1500))
            .sendWindow(Duration.ofSeconds(2)).withoutSettling().start();
    private final PayersBrowser browser = new PayersBrowser(world);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        client.close();
        world.close();
    }

    private Answer awaitByNotices(Answer intent, String status) {
        return Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            world.job("act upon notices");
            return world.get("/v1/payment_intents/" + intent.id());
        }, now -> status.equals(now.text("/status")));
    }

    private Answer challenged(String... more) {
        Answer waiting = world.pay(15_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back", String.join("&", more));
        assertThat(waiting.text("/status")).as(waiting.body().toString()).isEqualTo("requires_action");
        return waiting;
    }

    private static String invoice(String reference, String id) {
        return "{\"data\":{\"type\":\"payment-invoices\",\"id\":\"" + id + "\",\"attributes\":{\"status\":\"processed\",\"reference_id\":\"" + reference
                + "\",\"amount\":15,\"currency\":\"EUR\",\"test_mode\":true,\"processed_amount\":15}}}";
    }

    private int callback(String body, String signature) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(world.url() + "/notices/test/acct_world/" + world.providerAccount(0)))
                .header("Content-Type", "application/json")
                .header("X-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String secret() {
        return world.credentials().path("callback_secret").asString();
    }

    private static String signature(String secret, String body) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((secret + body + secret).getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> states(String reference) {
        return world.direct().sql("select state from provider_notice where reference = :reference order by id")
                .bind("reference", reference)
                .list(row -> row.text("state"));
    }

    @Test
    void a_lost_answer_is_known_as_soon_as_corefy_tells_of_the_payment() {
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"sale\"");
        Answer unknown = world.pay(15_00, "pm_card_visa");
        assertThat(unknown.text("/status")).isEqualTo("processing");
        assertThat(world.movementsOf(awaitByNotices(unknown, "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void an_invoice_that_nobody_has_paid_yet_is_no_news() {
        world.fault("\"fault\":\"reset_before_effect\",\"operation\":\"sale\"");
        Answer unknown = world.pay(15_00, "pm_card_visa");
        String reference = String.valueOf(world.column("charge", String.valueOf(unknown.text("/latest_charge")), "reference"));
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            world.job("act upon notices");
            return states(reference);
        }, states -> states.contains("processed"));
        assertThat(world.column("charge", String.valueOf(unknown.text("/latest_charge")), "provider_id")).isNull();
        assertThat(world.get("/v1/payment_intents/" + unknown.id()).text("/status")).isEqualTo("processing");
    }

    @Test
    void a_payer_who_never_comes_back_has_paid_all_the_same() {
        Answer waiting = challenged();
        browser.decideAndLeave(waiting, "pass");
        assertThat(world.movementsOf(awaitByNotices(waiting, "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void a_payer_who_pays_less_and_never_comes_back_leaves_it_to_an_operator() {
        Answer part = challenged("description=sim-partial");
        browser.decideAndLeave(part, "pass");
        awaitByNotices(part, "processing");
        String charge = String.valueOf(part.text("/latest_charge"));
        assertThat(world.column("charge", charge, "state")).isEqualTo("completing");
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> world.column("charge", charge, "stuck_reason"), Objects::nonNull);
        assertThat(world.movementsOf(part)).containsExactly("sale 750");
    }

    @Test
    void what_an_intent_does_not_want_any_more_is_given_back() {
        Answer waiting = challenged();
        PayersBrowser.Form bank = browser.open(waiting);
        assertThat(world.post("/v1/payment_intents/" + waiting.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        browser.post(browser.decide(bank, "pass"));
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            world.job("act upon notices");
            world.settle();
            return world.column("charge", String.valueOf(waiting.text("/latest_charge")), "state");
        }, "reversed"::equals);
        assertThat(world.movementsOf(waiting)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void a_genuine_callback_that_lies_changes_nothing_and_twice_neither() throws Exception {
        Answer waiting = challenged();
        String charge = String.valueOf(waiting.text("/latest_charge"));
        String reference = String.valueOf(world.column("charge", charge, "reference"));
        String lie = invoice(reference, String.valueOf(world.column("charge", charge, "provider_id")));
        assertThat(callback(lie, signature(secret(), lie))).isEqualTo(200);
        assertThat(callback(lie, signature(secret(), lie))).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            world.job("act upon notices");
            return states(reference);
        }, states -> states.contains("duplicate") && !states.contains("received"));
        assertThat(world.get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("requires_action");
        assertThat(world.movementsOf(waiting)).isEmpty();
    }

    @Test
    void a_callback_about_an_invoice_of_somebody_else_is_ignored() throws Exception {
        String body = invoice("not-one-of-ours", "cpi_0000000000000000");
        assertThat(callback(body, signature(secret(), body))).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            world.job("act upon notices");
            return states("not-one-of-ours");
        }, states -> states.equals(List.of("ignored")));
    }

    @Test
    void forged_callbacks_and_those_of_the_other_dialect_or_mode_are_refused() throws Exception {
        String body = invoice("b-forged", "cpi_0000000000000001");
        assertThat(callback(body, signature("sk_test_guessed", body))).isEqualTo(401);
        assertThat(callback(body, signature(secret(), body + " "))).isEqualTo(401);
        assertThat(callback(body, signature(world.credentials().path("callback_secret_live").asString(), body))).isEqualTo(401);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(callback(body, HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))))).isEqualTo(401);
        assertThat(states("b-forged")).isEmpty();
    }
}
