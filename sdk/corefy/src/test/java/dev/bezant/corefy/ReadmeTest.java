package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SdkException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example is this code, and it runs. */
class ReadmeTest {
    @Test
    void the_example_runs() throws IOException {
        try (var server = new ScriptedServer()) {
            server.then(201, Fixtures.invoice("ORD-1001", "process_pending")).then(201, "{\"status\":\"processed\"}");
            assertThat(pay(server.uri("/api"), server.uri("/gate"), "coma_1", "key", Fixtures.browser())).isEqualTo("paid " + Fixtures.INVOICE);
            server.then(201, Fixtures.invoice("ORD-1001", "process_pending")).thenCut().then(200, Fixtures.invoice("ORD-1001", "processed"));
            assertThat(pay(server.uri("/api"), server.uri("/gate"), "coma_1", "key", Fixtures.browser())).startsWith("now Paid");
        }
    }

    @Test
    void the_readme_shows_this_code() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/dev/bezant/corefy/ReadmeTest.java"));
        String example = source.substring(source.lastIndexOf("// example\n") + 11, source.lastIndexOf("        // end"));
        assertThat(Files.readString(module.resolve("README.md"))).contains(example.stripTrailing().stripIndent());
    }

    private static String pay(URI url, URI gateUrl, String accountId, String key, BrowserInfo browser) {
        // example
        var config = CorefyConfig.builder().baseUrl(url).cardGateUrl(gateUrl).accountId(accountId).apiKey(SecretText.of(key)).testMode(true).build();
        try (var corefy = CorefyClient.of(config)) {
            // Looks before it repeats: one reference, one invoice, whatever the network does.
            PaymentInvoice invoice = corefy.paymentInvoices().create(
                    NewInvoice.builder("ORD-1001", NewInvoice.cardService("EUR"), new BigDecimal("50.00"), "EUR")
                            .returnUrl(URI.create("https://shop.example/back")).build());
            var card = new Card(SecretText.of("5123817234060000"), 12, 2030, SecretText.of("123"), "Ona Petraite");
            try {
                SaleOutcome outcome = corefy.cardGate().sale(invoice, card, browser);
                if (outcome instanceof SaleOutcome.Paid) {
                    return "paid " + invoice.id();
                } else if (outcome instanceof SaleOutcome.ChallengeRequired required) {
                    return required.challenge().form().html("a-nonce", "Continue"); // Corefy completes it; read the invoice afterwards.
                } else if (outcome instanceof SaleOutcome.Declined declined) {
                    return "declined, " + declined.decline().resolution();
                }
                return "not decided yet: read the invoice again";
            } catch (SdkException e) {
                if (e.mayHaveTakenEffect()) { // A sale is never sent twice: the invoice tells.
                    return "now " + PaymentOutcome.of(corefy.paymentInvoices().get(invoice.id()));
                }
                return "nothing happened: " + e.getMessage();
            }
        }
        // end
    }
}
