package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.Violation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardGateTest {
    private ScriptedServer server;
    private CorefyClient client;
    private PaymentInvoice invoice;

    @BeforeEach
    void an_invoice() throws IOException {
        server = new ScriptedServer();
        client = CorefyClient.of(Fixtures.config(server).build());
        server.then(200, Fixtures.invoice("ORD-1", "process_pending"));
        invoice = client.paymentInvoices().get(Fixtures.INVOICE);
        server.seen().clear();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private SaleOutcome sale() {
        return client.cardGate().sale(invoice, Fixtures.card(), Fixtures.browser());
    }

    @Test
    void a_card_and_the_exact_body_that_carried_it() {
        server.then(201, "{\"status\":\"processed\",\"resolution\":\"ok\"}");
        assertThat(sale()).isEqualTo(new SaleOutcome.Paid());
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.line()).isEqualTo("POST /gate/payment/sale");
            assertThat(seen.authorization()).startsWith("Bearer eyJ");
            assertThat(seen.body()).isEqualTo("{\"data\":{\"type\":\"sale-operation\",\"attributes\":{\"card_number\":\"5123817234060000\","
                    + "\"card_holder\":\"Ona Petraite\",\"cvv\":\"0123\",\"exp_month\":\"04\",\"exp_year\":\"30\",\"browser_info\":{"
                    + "\"browser_accept_header\":\"text/html\",\"browser_color_depth\":\"24\",\"browser_ip\":\"192.0.2.7\","
                    + "\"browser_java_enabled\":false,\"browser_language\":\"en-US\",\"browser_screen_height\":\"1080\","
                    + "\"browser_screen_width\":\"1920\",\"browser_tz\":\"-120\",\"browser_user_agent\":\"Mozilla/5.0\",\"device_channel\":\"02\","
                    + "\"window_height\":\"900\",\"window_width\":\"1600\"}}}}");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"process_failed\",\"resolution\":\"insufficient_funds\",\"errors\":[{\"title\":\"No\",\"status\":\"422\"}]}",
        "{\"data\":{\"id\":\"cgi_1\",\"attributes\":{\"status\":\"process_failed\",\"resolution\":\"insufficient_funds\"}},\"payment\":{}}"})
    void a_refused_card_is_an_outcome_in_either_shape_and_whatever_the_status(String body) {
        server.then(201, body).then(422, body);
        for (int i = 0; i < 2; i++) {
            assertThat(sale()).asInstanceOf(type(SaleOutcome.Declined.class)).satisfies(declined -> {
                assertThat(declined.decline().resolution()).isEqualTo("insufficient_funds");
                assertThat(declined.decline().kind()).isEqualTo(Decline.Kind.SOFT);
            });
        }
    }

    @Test
    void a_challenge_is_handed_on_with_every_parameter() {
        server.then(201, """
                {"status":"process_pending","auth_mode":"3ds","auth_payload":{"action":"https://acs.example/?a=1","method":"POST",
                 "params":{"creq":"eyJ+/=","threeDSSessionData":"s"}}}""");
        assertThat(sale()).asInstanceOf(type(SaleOutcome.ChallengeRequired.class)).satisfies(required -> {
            var form = required.challenge().form();
            assertThat(form.action()).hasToString("https://acs.example/?a=1");
            assertThat(form.fields()).containsExactly(Map.entry("creq", "eyJ+/="), Map.entry("threeDSSessionData", "s"));
            assertThat(required.toString()).doesNotContain("eyJ");
        });
    }

    @Test
    void a_challenge_without_a_form_is_an_address() {
        server.then(201, "{\"data\":{\"id\":\"cgi_1\",\"attributes\":{\"status\":\"process_pending\",\"auth_payload\":{"
                + "\"action\":\"https://acs.example/?a=1\",\"method\":\"GET\",\"params\":{\"b\":\"c d\"}}}}}");
        assertThat(sale()).asInstanceOf(type(SaleOutcome.ChallengeRequired.class)).satisfies(required -> {
            assertThat(required.challenge().address()).hasToString("https://acs.example/?a=1&b=c%20d");
            assertThatThrownBy(required.challenge()::form).isInstanceOf(IllegalStateException.class);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"status\":\"process_pending\"}|Pending", "{\"status\":\"processing\",\"auth_payload\":[]}|Pending",
        "{\"status\":\"dreaming\"}|Unrecognized", "{\"status\":\"refunded\"}|Unrecognized", "{}|Unrecognized"})
    void what_is_not_decided_is_neither_paid_nor_refused(String body, String outcome) {
        server.then(201, body);
        assertThat(sale().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502})
    void a_sale_without_a_clear_answer_is_never_sent_again(int status) {
        server.then(status, "");
        assertThatThrownBy(this::sale).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void a_cut_line_a_garbled_answer_and_a_failure_with_a_refusals_words_may_all_have_charged() {
        server.thenCut();
        assertThatThrownBy(this::sale).asInstanceOf(type(CommunicationException.class)).satisfies(e -> assertThat(e.mayHaveTakenEffect()).isTrue());
        server.then(201, "garbage");
        assertThatThrownBy(this::sale).asInstanceOf(type(CommunicationException.class)).satisfies(e -> assertThat(e.mayHaveTakenEffect()).isTrue());
        server.then(502, "{\"status\":\"process_failed\"}");
        assertThatThrownBy(this::sale).isInstanceOf(PlatformException.class);
        assertThat(server.seen()).hasSize(3);
    }

    @Test
    void an_expired_token_is_refused_there_and_an_old_one_already_here() {
        server.then(401, "{\"errors\":[{\"status\":\"401\",\"title\":\"Expired token\"}]}");
        assertThatThrownBy(this::sale).isInstanceOf(AuthenticationException.class);
        var later = CorefyClient.builder(Fixtures.config(server).build()).clock(Clock.fixed(Instant.now().plusSeconds(3700), ZoneOffset.UTC)).build();
        try (later) {
            assertThatThrownBy(() -> later.cardGate().sale(invoice, Fixtures.card(), null)).isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("create another invoice");
        }
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void an_invoice_without_a_token_takes_no_card() {
        server.then(200, Fixtures.invoice("ORD-1", "processed").replaceAll("(?s)\"flow_data\":\\{.*?\\}\\},", "\"flow_data\":[],"));
        var spent = client.paymentInvoices().get(Fixtures.INVOICE);
        assertThat(spent.flow()).isNull();
        assertThatThrownBy(() -> client.cardGate().sale(spent, Fixtures.card(), null)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void mistakes_in_a_card_are_reported_together_and_past_dates_are_fine_on_test_cards() {
        var wrong = new Card(SecretText.of("4242424242424241"), 13, 1999, SecretText.of("12"), "");
        assertThatThrownBy(() -> client.cardGate().sale(invoice, wrong, null)).asInstanceOf(type(InvalidRequestException.class))
                .satisfies(e -> assertThat(e.violations()).extracting(Violation::field)
                        .containsExactly("card_number", "exp_month", "exp_year", "cvv", "card_holder"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("4242"));
        server.then(201, "{\"status\":\"processed\"}");
        assertThat(client.cardGate().sale(invoice, new Card(SecretText.of("4302912837020000"), 1, 25, null, null), null)).isNotNull();
        assertThat(server.seen().get(0).body()).contains("\"card_holder\":\"CARD HOLDER\"").doesNotContain("cvv");
    }

    @Test
    void a_past_date_is_refused_outside_test_mode() {
        try (var live = CorefyClient.of(Fixtures.config(server).testMode(false).publicKey("pk_live_1").build())) {
            assertThatThrownBy(() -> live.cardGate().sale(invoice, new Card(SecretText.of("4302912837020000"), 1, 25, null, null), null))
                    .isInstanceOf(InvalidRequestException.class).hasMessageContaining("must not be past");
        }
    }

    @Test
    void google_pay_goes_through_as_it_came() {
        server.then(201, "{\"status\":\"processed\"}");
        client.cardGate().saleByGooglePay(invoice, Map.of("apiVersion", 2));
        assertThat(server.seen().get(0).body()).isEqualTo("{\"data\":{\"type\":\"sale-operation\",\"attributes\":{\"google_pay\":{\"apiVersion\":2}}}}");
    }

    @Test
    void without_its_address_the_gate_says_what_is_missing() {
        try (var hostedOnly = CorefyClient.of(CorefyConfig.builder().baseUrl(server.uri("")).accountId("coma_1").apiKey(SecretText.of("k")).build())) {
            assertThatThrownBy(hostedOnly::cardGate).isInstanceOf(ConfigurationException.class).hasMessageContaining("corefy.cardGateUrl");
        }
    }

    @ParameterizedTest
    @CsvSource({"lost_or_stolen_card, HARD", "antifraud_error, HARD", "card_is_3ds_enrolled, NEEDS_AUTHENTICATION",
        "invalid_3ds_code, AUTHENTICATION_FAILED", "no_routes_by_condition, NOT_ROUTED", "declined, SOFT", "something_new, SOFT"})
    void resolutions_say_what_may_be_done_next(String resolution, Decline.Kind kind) {
        assertThat(new Decline(resolution, null, null).kind()).isEqualTo(kind);
    }
}
