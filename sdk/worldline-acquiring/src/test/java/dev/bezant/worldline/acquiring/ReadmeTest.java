package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.AuthorizationType;
import dev.bezant.worldline.acquiring.model.Brand;
import dev.bezant.worldline.acquiring.model.CardEntryMode;
import dev.bezant.worldline.acquiring.model.CardPaymentData;
import dev.bezant.worldline.acquiring.model.ExpiryDate;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.PaymentReferences;
import dev.bezant.worldline.acquiring.model.PlainCardData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is this code, and it runs. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void the_example_runs() throws IOException {
        try (var server = new TestServer()) {
            Path file = Files.writeString(folder.resolve("acquiring.properties"), """
                    acquiring.api.endpoint.host = localhost
                    acquiring.api.endpoint.scheme = http
                    acquiring.api.endpoint.port = %d
                    acquiring.api.oauth2.tokenUri = %s
                    acquiring.api.integrator = My shop
                    """.formatted(server.uri().getPort(), server.uri().resolve(TestServer.TOKEN_PATH)));
            server.answer(201, Bodies.AUTHORIZED);
            assertThat(pay(file, "op-1")).isEqualTo("pay-1 is AUTHORIZED");
            server.answer(201, Bodies.DECLINED);
            assertThat(pay(file, "op-1")).isEqualTo("declined: 51");
            server.answer(400, Bodies.problem(400, "wrong"));
            assertThat(pay(file, "op-1")).startsWith("nothing happened: The provider answered 400");
            server.answerOnce(500, "");
            server.answer(200, Bodies.REVERSED);
            assertThat(pay(file, "op-1")).isEqualTo("nothing is held");
            server.answer(500, "");
            assertThat(pay(file, "op-1")).isEqualTo("take op-1 back again later");
        }
    }

    @Test
    void the_readme_shows_this_code() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String source = Files.readString(module.resolve("src/test/java/dev/bezant/worldline/acquiring/ReadmeTest.java"));
        String example = source.substring(source.lastIndexOf("// example\n") + 11, source.lastIndexOf("        // end"));
        assertThat(Files.readString(module.resolve("README.md"))).contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
    }

    private static String pay(Path file, String operationId) {
        String clientId = TestServer.CLIENT_ID;
        String secret = TestServer.SECRET;
        // example
        try (var acquiring = AcquiringClient.fromProperties(file, clientId, SecretText.of(secret))) {
            var request = ApiPaymentRequest.builder()
                    .operationId(operationId) // Your own, new for each payment, kept before it is sent.
                    .transactionTimestamp(OffsetDateTime.now(ZoneOffset.UTC))
                    .authorizationType(AuthorizationType.PRE_AUTHORIZATION)
                    .amount(Money.of(new BigDecimal("29.80"), "EUR"))
                    .references(PaymentReferences.builder().merchantReference("ORD-1001").build())
                    .cardPaymentData(CardPaymentData.builder()
                            .cardEntryMode(CardEntryMode.ECOMMERCE)
                            .brand(Brand.VISA)
                            .cardData(PlainCardData.builder()
                                    .cardNumber(SecretText.of("4176669999000104"))
                                    .cardSecurityCode(SecretText.of("012"))
                                    .expiryDate(ExpiryDate.of(12, 2031))
                                    .build())
                            .build())
                    .build();
            var payments = acquiring.v1().acquirer("100812").merchant("520000214").payments();
            try {
                CertainPayment outcome = payments.processPaymentOrTakeBack(request, operationId + "-undo", CallContext.none());
                if (outcome instanceof CertainPayment.Answered answered) {
                    return answered.response().isDeclined() // A decline is an answer, not an exception.
                            ? "declined: " + answered.response().responseCode().orElse("?")
                            : answered.response().paymentId().orElseThrow() + " is " + answered.response().status().orElseThrow();
                }
                return outcome instanceof CertainPayment.TakenBack ? "nothing is held" : "take " + operationId + " back again later";
            } catch (SdkException e) {
                return "nothing happened: " + e.getMessage();
            }
        }
        // end
    }
}
