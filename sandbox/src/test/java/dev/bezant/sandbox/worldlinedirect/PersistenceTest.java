package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that was answered is there after a restart. */
class PersistenceTest {
    @TempDir
    private Path data;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Options(0, data, null), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private DirectMerchant merchant() {
        return new Control(sandbox.controlUri()).directStandard();
    }

    private void restart() {
        sandbox.close();
        start();
    }

    /** The path behind the origin: another start has other ports. */
    private String here(String url) {
        return merchant().uri() + url.replaceFirst("^http://[^/]+", "");
    }

    private void assertSame(String path, String before) {
        assertThat(merchant().get(path).body().replaceAll("127\\.0\\.0\\.1:\\d+", "")).as(path).isEqualTo(before.replaceAll("127\\.0\\.0\\.1:\\d+", ""));
    }

    @Test
    void objects_and_idempotent_answers_are_kept() {
        var merchant = merchant();
        var made = merchant.post("/payments", new DirectBody().reference("kept").card("tokenize", "true").toString(), "key-1");
        var payment = "/payments/" + made.at("/payment/id");
        merchant.post(payment + "/capture", "{\"amount\":400}");
        merchant.post(payment + "/refund", "{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"}}");
        var token = "/tokens/" + made.at("/creationOutput/token");
        var link = "/paymentlinks/" + merchant.post("/paymentlinks", "{\"order\":{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"}}}")
                .at("/paymentLinkId");
        var mandate = "/mandates/" + merchant.post("/mandates", "{\"customerReference\":\"c\",\"customer\":{\"bankAccountIban\":{\"iban\":"
                + "\"NL91ABNA0417164300\"}}}").at("/mandate/uniqueMandateReference");
        merchant.post("/merchant-batches", "{\"header\":{\"merchantBatchReference\":\"B-1\"},\"createPayments\":[" + DirectBody.sale(1) + "]}");
        var paths = new String[] {payment, payment + "/details", token, link, mandate, "/merchant-batches/B-1"};
        var before = new LinkedHashMap<String, String>();
        for (var path : paths) {
            before.put(path, merchant.get(path).body());
        }
        var movements = new Control(sandbox.controlUri()).ledger("");

        restart();

        before.forEach(this::assertSame);
        assertThat(new Control(sandbox.controlUri()).ledger("")).isEqualTo(movements);
        var repeat = merchant().post("/payments", new DirectBody().reference("kept").card("tokenize", "true").toString(), "key-1");
        assertThat(repeat.body()).isEqualTo(made.body());
        assertThat(repeat.headers().firstValue("x-gcs-idempotence-request-timestamp")).isPresent();
        assertThat(merchant().post("/merchant-batches/B-1/process", "").status()).isEqualTo(204);
        assertThat(new Control(sandbox.controlUri()).ledger("kind=sale")).hasSize(1);
    }

    @Test
    void a_payer_who_is_away_comes_back_to_the_restarted_sandbox() {
        var challenged = merchant().pay(DirectBody.card("4000002760003184").threeDs("no-preference"));
        var checkout = merchant().post("/hostedcheckouts", "{\"order\":{\"amountOfMoney\":{\"amount\":5,\"currencyCode\":\"EUR\"}}}");

        restart();

        Page.post(here(challenged.at("/merchantAction/redirectData/redirectURL")), Map.of("decision", "pass"));
        assertThat(merchant().get("/payments/" + challenged.at("/payment/id")).at("/status")).isEqualTo("PENDING_CAPTURE");
        var paid = Page.post(here(checkout.at("/redirectUrl")), Map.of("method", "card", "cardNumber", "4242424242424242", "expiryDate", "1240",
                "cvv", "123"));
        assertThat(paid.html()).contains("Thank you");
    }

    @Test
    void no_card_number_is_written_down() throws IOException {
        merchant().paid(DirectBody.card("4242424242424242"));
        merchant().post("/merchant-batches", "{\"header\":{\"merchantBatchReference\":\"B-2\"},\"createPayments\":["
                + DirectBody.card("5555555555554444").card("card.cvv", "\"987\"") + "]}");
        Exchange session = merchant().post("/sessions", "{}");
        assertThat(session.status()).isEqualTo(200);
        var journal = Files.readString(data.resolve("journal.jsonl"), StandardCharsets.UTF_8);
        assertThat(journal).contains("424242").doesNotContain("4242424242424242").doesNotContain("5555555555554444").doesNotContain("987\"");
    }

    @Test
    void a_reset_forgets_all_but_the_default_account() {
        var merchant = merchant();
        var payment = merchant.paid(new DirectBody());
        new Control(sandbox.controlUri()).post("reset", "");
        assertThat(merchant.get("/payments/" + payment).status()).isEqualTo(404);
        restart();
        assertThat(merchant().credential("secret_api_key")).isEqualTo(merchant.credential("secret_api_key"));
        assertThat(merchant().get("/payments/" + payment).status()).isEqualTo(404);
        merchant().paid(new DirectBody());
    }
}
