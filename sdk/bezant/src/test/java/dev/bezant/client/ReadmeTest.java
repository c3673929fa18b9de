package dev.bezant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.SecretText;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example is this code, and it runs. */
class ReadmeTest {
    @Test
    void the_example_runs() {
        try (var server = new Answering().with(201, Answering.success(Answering.intent("requires_payment_method")))
                .with(200, Answering.success(Answering.intent("succeeded"))).with(201, Answering.success(Answering.refund("succeeded")))) {
            assertThat(pay(server.url(), "pk_acme_1:sk_test_1")).isEqualTo("succeeded");
        }
    }

    @Test
    void the_readme_shows_this_code() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/dev/bezant/client/ReadmeTest.java"));
        String example = source.substring(source.lastIndexOf("// example\n") + 11, source.lastIndexOf("        // end"));
        assertThat(Files.readString(module.resolve("README.md"))).contains(example.stripTrailing().stripIndent());
    }

    private static String pay(URI url, String keys) {
        // example
        try (var corefy = CorefyIntegration.of(url, SecretText.of(keys))) {
            PaymentIntent intent = corefy.createPaymentIntent(
                    NewPaymentIntent.of(new BigDecimal("100.00"), "USD").customerEmail("customer@example.com").reference("order_123"));
            var card = new Card(SecretText.of("4111111111111111"), 12, 2035, SecretText.of("123"), "John Doe");
            Confirmation confirmation = corefy.confirmPaymentIntent(intent.id(), card);
            if (confirmation instanceof Confirmation.ActionRequired needed) {
                return "send the payer to " + needed.redirect();
            } else if (confirmation instanceof Confirmation.Declined declined) {
                return "another card, please: " + declined.declineCode();
            } else if (confirmation instanceof Confirmation.Processing) {
                return "not known yet: ask getPaymentStatus, and do not pay again";
            }
            return corefy.createRefund(intent.id(), new BigDecimal("50.00"), "Customer requested refund", "refund_123").status();
        }
        // end
    }
}
