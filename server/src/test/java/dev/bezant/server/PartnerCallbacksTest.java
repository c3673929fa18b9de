package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where callbacks of Corefy come in that name no account. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PartnerCallbacksTest {
    private static final String DOOR = "/api/integrations/corefy/webhook/";

    private final PaymentWorld world = PaymentWorld.setup().providers("corefy", "corefy").withoutSettling().start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        client.close();
        world.close();
    }

    private HttpResponse<String> callback(String path, String body, @Nullable String signature) throws IOException, InterruptedException {
        return callback(world, path, body, signature);
    }

    private HttpResponse<String> callback(PaymentWorld world, String path, String body, @Nullable String signature) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(world.url() + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("X-Signature", signature);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return answer;
    }

    private String signature(String body) throws GeneralSecurityException {
        return signature(world.credentials().path("callback_secret").asString(), body);
    }

    private static String signature(String secret, String body) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((secret + body + secret).getBytes(StandardCharsets.UTF_8)));
    }

    private static String invoice(String reference) {
        return "{\"data\":{\"type\":\"payment-invoices\",\"id\":\"cpi_1\",\"attributes\":{\"status\":\"processed\",\"reference_id\":\"" + reference
                + "\",\"amount\":15,\"currency\":\"EUR\",\"test_mode\":true,\"processed_amount\":15}}}";
    }

    private List<String> noted(String reference) {
        return noted(world, reference);
    }

    private static List<String> noted(PaymentWorld world, String reference) {
        return world.direct().sql("select provider_account_id from provider_notice where reference = :reference")
                .bind("reference", reference)
                .list(row -> row.text("provider_account_id"));
    }

    @Test
    void a_genuine_callback_is_stored_for_its_account_with_and_without_the_slash() throws Exception {
        Answer paid = world.pay(15_00, "pm_card_visa");
        String reference = String.valueOf(world.column("charge", String.valueOf(paid.text("/latest_charge")), "reference"));
        String body = invoice(reference);
        HttpResponse<String> taken = callback(DOOR, body, signature(body));
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(Json.read(taken.body()).path("status").asString()).isEqualTo("success");
        assertThat(noted(reference)).contains(world.providerAccount(0));
        String other = body.replace("cpi_1", "cpi_2");
        assertThat(callback(DOOR.substring(0, DOOR.length() - 1), other, signature(other)).statusCode()).isEqualTo(200);
        assertThat(callback(DOOR + world.providerAccount(0) + "/", body, signature(body)).statusCode()).as("a repeat").isEqualTo(200);
        assertThat(callback(DOOR + world.providerAccount(1) + "/", body, signature(body)).statusCode()).as("another account's secret").isEqualTo(401);
    }

    @Test
    void of_accounts_with_one_secret_it_is_the_one_whose_payout_it_is_about() throws Exception {
        String secret = "sk_test_shared_by_two_accounts";
        try (PaymentWorld two = PaymentWorld.setup().providers("corefy", "corefy").withoutSettling().providerCredential(0, "callback_secret", secret)
                .providerCredential(1, "callback_secret", secret).start()) {
            Answer payout = two.post("/v1/payouts", "amount=1500&currency=eur&destination=pm_card_visa&provider_account=" + two.providerAccount(1));
            String body = "{\"data\":{\"type\":\"payout-invoices\",\"id\":\"cpo_1\",\"attributes\":{\"status\":\"processed\",\"reference_id\":\""
                    + payout.text("/reference") + "\",\"amount\":15,\"currency\":\"EUR\",\"test_mode\":true}}}";
            assertThat(callback(two, DOOR, body, signature(secret, body)).statusCode()).isEqualTo(200);
            assertThat(noted(two, String.valueOf(payout.text("/reference")))).containsExactly(two.providerAccount(1));
        }
    }

    @Test
    void an_account_that_cannot_be_opened_keeps_nobody_elses_callbacks_out() throws Exception {
        try (PaymentWorld two = PaymentWorld.setup().providers("corefy", "corefy").withoutSettling().providerCredential(0, "api_key", " ").start()) {
            String body = invoice("b-anybodys");
            String secret = two.credentials(1).path("callback_secret").asString();
            assertThat(callback(two, DOOR, body, signature(secret, body)).statusCode()).isEqualTo(200);
            assertThat(callback(two, DOOR, body, signature("nobody's", body)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void what_is_not_corefys_is_refused() throws Exception {
        String body = invoice("forged");
        assertThat(callback(DOOR, body, null).statusCode()).isEqualTo(400);
        assertThat(callback(DOOR, body, "").statusCode()).isEqualTo(400);
        assertThat(callback(DOOR, body, signature(body + " ")).statusCode()).isEqualTo(401);
        // As the other dialect signs.
        assertThat(callback(DOOR, body, "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(callback(DOOR, "{", signature("{")).statusCode()).isEqualTo(400);
        assertThat(callback(DOOR + "pa_nobody/", body, signature(body)).statusCode()).isEqualTo(401);
        assertThat(noted("forged")).isEmpty();
        Answer read = world.send("GET", DOOR, null, PaymentWorld.SECRET);
        assertThat(read.status() + " " + read.text("/error_code")).isEqualTo("404 not_found");
    }
}
