package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class PayoutsTest {
    private final Control control;
    private final Shop shop;

    PayoutsTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    private static String toCard(String number, boolean auto, String more) {
        return "{\"reference_id\":\"OUT-1\",\"service\":\"payment_card_eur\",\"currency\":\"EUR\",\"amount\":12.5,\"test_mode\":true,"
                + "\"fields\":{\"card_number\":\"" + number + "\"},\"options\":{\"auto_process\":" + auto + "}" + more + "}";
    }

    private Exchange process(String id) {
        return shop.post("/payout-invoices/" + id + "/process", "");
    }

    private Exchange read(String id) {
        return shop.get("/payout-invoices/" + id);
    }

    @Test
    void a_payout_waits_until_it_is_processed_and_is_processed_once() {
        var created = shop.payout(toCard("5519283812030000", false, ""));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/data/type")).isEqualTo("payout-invoices");
        assertThat(created.at("/data/attributes/status")).isEqualTo("created");
        assertThat(created.at("/data/attributes/fields/card_number")).isEqualTo("551928******0000");
        assertThat(shop.movements()).isEmpty();
        var id = created.at("/data/id");
        assertThat(Parallel.times(5, () -> process(id).status())).containsOnlyOnce(201).contains(422);
        assertThat(read(id).at("/data/attributes/status")).isEqualTo("processed");
        assertThat(read(id).at("/data/attributes/payouts/0/resolution")).isEqualTo("OK");
        assertThat(shop.movements()).containsExactly("payout 1250 eur");
        assertThat(shop.references()).containsExactly("OUT-1");
    }

    @Test
    void a_payout_can_be_sent_with_its_creation_and_is_found_by_its_reference() {
        var sent = shop.payout(toCard("5519283812030000", true, ""));
        assertThat(sent.at("/data/attributes/status")).isEqualTo("processed");
        assertThat(Shop.texts(shop.get("/payout-invoices?filter[reference_id]=OUT-1").json().path("data"), "/id")).containsExactly(sent.at("/data/id"));
        assertThat(Shop.of(control).get("/payout-invoices/" + sent.at("/data/id")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"4302912837020000,process_failed,declined_error", "4000000000000002,process_failed,declined_error", "4242424242424242,processed,ok"})
    void a_recipients_card_says_how_it_ends(String number, String status, String resolution) {
        var sent = shop.payout(toCard(number, true, ""));
        assertThat(sent.at("/data/attributes/status")).isEqualTo(status);
        assertThat(sent.at("/data/attributes/resolution")).isEqualTo(resolution);
    }

    @Test
    void one_that_is_queued_is_taken_up_though_it_reads_created() {
        var id = shop.payout(toCard("4242424242424242", false, ",\"description\":\"sim-queued\"")).at("/data/id");
        assertThat(process(id).at("/data/attributes/status")).isEqualTo("created");
        assertThat(process(id).status()).isEqualTo(422);
        assertThat(read(id).at("/data/attributes/status")).isEqualTo("created");
        assertThat(shop.movements()).isEmpty();
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(read(id).at("/data/attributes/status")).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("payout 1250 eur");
    }

    @Test
    void of_a_partial_one_a_half_is_paid() {
        var sent = shop.payout(toCard("4242424242424242", true, ",\"description\":\"sim-partial\""));
        assertThat(sent.at("/data/attributes/status")).isEqualTo("partially_processed");
        assertThat(shop.movements()).containsExactly("payout 625 eur");
    }

    @Test
    void the_test_service_ends_as_its_fields_say() {
        var sent = shop.payout("{\"reference_id\":\"OUT-2\",\"service\":\"test_usd\",\"currency\":\"USD\",\"amount\":5,\"fields\":{\"account\":\"12345\","
                + "\"test_details_payout_status\":\"process_failed\",\"test_details_payout_resolution\":\"RECIPIENT_NOT_FOUND\"}}");
        assertThat(sent.at("/data/attributes/status")).isEqualTo("process_failed");
        assertThat(sent.at("/data/attributes/payouts/0/resolution")).isEqualTo("RECIPIENT_NOT_FOUND");
        assertThat(shop.movements()).isEmpty();
    }

    @Test
    void mistakes_are_named_by_their_pointers() {
        var refused = shop.payout("{\"service\":\"gift_eur\",\"currency\":\"EUR\",\"amount\":0}");
        assertThat(Shop.texts(refused.json().path("errors"), "/source/pointer")).containsExactlyInAnyOrder("/data/attributes/service",
                "/data/attributes/reference_id", "/data/attributes/amount");
        assertThat(shop.payout(toCard("4242424242424241", true, "")).at("/errors/0/source/pointer")).isEqualTo("/data/attributes/fields/card_number");
    }

    @Test
    void more_than_the_balance_is_not_paid() {
        var poor = Shop.of(control, "{\"opening_balance\":\"10\"}");
        var sent = poor.payout(toCard("5519283812030000", true, ""));
        assertThat(sent.at("/data/attributes/status")).isEqualTo("process_failed");
        assertThat(sent.at("/data/attributes/payouts/0/resolution")).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(poor.movements()).isEmpty();
    }

    @Test
    void a_pending_payout_is_completed_by_hand_or_after_an_hour() {
        var first = shop.payout(toCard("5519283812030000", true, ",\"description\":\"sim-pending\"")).at("/data/id");
        control.post("complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + first + "\",\"result\":\"declined\"}");
        assertThat(read(first).at("/data/attributes/status")).isEqualTo("process_failed");
        var second = shop.payout(toCard("5519283812030000", true, ",\"description\":\"sim-pending\"")).at("/data/id");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(read(second).at("/data/attributes/status")).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("payout 1250 eur");
    }

    @Test
    void a_saved_card_can_be_paid_out_to() {
        var created = shop.created(new InvoiceBody().customer("C-1").tokenize());
        shop.sale(created, "5519283812030000", "1240");
        var token = shop.invoice(created.at("/data/id")).at("/data/attributes/payload/token");
        var sent = shop.payout("{\"reference_id\":\"OUT-3\",\"service\":\"payment_card_eur\",\"currency\":\"EUR\",\"amount\":5,\"token\":\"" + token
                + "\",\"customer\":{\"reference_id\":\"C-1\"}}");
        assertThat(sent.at("/data/attributes/status")).isEqualTo("processed");
    }
}
