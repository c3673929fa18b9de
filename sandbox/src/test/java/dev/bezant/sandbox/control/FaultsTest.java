package dev.bezant.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RawConnection;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as it looks on a plain socket, and whether the payment was made. */
@RunningSandbox
class FaultsTest {
    private final Control control;
    private final Merchant merchant;

    FaultsTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    private String fault(String kind, String more) {
        return control.fault("{\"provider\":\"cardinity\",\"account\":\"" + merchant.account() + "\",\"fault\":\"" + kind + "\"" + more + "}");
    }

    private void assertMade(int payments) {
        assertThat(control.ledger("account=" + merchant.account())).hasSize(payments);
    }

    @ParameterizedTest
    @CsvSource({"reset_before_effect,0", "reset_after_effect,1"})
    void a_reset_connection_answers_nothing(String kind, int made) throws IOException {
        fault(kind, "");
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody());
            assertThatThrownBy(connection::readAll).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertMade(made);
        merchant.paid(new PaymentBody());
    }

    @Test
    void a_stalled_call_stays_open_without_an_answer_or_effect() throws IOException {
        fault("stall", "");
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody());
            connection.timeout(400);
            assertThatThrownBy(connection::readAll).isInstanceOf(SocketTimeoutException.class);
        }
        assertMade(0);
    }

    @Test
    void half_a_response_breaks_off_within_the_body() throws IOException {
        fault("half_response", "");
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody());
            var answer = connection.readAll();
            int length = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertThat(answer).startsWith("HTTP/1.1 201");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(length / 2);
        }
        assertMade(1);
    }

    @ParameterizedTest
    @CsvSource({"error_before_effect,0", "error_after_effect,1"})
    void an_error_is_a_500_or_what_was_asked_for(String kind, int made) {
        fault(kind, ",\"status\":503");
        var failed = merchant.pay(new PaymentBody());
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.at("/type")).isEqualTo("https://developers.cardinity.com/api/v1/#503");
        assertMade(made);
        fault(kind, "");
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(500);
    }

    @Test
    void garbage_has_the_right_status_but_is_no_json() {
        fault("garbage", "");
        var answer = merchant.pay(new PaymentBody());
        assertThat(answer.status()).isEqualTo(201);
        assertThatThrownBy(answer::json).isInstanceOf(RuntimeException.class);
        assertMade(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "delay_after_effect", "slow_body"})
    void a_slow_answer_is_late_but_right(String kind) {
        fault(kind, ",\"delay_ms\":300");
        long start = System.nanoTime();
        merchant.paid(new PaymentBody());
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(290);
        assertMade(1);
    }

    @Test
    void an_effect_that_is_answered_late_is_seen_before_the_answer() throws IOException {
        fault("delay_after_effect", ",\"delay_ms\":2000");
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody());
            Awaitility.await().atMost(1500, TimeUnit.MILLISECONDS).untilAsserted(() -> assertMade(1));
        }
    }

    @Test
    void a_refused_port_is_really_closed_until_the_fault_is_removed() throws IOException {
        try (var kept = new RawConnection(merchant.uri())) {
            var id = control.fault("{\"provider\":\"cardinity\",\"fault\":\"refuse\"}");
            assertThatThrownBy(() -> new RawConnection(merchant.uri())).isInstanceOf(ConnectException.class);
            assertThat(kept.readAll()).as("idle connections are closed too").isEmpty();
            control.delete("faults/" + id);
        }
        merchant.paid(new PaymentBody());
    }

    @Test
    void a_port_refused_for_a_time_opens_by_itself() {
        control.fault("{\"provider\":\"cardinity\",\"fault\":\"refuse\",\"delay_ms\":2000}");
        assertThatThrownBy(() -> new RawConnection(merchant.uri())).isInstanceOf(ConnectException.class);
        Awaitility.await().ignoreExceptions().untilAsserted(() -> new RawConnection(merchant.uri()).close());
    }

    @ParameterizedTest
    @ValueSource(longs = {600_000, -600_000})
    void a_skewed_clock_refuses_good_timestamps_and_shows_in_the_date(long skew) {
        fault("clock_skew", ",\"delay_ms\":" + skew);
        var refused = merchant.pay(new PaymentBody());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/detail")).contains("oauth_timestamp");
        merchant.paid(new PaymentBody());
    }

    @Test
    void a_fault_strikes_as_often_as_asked_and_is_counted() {
        var id = fault("error_before_effect", ",\"count\":2");
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(500);
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(500);
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(201);
        var listed = control.get("faults").json().path("data").path(0);
        assertThat(listed.path("id").asString()).isEqualTo(id);
        assertThat(listed.path("hits").asInt()).isEqualTo(2);
    }

    @Test
    void without_an_operation_a_fault_means_what_moves_money() {
        fault("error_before_effect", "");
        assertThat(merchant.get("/payments").status()).isEqualTo(200);
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"createRefund", "POST /payments/{id}/refunds", "POST /v1/payments/*/refunds"})
    void an_operation_is_named_by_id_or_by_method_and_path(String operation) {
        var payment = merchant.paid(new PaymentBody());
        fault("error_before_effect", ",\"operation\":\"" + operation + "\"");
        merchant.paid(new PaymentBody());
        assertThat(merchant.post("/payments/" + payment + "/refunds", "{\"amount\":\"1.00\"}").status()).isEqualTo(500);
    }

    @Test
    void a_star_means_every_operation() {
        fault("error_before_effect", ",\"operation\":\"*\"");
        assertThat(merchant.get("/payments").status()).isEqualTo(500);
    }

    @Test
    void a_fault_for_one_account_spares_the_others() {
        fault("error_before_effect", "");
        control.merchant().paid(new PaymentBody());
        assertThat(merchant.pay(new PaymentBody()).status()).isEqualTo(500);
    }

    @Test
    void a_probable_fault_repeats_itself_with_the_same_seed() {
        assertThat(pattern(7)).isEqualTo(pattern(7)).contains("1").contains("0");
        assertThat(pattern(8)).isNotEqualTo(pattern(7));
    }

    private String pattern(long seed) {
        control.delete("faults");
        fault("error_before_effect", ",\"count\":1000,\"probability\":0.5,\"operation\":\"listPayments\",\"seed\":" + seed);
        var pattern = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            pattern.append(merchant.get("/payments").status() == 500 ? '1' : '0');
        }
        return pattern.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"fault":"explode"}                                              | reset_before_effect
            {"provider":"acme","fault":"stall"}                              | cardinity
            {"fault":"stall","operation":"createPaymnt"}                     | createPayment
            {"fault":"stall","count":0}                                      | count
            {"fault":"stall","probability":1.5}                              | probability
            {"fault":"delay","delay_ms":-1}                                  | delay_ms
            {"fault":"stall","cout":3}                                       | cout
            {}                                                               | fault is required
            [                                                                | JSON
            """)
    void a_mistaken_fault_is_refused_with_what_was_expected(String body, String hint) {
        var refused = control.post("faults", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/error/message")).contains(hint);
    }

    @Test
    void what_struck_is_in_the_log_of_requests() {
        fault("reset_after_effect", "");
        assertThatThrownBy(() -> merchant.pay(new PaymentBody())).isInstanceOf(RuntimeException.class);
        var seen = control.get("requests?account=" + merchant.account()).json().path("data").path(0);
        assertThat(seen.path("fault").asString()).isEqualTo("reset_after_effect");
        assertThat(seen.path("status").isNull()).isTrue();
    }

    @Test
    void a_described_timeout_pays_but_never_answers() throws IOException {
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody().described("sim-timeout"));
            Awaitility.await().untilAsserted(() -> assertMade(1));
            connection.timeout(200);
            assertThatThrownBy(connection::readAll).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_merchant_who_looks_after_a_lost_answer_finds_exactly_one_payment() throws IOException {
        fault("reset_after_effect", "");
        try (var connection = new RawConnection(merchant.uri())) {
            connection.pay(merchant, new PaymentBody().order("ORD-LOST"));
            assertThatThrownBy(connection::readAll).isInstanceOf(IOException.class);
        }
        var list = merchant.get("/payments?limit=100").json();
        assertThat(list).hasSize(1);
        assertThat(list.path(0).path("order_id").asString()).isEqualTo("ORD-LOST");
    }
}
