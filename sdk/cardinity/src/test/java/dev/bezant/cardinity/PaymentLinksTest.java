package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links and chargebacks, through a connection of the test's own: the seam that an application can use as well. */
class PaymentLinksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LINK = """
            {"id":"l1","url":"https://checkout.cardinity.com/link/l1","amount":"50.00","currency":"EUR","country":"LT",
             "description":"Invoice 7","expiration_date":"2026-03-01T12:00:00.120Z","multiple_use":false,"enabled":true,"deleted":true}""";

    private final List<String> sent = new ArrayList<>();
    private String answer = LINK;
    private final CardinityClient client = CardinityClient.builder()
            .consumerKey("key")
            .consumerSecret(SecretText.of("secret"))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .connection(recording())
            .build();

    @Test
    void a_link_is_created_changed_and_deleted() {
        var link = client.paymentLinks().create(
                new NewPaymentLink(new BigDecimal("50"), "EUR", "Invoice 7", "LT", Instant.parse("2026-03-01T12:00:00.12Z"), false));
        assertThat(link.expirationDate()).isEqualTo(Instant.parse("2026-03-01T12:00:00.120Z"));
        client.paymentLinks().disable("l1");
        assertThat(client.paymentLinks().delete("l1").deleted()).isTrue();
        client.paymentLinks().get("l1");
        assertThat(sent).containsExactly(
                "POST /v1/paymentLinks {\"amount\":\"50.00\",\"currency\":\"EUR\",\"description\":\"Invoice 7\",\"country\":\"LT\","
                        + "\"expiration_date\":\"2026-03-01T12:00:00.120Z\",\"multiple_use\":false}",
                "PATCH /v1/paymentLinks/l1 {\"enabled\":false}", "DELETE /v1/paymentLinks/l1 ", "GET /v1/paymentLinks/l1 ");
    }

    @Test
    void a_link_that_is_wrong_or_a_change_of_nothing_is_refused() {
        assertThatThrownBy(() -> client.paymentLinks().create(new NewPaymentLink(BigDecimal.ZERO, "e", "", "l", NOW, false)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("amount", "currency", "description", "country", "expiration_date");
        assertThatThrownBy(() -> client.paymentLinks().update("l1", null, null, CallContext.none())).isInstanceOf(InvalidRequestException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void chargebacks_of_all_payments_and_of_one() {
        answer = """
                [{"id":"c1","amount":"10.00","currency":"EUR","type":"chargeback","created":"2026-01-15T10:00:00Z","live":false,
                  "parent_id":"p1","status":"initiated","reason":"10.4: Fraud","description":"first chargeback"}]""";
        assertThat(client.chargebacks().listAll(5).get(0).status()).isEqualTo(Status.INITIATED);
        assertThat(client.chargebacks("p1").list()).hasSize(1);
        assertThat(sent).containsExactly("GET /v1/payments/chargebacks?limit=5 ", "GET /v1/payments/p1/chargebacks ");
    }

    private Connection recording() {
        return new Connection() {
            @Override
            public WireResponse send(WireRequest request) {
                String path = request.uri().toString().substring("https://api.cardinity.com".length());
                sent.add(request.method() + " " + path + " "
                        + (request.body() == null ? "" : new String(request.body(), StandardCharsets.UTF_8)));
                return new WireResponse(200, Headers.empty(), answer.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void close() {}
        };
    }
}
