package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Listener;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunningSandbox
class CallbacksTest {
    private final Control control;
    private Listener listener;
    private Shop shop;

    CallbacksTest(Control control) {
        this.control = control;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new Listener();
        shop = shop("");
    }

    @AfterEach
    void close() {
        control.delete("faults");
        listener.close();
    }

    private Shop shop(String settings) {
        return Shop.of(control, "{\"callback_url\":\"" + listener.url() + "\"" + settings + "}");
    }

    private void fault(String members) {
        control.fault("{\"provider\":\"corefy\",\"account\":\"" + shop.account() + "\"," + members + "}");
    }

    private List<String> statuses() {
        return listener.received().stream().map(request -> Exchange.parse(request.bodyText()).at("/data/attributes/status").asString()).toList();
    }

    private void awaitStatuses(String... statuses) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(statuses()).containsExactly(statuses));
    }

    @Test
    void the_signature_fits_the_vector() {
        assertThat(Callbacks.signature("sk_test_example",
                "{\"data\":{\"type\":\"payment-invoices\",\"id\":\"cpi_0000000000000001\",\"attributes\":{\"status\":\"processed\"}}}"))
                .isEqualTo("HqjouPOJnxh2oEsZySUyuF3mRTc=");
    }

    @Test
    void every_change_is_told_in_order_with_the_whole_object_beginning_with_the_creation() {
        var id = shop.paid(new InvoiceBody().customer("C-1"));
        shop.refund(id, "10", "REF-1");
        awaitStatuses("process_pending", "processed", "partially_refunded");
        var last = listener.received().getLast();
        assertThat(last.header("x-signature")).isEqualTo(Callbacks.signature(shop.credential("callback_secret"), last.bodyText()));
        assertThat(last.header("retry-count")).isEqualTo("0");
        assertThat(Exchange.parse(last.bodyText())).isEqualTo(shop.invoice(id).json());
    }

    @Test
    void an_invoices_own_address_counts_more_than_the_accounts_and_live_mode_has_a_key_of_its_own() throws IOException {
        try (var own = new Listener()) {
            shop.created(new InvoiceBody().with("callback_url", "\"" + own.url() + "\"").with("test_mode", "false"));
            Awaitility.await().untilAsserted(() -> assertThat(own.received()).hasSize(1));
            var told = own.received().getFirst();
            assertThat(told.header("x-signature")).isEqualTo(Callbacks.signature(shop.credential("callback_secret_live"), told.bodyText()));
        }
        assertThat(listener.received()).isEmpty();
    }

    @Test
    void the_nth_retry_comes_n_minutes_after_the_one_before() {
        listener.failing(2);
        shop.created(new InvoiceBody());
        awaitStatuses("process_pending");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        awaitStatuses("process_pending", "process_pending");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        awaitStatuses("process_pending", "process_pending", "process_pending");
        assertThat(listener.received()).extracting(request -> request.header("retry-count")).containsExactly("0", "1", "2");
        assertThat(Callbacks.LADDER.attemptsMax()).isEqualTo(100);
        assertThat(Callbacks.LADDER.pause().apply(99)).isEqualTo(Duration.ofMinutes(99));
    }

    @Test
    void only_200_is_accepted() {
        assertThat(Callbacks.LADDER.accepted().test(200)).isTrue();
        assertThat(Callbacks.LADDER.accepted().test(201)).isFalse();
        assertThat(Callbacks.LADDER.accepted().test(204)).isFalse();
    }

    @Test
    void payouts_are_told_too() {
        shop.payout("{\"reference_id\":\"OUT-1\",\"service\":\"payment_card_eur\",\"currency\":\"EUR\",\"amount\":5,\"test_mode\":true,"
                + "\"fields\":{\"card_number\":\"5519283812030000\"}}");
        awaitStatuses("created", "processed");
        assertThat(Exchange.parse(listener.received().getFirst().bodyText()).at("/data/type").asString()).isEqualTo("payout-invoices");
    }

    @Test
    void changes_can_be_merged_and_states_in_between_left_out() {
        var merging = shop(",\"callback_merge_ms\":\"1500\"");
        merging.paid(new InvoiceBody());
        awaitStatuses("processed");
        listener.received().clear();
        var finals = shop(",\"callbacks\":\"final\"");
        finals.paid(new InvoiceBody());
        awaitStatuses("processed");
    }

    @Test
    void faults_strike_callbacks_by_their_event() {
        fault("\"operation\":\"payment-invoices.process_pending\",\"fault\":\"webhook_drop\"");
        fault("\"operation\":\"payment-invoices.processed\",\"fault\":\"webhook_duplicate\"");
        shop.paid(new InvoiceBody());
        awaitStatuses("processed", "processed");
    }

    @Test
    void an_older_state_can_come_after_a_newer_one() {
        fault("\"operation\":\"payment-invoices.process_pending\",\"fault\":\"webhook_reorder\",\"delay_ms\":20000");
        shop.paid(new InvoiceBody());
        awaitStatuses("processed", "process_pending");
    }

    @Test
    void a_bad_signature_has_the_form_of_a_good_one() {
        fault("\"fault\":\"webhook_bad_signature\"");
        shop.created(new InvoiceBody());
        awaitStatuses("process_pending");
        var told = listener.received().getFirst();
        assertThat(told.header("x-signature")).matches("[A-Za-z0-9+/]{27}=")
                .isNotEqualTo(Callbacks.signature(shop.credential("callback_secret"), told.bodyText()));
    }
}
