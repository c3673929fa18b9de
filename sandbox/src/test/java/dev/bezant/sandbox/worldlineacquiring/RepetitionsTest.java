package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One id, one operation. */
@RunningSandbox
class RepetitionsTest {
    private final Control control;
    private final Acquirer acquirer;

    RepetitionsTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    @Test
    void a_repetition_is_answered_as_the_first_request_was() {
        var request = new PaymentRequest();
        var first = acquirer.pay(request);
        var second = acquirer.pay(request);
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(acquirer.movements()).hasSize(1);
    }

    @Test
    void a_decline_is_repeated_too_and_a_refused_request_leaves_its_id_free() {
        var declined = PaymentRequest.card("4000000000000002");
        assertThat(acquirer.pay(declined).body()).isEqualTo(acquirer.pay(declined).body());
        var id = declined.id() + "-2";
        assertThat(acquirer.pay(PaymentRequest.card("123").id(id)).status()).isEqualTo(400);
        assertThat(acquirer.pay(new PaymentRequest().id(id)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"replay,true,201", "replay,false,409", "replay_any,true,201", "replay_any,false,201", "refuse,true,409", "refuse,false,409"})
    void what_a_duplicate_means_is_a_setting(String duplicates, boolean same, int status) {
        var strict = Acquirer.of(control, "{\"duplicates\":\"" + duplicates + "\"}");
        var request = PaymentRequest.of(500);
        var first = strict.pay(request);
        var second = strict.pay(same ? request : request.amount(600));
        assertThat(second.status()).isEqualTo(status);
        if (status == 201) {
            assertThat(second.at("/paymentId")).isEqualTo(first.at("/paymentId"));
        } else {
            assertThat(second.at("/type")).endsWith("duplicate-operation");
        }
        assertThat(strict.movements()).containsExactly("authorization 500 gbp");
    }

    @Test
    void an_id_is_used_once_whatever_the_operation_and_means_nothing_to_other_merchants() {
        var request = PaymentRequest.of(500);
        var payment = acquirer.paid(request);
        assertThat(acquirer.capture(payment, "\"operationId\":\"" + request.id() + "\"").status()).isEqualTo(409);
        assertThat(Acquirer.of(control).pay(request).at("/paymentId")).isNotEqualTo(payment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"captures", "authorization-reversals", "increments", "refunds"})
    void operations_on_a_payment_are_done_once(String operation) {
        var payment = acquirer.paid(operation.equals("refunds") ? PaymentRequest.sale(500) : PaymentRequest.of(500));
        var body = "{\"operationId\":\"op-" + operation + "\",\"captureImmediately\":true," + Acquirer.amount(switch (operation) {
            case "authorization-reversals" -> "reversalAmount";
            case "increments" -> "incrementAmount";
            default -> "amount";
        }, 100) + "}";
        var first = acquirer.post("/payments/" + payment + "/" + operation, body);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(acquirer.post("/payments/" + payment + "/" + operation, body).body()).isEqualTo(first.body());
        assertThat(acquirer.movements()).hasSize(2);
    }

    @Test
    void of_two_at_once_one_is_told_that_the_other_is_not_finished() {
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account()
                + "\",\"operation\":\"processPayment\",\"fault\":\"delay\",\"delay_ms\":3000,\"count\":2}");
        acquirer.newToken();
        var request = new PaymentRequest();
        var both = Parallel.times(2, () -> acquirer.pay(request));
        assertThat(both).extracting(Exchange::status).containsExactlyInAnyOrder(201, 409);
        assertThat(both.stream().filter(answer -> answer.status() == 409).findFirst().orElseThrow().at("/type"))
                .endsWith("operation-in-progress");
        assertThat(acquirer.movements()).hasSize(1);
    }

    @Test
    void a_hundred_at_once_make_one_payment() {
        acquirer.newToken();
        var request = new PaymentRequest();
        var all = Parallel.times(100, () -> acquirer.pay(request));
        assertThat(all).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(acquirer.movements()).hasSize(1);
    }

    @Test
    void somebody_without_a_token_cannot_hold_an_id() {
        control.fault("{\"provider\":\"worldline-acquiring\",\"operation\":\"processPayment\",\"fault\":\"delay\",\"delay_ms\":500}");
        var request = new PaymentRequest();
        var uri = acquirer.uri().resolve(acquirer.processing("/payments"));
        var both = Parallel.times(2, () -> Exchange.send("POST", uri, request.toString(),
                Map.of("Authorization", "Bearer guess", "Content-Type", "application/json")));
        assertThat(both).allMatch(answer -> answer.status() == 401);
        assertThat(acquirer.pay(request).status()).isEqualTo(201);
    }
}
