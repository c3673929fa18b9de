package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.worldline.direct.model.Card;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.NextAction;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.OrderReferences;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.webhook.WebhookEvent;
import dev.bezant.worldline.direct.webhook.Webhooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples are this code, and it runs. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void the_payment_runs() throws IOException {
        try (var server = new TestServer()) {
            Path file = Files.writeString(folder.resolve("direct.properties"), """
                    onlinePayments.api.endpoint.host = localhost
                    onlinePayments.api.endpoint.scheme = http
                    onlinePayments.api.endpoint.port = %d
                    onlinePayments.api.integrator = My shop
                    """.formatted(server.uri().getPort()));
            server.answer(201, Bodies.AUTHORIZED);
            assertThat(pay(file, TestServer.KEY_ID, TestServer.SECRET)).isEqualTo("3254564310_0 is PENDING_CAPTURE");
            server.answer(402, Bodies.declinedPayment("REJECTED"));
            assertThat(pay(file, TestServer.KEY_ID, TestServer.SECRET)).isEqualTo("declined: 30511001");
            server.answer(400, Bodies.error("INVALID_VALUE", ""));
            assertThat(pay(file, TestServer.KEY_ID, TestServer.SECRET)).startsWith("nothing happened: The provider answered 400");
            server.answer(500, "");
            assertThat(pay(file, TestServer.KEY_ID, TestServer.SECRET)).startsWith("unknown");
            assertThat(server.badSignatures).isEmpty();
        }
    }

    @Test
    void the_webhook_is_read() {
        byte[] body = "{\"apiVersion\":\"v1\",\"type\":\"payment.captured\",\"payment\":{\"id\":\"1_0\",\"status\":\"CAPTURED\"}}"
                .getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(HmacSha256.sign(body, SecretText.of("webhook secret")));
        assertThat(receive(body, Headers.of("X-GCS-KeyId", "key id", "X-GCS-Signature", signature), "key id", "webhook secret"))
                .isEqualTo("1_0 is CAPTURED");
    }

    @Test
    void the_readme_shows_this_code() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/dev/bezant/worldline/direct/ReadmeTest.java"));
        String readme = Files.readString(module.resolve("README.md"));
        var examples = Pattern.compile("(?s)        // example\n(.*?)        // end\n").matcher(source);
        int found = 0;
        while (examples.find()) {
            assertThat(readme).contains("```java\n" + examples.group(1).stripTrailing().stripIndent() + "\n```");
            found++;
        }
        assertThat(found).isEqualTo(readme.split("```java\n", -1).length - 1).isEqualTo(2);
    }

    private static String pay(Path file, String keyId, String secret) {
        // example
        try (var direct = DirectClient.fromProperties(file, keyId, SecretText.of(secret))) {
            var request = CreatePaymentRequest.builder()
                    .order(Order.builder()
                            .amountOfMoney(Money.of(new BigDecimal("29.80"), "EUR"))
                            .references(OrderReferences.builder().merchantReference("ORD-1001").build())
                            .build())
                    .cardPaymentMethodSpecificInput(CardPaymentMethodSpecificInput.builder()
                            .paymentProductId(PaymentProductIds.VISA)
                            .card(Card.builder()
                                    .cardNumber(SecretText.of("4012000033330026"))
                                    .cvv(SecretText.of("123"))
                                    .expiryDate(ExpiryDate.of(12, 2030))
                                    .cardholderName("A B")
                                    .build())
                            .build())
                    .build();
            var context = CallContext.builder().idempotenceKey("ORD-1001-1").build();
            try {
                CreatePaymentResponse created = direct.merchant("PSPID").payments().createPayment(request, context);
                if (created.nextAction() instanceof NextAction.Redirect redirect) {
                    return "keep " + redirect.returnMac().reveal() + ", send the browser to " + redirect.address();
                }
                PaymentResponse payment = created.payment().orElseThrow();
                return payment.id().orElseThrow() + " is " + payment.statusText().orElse("?");
            } catch (DeclinedPaymentException e) {
                return "declined: " + e.problem().code();
            } catch (SdkException e) {
                return e.mayHaveTakenEffect() // Never try another way now: repeat with the same key, or ask.
                        ? "unknown, first sent at " + Idempotence.requestTimestamp(context)
                        : "nothing happened: " + e.getMessage();
            }
        }
        // end
    }

    private static String receive(byte[] body, Headers headers, String keyId, String secret) {
        // example
        var webhooks = Webhooks.of(new InMemorySecretKeyStore().store(keyId, SecretText.of(secret)));
        WebhookEvent event = webhooks.parse(body, headers); // The bytes as received; throws what cannot be believed.
        if (event instanceof WebhookEvent.OfPayment about) {
            return about.payment().id().orElseThrow() + " is " + about.payment().statusText().orElse("?");
        }
        return "not about a payment: " + event.type();
        // end
    }
}
