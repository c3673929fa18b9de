package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How chargebacks end: by evidence, and through the control API. */
@RunningSandbox
class DisputesTest {
    private static final String DISPUTED = "4000000000000259";
    private static final String INQUIRED = "4000000000001976";

    private final Control control;
    private final Merchant merchant;

    DisputesTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private String chargebackOf(String card) {
        return merchant.get("/payments/" + merchant.paid(PaymentBody.card(card)) + "/chargebacks").at("/0/id");
    }

    private static Exchange evidence(Merchant sender, String chargeback, String body) {
        var target = sender.uri().resolve("/simulator/chargebacks/" + chargeback + "/evidence");
        return Exchange.send("POST", target, body,
                Map.of("Content-Type", "application/json", "Authorization", sender.authorization("POST", target)));
    }

    private static String saying(String text) {
        return "{\"evidence\":{\"uncategorized_text\":\"" + text + "\",\"customer_name\":\"Ona\"},\"files\":[{\"name\":\"receipt.pdf\",\"size\":9}]}";
    }

    private String completed(String chargeback, String result) {
        var answer = control.post("complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + chargeback + "\",\"result\":\"" + result + "\"}");
        return answer.status() == 200 ? answer.at("/status") : String.valueOf(answer.status());
    }

    @ParameterizedTest
    @CsvSource({
        DISPUTED + ", winning_evidence, won, declined, sale 5000 eur|chargeback 5000 eur|chargeback_reversal 5000 eur",
        DISPUTED + ", losing_evidence, lost, approved, sale 5000 eur|chargeback 5000 eur",
        DISPUTED + ", escalate_inquiry_evidence, escalated, approved, sale 5000 eur|chargeback 5000 eur",
        DISPUTED + ", We delivered it., pending, approved, sale 5000 eur|chargeback 5000 eur",
        INQUIRED + ", winning_evidence, won, declined, sale 5000 eur",
        INQUIRED + ", escalate_inquiry_evidence, escalated, approved, sale 5000 eur|chargeback 5000 eur",
        INQUIRED + ", We delivered it., pending, initiated, sale 5000 eur"
    })
    void evidence_ends_a_chargeback_by_the_words_of_the_test_data(String card, String text, String decision, String status, String movements) {
        var chargeback = chargebackOf(card);
        var answer = evidence(merchant, chargeback, saying(text));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.at("/decision")).isEqualTo(decision);
        assertThat(answer.at("/chargeback/status")).isEqualTo(status);
        assertThat(merchant.get("/payments/chargebacks").at("/0/status")).isEqualTo(status);
        assertThat(control.movements(merchant.account())).containsExactly(movements.split("\\|", -1));
    }

    @Test
    void the_same_evidence_twice_moves_money_once() {
        var chargeback = chargebackOf(DISPUTED);
        evidence(merchant, chargeback, saying("winning_evidence"));
        assertThat(evidence(merchant, chargeback, saying("winning_evidence")).at("/chargeback/status")).isEqualTo("declined");
        assertThat(control.movements(merchant.account()))
                .containsExactly("sale 5000 eur", "chargeback 5000 eur", "chargeback_reversal 5000 eur");
    }

    @Test
    void evidence_is_taken_from_the_chargebacks_merchant_alone() {
        var chargeback = chargebackOf(DISPUTED);
        assertThat(evidence(control.merchant(), chargeback, saying("winning_evidence")).status()).isEqualTo(404);
        var target = merchant.uri().resolve("/simulator/chargebacks/" + chargeback + "/evidence");
        assertThat(Exchange.send("POST", target, saying("winning_evidence"), Map.of("Content-Type", "application/json")).status()).isEqualTo(401);
        assertThat(evidence(merchant, chargeback, "{}").status()).isEqualTo(400);
        assertThat(evidence(merchant, "none", saying("winning_evidence")).status()).isEqualTo(404);
        assertThat(merchant.get("/payments/chargebacks").at("/0/status")).isEqualTo("approved");
    }

    @Test
    void a_chargeback_is_given_back_through_the_control_api_once() {
        var chargeback = chargebackOf(DISPUTED);
        assertThat(completed(chargeback, "approved")).isEqualTo("409");
        assertThat(completed(chargeback, "declined")).isEqualTo("declined");
        assertThat(completed(chargeback, "declined")).isEqualTo("409");
        assertThat(control.movements(merchant.account()))
                .containsExactly("sale 5000 eur", "chargeback 5000 eur", "chargeback_reversal 5000 eur");
    }
}
