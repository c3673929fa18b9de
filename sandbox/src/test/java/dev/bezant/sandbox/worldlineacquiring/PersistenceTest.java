package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

    private Control control() {
        return new Control(sandbox.controlUri());
    }

    private Acquirer acquirer() {
        return Acquirer.named(control(), "default");
    }

    @Test
    void objects_answers_and_ids_are_kept() {
        var before = acquirer();
        var request = PaymentRequest.of(500).reference("kept");
        var made = before.pay(request);
        var payment = made.at("/paymentId");
        before.capture(payment, "\"operationId\":\"c-1\"," + Acquirer.amount("amount", 200));
        var refund = before.refund(payment, Acquirer.amount("amount", 100)).at("/refund/refundId");
        before.pay(PaymentRequest.of(9977));
        var reversed = PaymentRequest.of(700);
        before.pay(reversed);
        before.takeBack(reversed.id());
        var disputed = control().post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\"}").at("/disputeId");
        var read = before.get("/payments/" + payment + "?returnOperations=true").body();
        var ledger = control().ledger("");

        sandbox.close();
        start();

        var after = acquirer();
        assertThat(after.get("/payments/" + payment + "?returnOperations=true").body()).isEqualTo(read);
        assertThat(after.get("/refunds/" + refund).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(after.pay(request).body()).as("the same answer").isEqualTo(made.body());
        assertThat(after.pay(reversed).status()).isEqualTo(409);
        assertThat(after.send("GET", "/dispute-management/v1/disputes/" + disputed, null).at("/dispute/isOpen")).isEqualTo("true");
        assertThat(control().ledger("")).isEqualTo(ledger);
        assertThat(after.takeBack("c-1").status()).as("it was given back in part, and is disputed").isEqualTo(400);
        control().post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(control().ledger("kind=authorization")).hasSize(3);
        var next = control().post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\"}").at("/disputeId");
        assertThat(next).isGreaterThan(disputed);
    }

    @Test
    void a_token_survives_and_no_secret_is_written_down() throws IOException {
        var before = acquirer();
        before.paid(PaymentRequest.card("4242424242424242").with("cardPaymentData.cardData.cardSecurityCode", "\"987\""));
        var token = before.newToken();
        sandbox.close();
        start();
        var path = before.processing("/payments/none");
        var answer = Exchange.send("GET", acquirer().uri().resolve(path), null, Map.of("Authorization", "Bearer " + token));
        assertThat(answer.status()).as("let in").isEqualTo(404);
        var journal = Files.readString(data.resolve("journal.jsonl"), StandardCharsets.UTF_8);
        assertThat(journal).contains("424242").doesNotContain("4242424242424242", "\"987\"", token);
    }

    @Test
    void a_reset_forgets_all_but_the_default_account() {
        var merchant = acquirer();
        var payment = merchant.paid(new PaymentRequest());
        control().post("reset", "");
        assertThat(merchant.get("/payments/" + payment).status()).as("its token too").isEqualTo(401);
        merchant.newToken();
        assertThat(merchant.get("/payments/" + payment).status()).isEqualTo(404);
        merchant.paid(new PaymentRequest());
        assertThat(merchant.movements()).hasSize(1);
    }
}
