package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SdkException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The README's example is this code, and it runs. */
class ReadmeTest {
    @Test
    void the_example_runs() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = CardinityClientTest.payment("approved", "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var url = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
            assertThat(pay(url, "key", "secret", Instant.EPOCH)).isEqualTo("paid 8e037fbb-fe5b-4781-b109-b3e93d5f2c0d");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_readme_shows_this_code() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/dev/bezant/cardinity/ReadmeTest.java"));
        String example = source.substring(source.lastIndexOf("// example\n") + 11, source.lastIndexOf("        // end"));
        assertThat(Files.readString(module.resolve("README.md"))).contains(example.stripTrailing().stripIndent());
    }

    private static String pay(URI url, String key, String secret, Instant before) {
        // example
        try (var cardinity = CardinityClient.builder().baseUrl(url).consumerKey(key).consumerSecret(SecretText.of(secret)).build()) {
            var terms = PaymentTerms.of(new BigDecimal("50.00"), "EUR", "LT").withOrderId("ORD-1001");
            var card = new Card(SecretText.of("4111111111111111"), 2030, 12, SecretText.of("123"), "Ona Petraite");
            try {
                PaymentOutcome outcome = cardinity.payments().create(CardPayment.of(terms, card));
                if (outcome instanceof PaymentOutcome.Approved approved) {
                    return "paid " + approved.payment().id();
                } else if (outcome instanceof PaymentOutcome.Declined declined) {
                    return "declined, " + declined.decline().kind();
                } else if (outcome instanceof PaymentOutcome.Pending3ds2 pending) {
                    FormPost form = ThreeDs.challengeForm(pending, "ORD-1001");
                    return form.html("a-nonce", "Continue");
                }
                return "not decided yet: ask payments().get(...) again";
            } catch (SdkException e) {
                if (e.mayHaveTakenEffect()) { // Never repeat now: look first.
                    return "unknown: " + cardinity.payments().reconcile("ORD-1001", terms.amount(), before);
                }
                return "nothing happened: " + e.getMessage();
            }
        }
        // end
    }
}
