package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Deadline;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.sdk.error.Violation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentInvoicesTest {
    private static final String CREATE = "POST /api/payment-invoices";
    private static final String FIND = "GET /api/payment-invoices?filter[reference_id]=ORD-1";
    private static final String NONE = "{\"data\":[]}";

    private ScriptedServer server;
    private CorefyClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = CorefyClient.of(Fixtures.config(server).build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private PaymentInvoice create() {
        return client.paymentInvoices().create(Fixtures.newInvoice("ORD-1"));
    }

    private static String listed(String reference, String amount) {
        return "{\"data\":[" + Fixtures.resource(reference, "process_pending", amount) + "]}";
    }

    @Test
    void an_invoice_and_the_exact_body_that_asked_for_it() {
        server.then(201, Fixtures.invoice("ORD-1", "process_pending"));
        var asked = NewInvoice.builder("ORD-1", "payment_card_eur_hpp", new BigDecimal("50.00"), "EUR")
                .customer(Customer.of("C-7").withName("Ona Petraite").withIp("192.0.2.7")).tokenize().description("Two books")
                .returnUrl(URI.create("https://shop.example/back")).callbackUrl(URI.create("https://shop.example/callback"))
                .expires(Instant.ofEpochSecond(1_700_003_600)).metadata(Map.of("order", "7")).build();
        var invoice = client.paymentInvoices().create(asked);
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.line()).isEqualTo(CREATE);
            assertThat(seen.authorization()).isEqualTo("Basic Y29tYV8wMDAwMDAwMDAwMDAwMDAxOmFwaV9rZXlfZXhhbXBsZQ==");
            assertThat(seen.body()).isEqualTo("{\"data\":{\"type\":\"payment-invoices\",\"attributes\":{\"reference_id\":\"ORD-1\","
                    + "\"service\":\"payment_card_eur_hpp\",\"currency\":\"EUR\",\"amount\":50.00,\"flow\":\"charge\",\"test_mode\":true,"
                    + "\"description\":\"Two books\",\"customer\":{\"reference_id\":\"C-7\",\"name\":\"Ona Petraite\","
                    + "\"metadata\":{\"ip\":\"192.0.2.7\"}},\"metadata\":{\"order\":\"7\"},"
                    + "\"return_urls\":{\"success\":\"https://shop.example/back\",\"pending\":\"https://shop.example/back\","
                    + "\"fail\":\"https://shop.example/back\"},\"callback_url\":\"https://shop.example/callback\",\"expires\":1700003600,"
                    + "\"gateway_options\":{\"cardgate\":{\"tokenize\":true}}}}}");
        });
        assertThat(invoice.amount()).isEqualByComparingTo("50");
        assertThat(invoice.times().updated()).isEqualTo("2023-11-14T22:13:27.500Z");
        assertThat(invoice.attempt()).isEqualTo(new PaymentInvoice.Attempt.None());
        assertThat(invoice.refunds()).isEmpty();
        assertThat(invoice.metadata()).isEmpty();
        assertThat(invoice.card()).isNull();
        assertThat(invoice.totals().fee()).isEqualByComparingTo("0.35");
    }

    @Test
    void what_this_version_does_not_know_is_kept() {
        server.then(200, Fixtures.invoice("ORD-1", "process_pending"));
        var other = client.paymentInvoices().get(Fixtures.INVOICE).other();
        assertThat(other).containsEntry("serial_number", "A-7")
                .containsEntry("something_new", Map.of("a", List.of(new BigDecimal("1"), "b", true)));
        assertThat(other).doesNotContainKeys("status", "amount", "flow_data");
    }

    @ParameterizedTest
    @CsvSource({"created, Pending", "processing, Pending", "process_pending, Pending", "process_error, Pending", "processed, Paid",
        "process_failed, Declined", "expired, Lapsed", "terminated, Lapsed", "refunding, Paid", "refund_pending, Paid", "refund_error, Paid",
        "partially_refunded, Paid", "refunded, Paid", "refund_failed, Paid", "charged_back, Paid", "partially_charged_back, Paid",
        "partially_processed, Unrecognized", "sparkling, Unrecognized"})
    void every_status_has_its_meaning(String word, String outcome) {
        server.then(200, Fixtures.invoice("ORD-1", word));
        assertThat(PaymentOutcome.of(client.paymentInvoices().get(Fixtures.INVOICE)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void less_than_was_asked_for_is_told() {
        server.then(200, Fixtures.invoice("ORD-1", "partially_processed").replace("\"processed_amount\":null", "\"processed_amount\":20.50"));
        assertThat(PaymentOutcome.of(client.paymentInvoices().get(Fixtures.INVOICE))).asInstanceOf(type(PaymentOutcome.Paid.class)).satisfies(paid -> {
            assertThat(paid.amount()).isEqualByComparingTo("20.50");
            assertThat(paid.isPartial()).isTrue();
        });
    }

    @Test
    void a_card_token_and_the_acquirers_words_come_with_a_paid_invoice() {
        server.then(200, Fixtures.invoice("ORD-1", "processed").replace("\"payload\":[]", """
                "rrn":"123456789012","approval_code":"A1","original_data":{"original_resolution":"00"},"payload":{"token":"tok-secret-1234567890",
                 "auth_type":"card","payment_card":{"mask":"512381******0000","brand":"MASTERCARD","type":"CREDIT","holder":"Ona Petraite",
                 "expiry_month":4,"expiry_year":"30","card_id":"card_1","verification":[{"type":"3ds","details":{"eci":"05"}}],"bank":"X"}}"""));
        var invoice = client.paymentInvoices().get(Fixtures.INVOICE);
        assertThat(invoice.card()).isNotNull().satisfies(card -> {
            assertThat(card.token()).isEqualTo(SecretText.of("tok-secret-1234567890"));
            assertThat(card.expiryYear()).isEqualTo(30);
            assertThat(card.eci()).isEqualTo("05");
            assertThat(card.other()).containsEntry("bank", "X");
        });
        assertThat(invoice.acquirer().rrn()).isEqualTo("123456789012");
        assertThat(invoice.toString() + invoice.card()).doesNotContain("secret", "Ona");
    }

    @Test
    void a_lost_answer_is_looked_up_and_adopted() {
        server.thenCut().then(200, listed("ORD-1", "50.00"));
        assertThat(create().id()).isEqualTo(Fixtures.INVOICE);
        assertThat(server.lines()).containsExactly(CREATE, FIND);
    }

    @Test
    void what_is_not_there_is_sent_again_under_the_same_reference() {
        server.then(502, "<html>").then(200, NONE).then(201, Fixtures.invoice("ORD-1", "process_pending"));
        assertThat(create().id()).isEqualTo(Fixtures.INVOICE);
        assertThat(server.lines()).containsExactly(CREATE, FIND, CREATE);
        assertThat(server.seen().get(2).body()).isEqualTo(server.seen().get(0).body());
    }

    @Test
    void an_unreadable_answer_is_looked_up_too() {
        server.then(201, "{\"data\":{}}").then(200, listed("ORD-1", "50"));
        assertThat(create().id()).isEqualTo(Fixtures.INVOICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422, 429})
    void a_reference_that_is_refused_as_used_is_adopted_when_it_is_the_same_invoice(int status) {
        server.then(status, "{\"errors\":[{\"status\":" + status + ",\"title\":\"Duplicate\"}]}").then(200, listed("ORD-1", "50"));
        assertThat(create().id()).isEqualTo(Fixtures.INVOICE);
    }

    @Test
    void a_reference_of_another_invoice_is_not_taken_for_ours() {
        server.then(422, "{\"errors\":[{\"title\":\"Duplicate\"}]}").then(200, listed("ORD-1", "49.99"));
        assertThatThrownBy(this::create).asInstanceOf(type(IdempotenceException.class))
                .satisfies(e -> assertThat(e.idempotenceKey()).isEqualTo("ORD-1"));
    }

    @Test
    void a_server_that_ignores_the_filter_does_not_pass_a_stranger_for_ours() {
        server.thenCut().then(200, listed("ORD-2", "50"));
        assertThatThrownBy(this::create).asInstanceOf(type(CommunicationException.class)).satisfies(e -> {
            assertThat(e.mayHaveTakenEffect()).isTrue();
            assertThat(e.getSuppressed()).hasSize(1);
        });
    }

    @Test
    void a_refusal_is_final_once_nothing_is_found_under_the_reference() {
        server.then(422, """
                {"errors":[{"status":"422","title":"Unprocessable","detail":"This value is not valid: 4111111111111111",
                 "source":{"pointer":"/data/attributes/customer/email"}}]}""").then(200, NONE);
        assertThatThrownBy(this::create).asInstanceOf(type(ValidationException.class)).satisfies(e -> {
            assertThat(e.mayHaveTakenEffect()).isFalse();
            assertThat(e.errors().get(0).field()).isEqualTo("customer.email");
            assertThat(e.getMessage()).doesNotContain("4111111111111111");
        });
        assertThat(server.lines()).containsExactly(CREATE, FIND);
    }

    @ParameterizedTest
    @CsvSource({"401, AuthenticationException", "403, AuthorizationException", "404, ReferenceException", "400, ValidationException",
        "402, ApiException"})
    void other_refusals_are_neither_looked_up_nor_repeated(int status, String name) {
        server.then(status, "{\"error\":{\"message\":\"No\"}}");
        assertThatThrownBy(this::create).asInstanceOf(type(ApiException.class)).satisfies(e -> {
            assertThat(e.getClass().getSimpleName()).isEqualTo(name);
            assertThat(e.mayHaveTakenEffect()).isFalse();
            assertThat(e.problem().detail()).isEqualTo("No");
        });
        assertThat(server.lines()).containsExactly(CREATE);
    }

    @Test
    void a_doubt_outlives_a_later_refusal() {
        server.thenCut().then(200, NONE).then(401, "{\"errors\":[{\"title\":\"No\"}]}").then(200, NONE);
        assertThatThrownBy(this::create).isInstanceOf(CommunicationException.class)
                .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
    }

    @Test
    void repeating_ends_after_the_allowed_number_with_the_first_doubt() {
        client.close();
        client = CorefyClient.of(Fixtures.config(server).retryCount(1).build());
        server.then(503, "").then(200, NONE).then(500, "").then(200, NONE);
        assertThatThrownBy(this::create).asInstanceOf(type(PlatformException.class)).satisfies(e -> assertThat(e.status()).isEqualTo(503));
        assertThat(server.lines()).containsExactly(CREATE, FIND, CREATE, FIND);
    }

    @Test
    void without_retries_nothing_is_looked_up_or_repeated() {
        client.close();
        client = CorefyClient.of(Fixtures.config(server).retryCount(0).build());
        server.then(503, "");
        assertThatThrownBy(this::create).isInstanceOf(PlatformException.class);
        assertThat(server.lines()).containsExactly(CREATE);
    }

    @Test
    void nothing_is_sent_after_the_deadline() {
        var passed = CallContext.builder().sendDeadline(Deadline.after(Duration.ofNanos(1))).build();
        assertThatThrownBy(() -> client.paymentInvoices().create(Fixtures.newInvoice("ORD-1"), passed))
                .asInstanceOf(type(CommunicationException.class)).satisfies(e -> assertThat(e.wasSent()).isEqualTo(Sent.NO));
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void an_answer_about_another_order_is_no_answer() {
        client.close();
        client = CorefyClient.of(Fixtures.config(server).retryCount(0).build());
        server.then(201, Fixtures.invoice("ORD-2", "process_pending"));
        assertThatThrownBy(this::create).isInstanceOf(CommunicationException.class);
        server.then(201, Fixtures.invoice("ORD-1", "process_pending").replace("\"test_mode\":true", "\"test_mode\":false"));
        assertThatThrownBy(this::create).isInstanceOf(CommunicationException.class);
        server.then(200, Fixtures.invoice("ORD-1", "process_pending"));
        assertThatThrownBy(() -> client.paymentInvoices().get("cpi_another")).isInstanceOf(CommunicationException.class);
    }

    @Test
    void an_error_page_of_a_machine_in_between_is_no_refusal() {
        server.then(403, "<html>blocked</html>").then(200, NONE).then(201, Fixtures.invoice("ORD-1", "process_pending"));
        assertThat(create().id()).isEqualTo(Fixtures.INVOICE);
    }

    @Test
    void wrong_credentials_say_so() {
        server.then(401, "{\"errors\":[{\"status\":401,\"title\":\"Unauthorized\"}]}");
        assertThatThrownBy(() -> client.account().balances()).isInstanceOf(AuthenticationException.class).hasMessageContaining("Unauthorized");
    }

    @Test
    void all_mistakes_are_reported_at_once_and_nothing_is_sent() {
        var asked = NewInvoice.builder(" ", "", new BigDecimal("-1"), "eur").chargeAtOnce().returnUrl(URI.create("ftp://x")).retryLimit(0).build();
        assertThatThrownBy(() -> client.paymentInvoices().create(asked)).asInstanceOf(type(InvalidRequestException.class))
                .satisfies(e -> assertThat(e.violations()).extracting(Violation::field).containsExactly("reference_id", "service", "currency", "amount",
                        "return_urls.success", "return_urls.pending", "return_urls.fail", "token", "gateway_options.cardgate.retry_limit"));
        assertThat(server.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890123456", "0.123456789", "0"})
    void an_amount_that_would_not_arrive_as_it_is_sent_is_refused(String amount) {
        var asked = NewInvoice.builder("ORD-1", "test_usd", new BigDecimal(amount), "USD").build();
        assertThatThrownBy(() -> client.paymentInvoices().create(asked)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void whole_amounts_are_written_without_a_point_where_the_brand_wants_them() {
        client.close();
        client = CorefyClient.of(Fixtures.config(server).integerAmounts(true).build());
        server.then(201, Fixtures.invoice("ORD-1", "process_pending"));
        create();
        assertThat(server.seen().get(0).body()).contains("\"amount\":50,");
        var broken = NewInvoice.builder("ORD-2", "test_usd", new BigDecimal("50.50"), "USD").build();
        assertThatThrownBy(() -> client.paymentInvoices().create(broken)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void holding_works_only_where_it_is_known_how() {
        assertThatThrownBy(() -> client.paymentInvoices().capture(Fixtures.INVOICE, null)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("corefy.capturePath");
        client.close();
        client = CorefyClient.of(Fixtures.config(server).capturePath("/payment-invoices/{id}/capture").voidPath("/x/{id}").build());
        server.then(200, Fixtures.invoice("ORD-1", "processed"));
        client.paymentInvoices().capture(Fixtures.INVOICE, new BigDecimal("10.5"));
        client.paymentInvoices().voidHold(Fixtures.INVOICE);
        assertThat(server.lines()).containsExactly("POST /api/payment-invoices/" + Fixtures.INVOICE + "/capture", "POST /api/x/" + Fixtures.INVOICE);
        assertThat(server.seen().get(0).body()).isEqualTo("{\"data\":{\"type\":\"capture\",\"id\":\"" + Fixtures.INVOICE
                + "\",\"attributes\":{\"amount\":10.5}}}");
    }

    @Test
    void pages_are_asked_for_within_their_limits() {
        server.then(200, NONE);
        assertThat(client.paymentInvoices().list(2, 50)).isEmpty();
        assertThat(server.lines()).containsExactly("GET /api/payment-invoices?page[number]=2&page[size]=50");
        assertThatThrownBy(() -> client.paymentInvoices().list(0, 101)).isInstanceOf(InvalidRequestException.class);
    }
}
