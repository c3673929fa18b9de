package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RawConnection;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class IdempotenceTest {
    private final Control control;
    private final DirectMerchant merchant;

    IdempotenceTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    private static String timestamp(Exchange answer) {
        return answer.headers().firstValue("x-gcs-idempotence-request-timestamp").orElse("");
    }

    private long now() {
        return Instant.parse(control.get("clock").at("/now")).toEpochMilli();
    }

    @Test
    void a_repeat_gets_the_same_answer_and_the_first_ones_time() {
        long before = now();
        var first = merchant.post("/payments", new DirectBody().toString(), "key-1");
        assertThat(timestamp(first)).isEmpty();
        var second = merchant.post("/payments", new DirectBody().toString(), "key-1");
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Long.parseLong(timestamp(second))).isBetween(before, now());
        assertThat(OffsetDateTime.parse(second.headers().firstValue("idempotencyresponsedatetime").orElseThrow())).isNotNull();
        assertThat(control.movements(merchant.account())).hasSize(1);
    }

    @Test
    void a_decline_is_repeated_too_and_a_refused_request_leaves_its_key_free() {
        var declined = merchant.post("/payments", DirectBody.card("4000000000000002").toString(), "key-2");
        assertThat(merchant.post("/payments", DirectBody.card("4000000000000002").toString(), "key-2").body()).isEqualTo(declined.body());
        assertThat(merchant.post("/payments", DirectBody.card("123").toString(), "key-3").status()).isEqualTo(400);
        assertThat(merchant.post("/payments", new DirectBody().toString(), "key-3").status()).isEqualTo(201);
    }

    @Test
    void keys_may_be_longer_than_documented_and_count_per_address_and_merchant() {
        var key = "k".repeat(50);
        var payment = merchant.post("/payments", new DirectBody().toString(), key).at("/payment/id");
        assertThat(merchant.post("/payments/" + payment + "/capture", "{}", key).status()).isEqualTo(201);
        var other = control.direct().post("/payments", new DirectBody().toString(), key);
        assertThat(other.at("/payment/id")).isNotEqualTo(payment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "cancel", "refund", "subsequent"})
    void operations_on_a_payment_are_done_once(String operation) {
        boolean captured = operation.equals("refund") || operation.equals("subsequent");
        var payment = merchant.paid(captured ? DirectBody.sale(500) : DirectBody.of(500));
        var body = switch (operation) {
            case "capture" -> "{\"amount\":100,\"isFinal\":false}";
            case "subsequent" -> "{\"order\":{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"}}}";
            default -> "{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"}}";
        };
        var first = merchant.post("/payments/" + payment + "/" + operation, body, "key-4");
        assertThat(first.status()).as(first.body()).isLessThan(300);
        assertThat(merchant.post("/payments/" + payment + "/" + operation, body, "key-4").body()).isEqualTo(first.body());
        assertThat(control.movements(merchant.account())).hasSize(2);
    }

    @Test
    void a_payout_is_made_once_and_a_token_as_often_as_asked() {
        var payout = "{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"},\"cardPayoutMethodSpecificInput\":{\"card\":"
                + "{\"cardNumber\":\"4012000033330026\",\"expiryDate\":\"1240\"}}}";
        assertThat(merchant.post("/payouts", payout, "key-5").at("/id")).isEqualTo(merchant.post("/payouts", payout, "key-5").at("/id"));
        var token = "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"4012000033330026\",\"expiryDate\":\"1240\"}}}}";
        assertThat(merchant.post("/tokens", token, "key-5").at("/token")).isNotEqualTo(merchant.post("/tokens", token, "key-5").at("/token"));
    }

    @Test
    void another_body_gets_the_first_answer_unless_the_service_compares() {
        var first = merchant.post("/payments", DirectBody.of(500).toString(), "key-6");
        assertThat(merchant.post("/payments", DirectBody.of(600).toString(), "key-6").body()).isEqualTo(first.body());
        assertThat(merchant.post("/payments", DirectBody.of(500).without("cardPaymentMethodSpecificInput.card.cvv").toString(), "key-6").body())
                .isEqualTo(first.body());
        var strict = control.direct("{\"idempotence_compares_bodies\":\"true\"}");
        var kept = strict.post("/payments", DirectBody.of(500).toString(), "key-6");
        assertThat(strict.post("/payments", Exchange.parse(DirectBody.of(500).toString()).toPrettyString(), "key-6").body())
                .as("spaced otherwise").isEqualTo(kept.body());
        var refused = strict.post("/payments", DirectBody.of(600).toString(), "key-6");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/errorCode")).isEqualTo("1409");
        assertThat(control.movements(strict.account())).containsExactly("authorization 500 eur");
    }

    @Test
    void of_two_at_once_one_is_told_that_the_other_is_under_way() {
        control.fault("{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account()
                + "\",\"operation\":\"createPayment\",\"fault\":\"delay\",\"delay_ms\":3000,\"count\":2}");
        var key = UUID.randomUUID().toString();
        var both = Parallel.times(2, () -> merchant.post("/payments", new DirectBody().toString(), key));
        assertThat(both).extracting(Exchange::status).containsExactlyInAnyOrder(201, 409);
        var refused = both.stream().filter(answer -> answer.status() == 409).findFirst().orElseThrow();
        assertThat(refused.at("/errors/0/id")).isEqualTo("DUPLICATE_REQUEST_IN_PROGRESS");
        assertThat(refused.at("/errors/0/httpStatusCode")).isEqualTo("409");
        assertThat(timestamp(refused)).isNotEmpty();
        assertThat(control.movements(merchant.account())).hasSize(1);
        assertThat(merchant.post("/payments", new DirectBody().toString(), key).status()).isEqualTo(201);
    }

    @Test
    void a_hundred_at_once_make_one_payment() {
        var key = UUID.randomUUID().toString();
        var all = Parallel.times(100, () -> merchant.post("/payments", new DirectBody().toString(), key));
        assertThat(all).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(control.movements(merchant.account())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_before_effect", "reset_after_effect", "half_response", "garbage", "error_after_effect", "error_before_effect"})
    void a_repeat_after_a_lost_answer_makes_no_second_payment(String fault) throws IOException {
        control.fault("{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account() + "\",\"fault\":\"" + fault + "\"}");
        var body = new DirectBody().reference("lost").toString();
        var target = merchant.target("/payments");
        try (var connection = new RawConnection(merchant.uri())) {
            var headers = merchant.headers("POST", target, body, Map.of("X-GCS-Idempotence-Key", "key-7"));
            var head = new StringBuilder("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n");
            headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
            connection.write(head + "Connection: close\r\n\r\n" + body);
            try {
                connection.readAll();
            } catch (IOException e) {
                assertThat(fault).startsWith("reset");
            }
        }
        Awaitility.await().untilAsserted(() -> {
            var repeat = merchant.post("/payments", body, "key-7");
            assertThat(repeat.status()).isEqualTo(201);
            assertThat(timestamp(repeat).isEmpty()).isEqualTo(fault.endsWith("before_effect"));
        });
        assertThat(control.ledger("reference=lost&account=" + merchant.account())).hasSize(1);
    }

    @Test
    void a_key_is_free_again_after_its_time() {
        var shortly = control.direct("{\"idempotence_hours\":\"1\"}");
        var first = shortly.post("/payments", new DirectBody().toString(), "key-8").at("/payment/id");
        control.post("clock", "{\"advance\":\"PT59M\"}");
        assertThat(shortly.post("/payments", new DirectBody().toString(), "key-8").at("/payment/id")).isEqualTo(first);
        control.post("clock", "{\"advance\":\"PT2M\"}");
        assertThat(shortly.post("/payments", new DirectBody().toString(), "key-8").at("/payment/id")).isNotEqualTo(first);
        assertThat(control.movements(shortly.account())).hasSize(2);
    }

    @Test
    void somebody_without_the_secret_cannot_hold_a_key() {
        control.fault("{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account()
                + "\",\"operation\":\"createPayment\",\"fault\":\"delay\",\"delay_ms\":500,\"count\":1}");
        var stranger = new DirectMerchant(merchant.uri(), merchant.account(), Exchange.parse("{\"merchant_id\":\"" + merchant.id()
                + "\",\"api_key_id\":\"" + merchant.credential("api_key_id") + "\",\"secret_api_key\":\"guess\"}"));
        var both = Parallel.times(2, () -> stranger.post("/payments", new DirectBody().toString(), "key-9"));
        assertThat(both).allMatch(answer -> answer.status() == 403);
        assertThat(merchant.post("/payments", new DirectBody().toString(), "key-9").status()).isEqualTo(201);
    }
}
