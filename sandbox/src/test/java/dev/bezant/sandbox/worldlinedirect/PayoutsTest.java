package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class PayoutsTest {
    private final Control control;
    private final DirectMerchant merchant;

    PayoutsTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private static String body(long amount, String currency, String number) {
        return "{\"amountOfMoney\":{\"amount\":" + amount + ",\"currencyCode\":\"" + currency + "\"},\"references\":{\"merchantReference\":\"p-1\"},"
                + "\"cardPayoutMethodSpecificInput\":{\"paymentProductId\":1,\"payoutReason\":\"Gambling\",\"card\":{\"cardNumber\":\"" + number
                + "\",\"cardholderName\":\"A B\",\"expiryDate\":\"1240\"}}}";
    }

    @Test
    void a_payout_is_credited_and_read_again() {
        var made = merchant.post("/payouts", body(1000, "EUR", "4012000033330026"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/payoutOutput/amountOfMoney/amount")).isEqualTo("1000");
        var read = merchant.get("/payouts/" + made.at("/id"));
        assertThat(read.at("/status") + " " + read.at("/statusOutput/statusCategory") + " " + read.at("/statusOutput/statusCode"))
                .isEqualTo("ACCOUNT_CREDITED REFUNDED 8");
        assertThat(read.at("/payoutOutput/payoutReason")).isEqualTo("Gambling");
        var entry = control.ledger("account=" + merchant.account()).getFirst();
        assertThat(entry.path("kind").asString() + entry.path("reference").asString() + entry.path("provider_id").asString())
                .isEqualTo("payoutp-1" + made.at("/id"));
        assertThat(control.direct().get("/payouts/" + made.at("/id")).status()).isEqualTo(404);
        assertThat(merchant.get("/payouts/9999999999_0").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"-1000,EUR,4012000033330026", "1000,INVALID,4012000033330026", "1000,EUR,123"})
    void what_cannot_be_used_is_an_invalid_value(long amount, String currency, String number) {
        var refused = merchant.post("/payouts", body(amount, currency, number));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/id")).isEqualTo("INVALID_VALUE");
    }

    @ParameterizedTest
    @CsvSource({"4321456998744563,30041001", "4000000000009987,30411001"})
    void a_declined_payout_comes_with_the_error(String number, String errorCode) {
        var declined = merchant.post("/payouts", body(1000, "EUR", number));
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.at("/errors/0/errorCode")).isEqualTo(errorCode);
        assertThat(declined.at("/payoutResult/status")).isEqualTo("REJECTED_CREDIT");
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void a_slow_merchants_payout_is_completed_by_the_clock_or_by_hand() {
        var slow = control.direct("{\"payout_seconds\":\"60\"}");
        Exchange first = slow.post("/payouts", body(100, "EUR", "4012000033330026"));
        assertThat(first.at("/status")).isEqualTo("PAYOUT_REQUESTED");
        var second = slow.post("/payouts", body(200, "EUR", "4012000033330026"));
        control.post("complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + second.at("/id") + "\",\"result\":\"declined\"}");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(slow.get("/payouts/" + first.at("/id")).at("/status")).isEqualTo("ACCOUNT_CREDITED");
        assertThat(slow.get("/payouts/" + second.at("/id")).at("/status")).isEqualTo("REJECTED_CREDIT");
        assertThat(control.movements(slow.account())).containsExactly("payout 100 eur");
    }
}
