package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.corefy.SandboxProcess.Merchant;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the built sandbox: two readings of docs/protocols/corefy.md that were made apart. */
class SandboxTest {
    private static final String SUCCESS = "5519283812030000";
    private static final String CHALLENGE = "5123817234060000";
    private static final String FAILURE = "4302912837020000";
    private static SandboxProcess sandbox;

    private final String reference = "ORD-" + UUID.randomUUID();
    private Merchant merchant;
    private CorefyClient client;

    @BeforeAll
    static void start() throws IOException {
        sandbox = SandboxProcess.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void a_merchant() {
        become("{}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void become(String settings) {
        if (client != null) {
            client.close();
        }
        merchant = sandbox.merchant(settings);
        client = CorefyClient.of(merchant.config().build());
    }

    private NewInvoice.Builder order() {
        return NewInvoice.builder(reference, NewInvoice.cardService("EUR"), new BigDecimal("50.00"), "EUR");
    }

    private static Card card(String number, int month, int year) {
        return new Card(SecretText.of(number), month, year, SecretText.of("123"), "Ona Petraite");
    }

    private PaymentInvoice paid(NewInvoice order) {
        PaymentInvoice invoice = client.paymentInvoices().create(order);
        assertThat(client.cardGate().sale(invoice, card(SUCCESS, 12, 40), Fixtures.browser())).isInstanceOf(SaleOutcome.Paid.class);
        return client.paymentInvoices().get(invoice.id());
    }

    @Test
    void a_card_is_charged_read_and_given_back_in_parts() {
        PaymentInvoice invoice = paid(order().build());
        assertThat(PaymentOutcome.of(invoice)).asInstanceOf(type(PaymentOutcome.Paid.class))
                .satisfies(paid -> assertThat(paid.amount()).isEqualByComparingTo("50"));
        assertThat(invoice.card()).isNotNull().satisfies(card -> assertThat(card.mask()).isEqualTo("551928******0000"));
        assertThat(client.refunds(invoice.id()).create(NewRefund.of("REF-1", new BigDecimal("20")))).isInstanceOf(RefundOutcome.Succeeded.class);
        assertThat(client.refunds(invoice.id()).create(NewRefund.of("REF-2", new BigDecimal("30")))).isInstanceOf(RefundOutcome.Succeeded.class);
        var again = catchThrowableOfType(ValidationException.class,
                () -> client.refunds(invoice.id()).create(NewRefund.of("REF-3", new BigDecimal("0.01"))));
        assertThat(again.errors().get(0).field()).isEqualTo("amount");
        PaymentInvoice after = client.paymentInvoices().get(invoice.id());
        assertThat(after.status()).isEqualTo(InvoiceStatus.REFUNDED);
        assertThat(after.refund("REF-2")).isPresent();
        assertThat(sandbox.movements(merchant)).containsExactly("sale 5000 eur " + reference, "refund 2000 eur REF-1", "refund 3000 eur REF-2");
    }

    @ParameterizedTest
    @CsvSource({"flat,4,30,general_fatal_error", "resource,9,33,declined", "flat,5,29,insufficient_funds"})
    void a_refused_card_says_why(String answer, int month, int year, String resolution) {
        become("{\"gate_answer\":\"" + answer + "\"}");
        PaymentInvoice invoice = client.paymentInvoices().create(order().build());
        assertThat(client.cardGate().sale(invoice, card(FAILURE, month, year), null)).asInstanceOf(type(SaleOutcome.Declined.class))
                .satisfies(declined -> assertThat(declined.decline().resolution()).isEqualTo(resolution));
        assertThat(PaymentOutcome.of(client.paymentInvoices().get(invoice.id()))).isInstanceOf(PaymentOutcome.Declined.class);
        assertThat(sandbox.movements(merchant)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2,pass,Paid", "2,fail,Declined", "1,pass,Paid"})
    void a_challenge_is_handed_to_the_browser_and_completed_by_corefy(String version, String decision, String outcome) {
        become("{\"three_ds\":\"" + version + "\"}");
        PaymentInvoice invoice = client.paymentInvoices().create(order().returnUrl(URI.create("https://shop.example/back")).build());
        var sale = client.cardGate().sale(invoice, card(CHALLENGE, 12, 40), Fixtures.browser());
        assertThat(sale).asInstanceOf(type(SaleOutcome.ChallengeRequired.class)).satisfies(required -> {
            PaymentInvoice waiting = client.paymentInvoices().get(invoice.id());
            assertThat(PaymentOutcome.of(waiting)).isInstanceOf(PaymentOutcome.Pending.class);
            assertThat(waiting.attempt()).asInstanceOf(type(PaymentInvoice.Attempt.Begun.class))
                    .satisfies(begun -> assertThat(begun.status()).isEqualTo("authorize_required"));
            HttpResponse<String> back = throughChallenge(required.challenge().form(), decision);
            assertThat(back.headers().firstValue("Location")).contains("https://shop.example/back");
        });
        assertThat(PaymentOutcome.of(client.paymentInvoices().get(invoice.id())).getClass().getSimpleName()).isEqualTo(outcome);
    }

    /** What a browser without scripts does: each page holds one form. */
    private static HttpResponse<String> throughChallenge(FormPost form, String decision) {
        HttpResponse<String> page = submit(form.action(), form.fields());
        var decided = fields(page.body());
        decided.put("decision", decision);
        HttpResponse<String> toCorefy = submit(form.action().resolve(action(page.body())), decided);
        return submit(form.action().resolve(action(toCorefy.body())), fields(toCorefy.body()));
    }

    private static HttpResponse<String> submit(URI action, Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return SandboxProcess.exchange(HttpRequest.newBuilder(action).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static String action(String html) {
        var found = Pattern.compile("<form[^>]* action=\"([^\"]*)\"").matcher(html);
        return found.find() ? found.group(1).replace("&amp;", "&") : "";
    }

    private static Map<String, String> fields(String html) {
        var fields = new LinkedHashMap<String, String>();
        Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">").matcher(html).results()
                .forEach(found -> fields.put(found.group(1), found.group(2)));
        return fields;
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_before_effect", "error_after_effect", "reset_before_effect", "reset_after_effect", "half_response", "garbage"})
    void whatever_happens_to_a_creation_there_is_one_invoice(String fault) {
        sandbox.fault(merchant, "createPaymentInvoice", "\"fault\":\"" + fault + "\"");
        PaymentInvoice invoice = client.paymentInvoices().create(order().build());
        assertThat(invoice.referenceId()).isEqualTo(reference);
        assertThat(client.paymentInvoices().list(1, 100)).extracting(PaymentInvoice::id).containsExactly(invoice.id());
        assertThat(client.paymentInvoices().find(reference)).contains(client.paymentInvoices().get(invoice.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"422", "409", "429"})
    void a_saved_card_is_charged_once_per_reference_whatever_happens(String duplicateStatus) {
        become("{\"duplicate_status\":\"" + duplicateStatus + "\"}");
        var customer = Customer.of("C-7");
        var first = NewInvoice.builder("FIRST", NewInvoice.cardService("EUR"), BigDecimal.TEN, "EUR").customer(customer).tokenize().build();
        SecretText token = paid(first).savedCardToken().orElseThrow();
        var order = order().customer(customer).token(token).chargeAtOnce().build();
        sandbox.fault(merchant, "createPaymentInvoice", "\"fault\":\"reset_after_effect\"");
        assertThat(PaymentOutcome.of(client.paymentInvoices().create(order))).isInstanceOf(PaymentOutcome.Paid.class);
        assertThat(PaymentOutcome.of(client.paymentInvoices().create(order))).as("called again").isInstanceOf(PaymentOutcome.Paid.class);
        assertThat(sandbox.movements(merchant)).containsExactly("sale 1000 eur FIRST", "sale 5000 eur " + reference);
        var other = NewInvoice.builder(reference, NewInvoice.cardService("EUR"), BigDecimal.ONE, "EUR").build();
        assertThatThrownBy(() -> client.paymentInvoices().create(other)).isInstanceOf(IdempotenceException.class);
    }

    @ParameterizedTest
    @CsvSource({"error_after_effect,Paid", "reset_after_effect,Paid", "garbage,Paid", "reset_before_effect,Pending", "error_before_effect,Pending"})
    void a_sale_without_a_clear_answer_is_sent_once_and_told_by_the_invoice(String fault, String outcome) {
        PaymentInvoice invoice = client.paymentInvoices().create(order().build());
        sandbox.fault(merchant, "sale", "\"fault\":\"" + fault + "\"");
        assertThatThrownBy(() -> client.cardGate().sale(invoice, card(SUCCESS, 12, 40), null))
                .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        PaymentInvoice after = client.paymentInvoices().get(invoice.id());
        assertThat(PaymentOutcome.of(after).getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(after.attempt()).isInstanceOf(outcome.equals("Paid") ? PaymentInvoice.Attempt.Begun.class : PaymentInvoice.Attempt.None.class);
        assertThat(sandbox.seen(merchant)).filteredOn(seen -> seen.path().endsWith("/sale")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_after_effect", "reset_after_effect", "half_response"})
    void a_refund_whose_answer_is_lost_is_found_and_made_once(String fault) {
        PaymentInvoice invoice = paid(order().build());
        sandbox.fault(merchant, "createRefund", "\"fault\":\"" + fault + "\"");
        assertThat(client.refunds(invoice.id()).create(NewRefund.of("REF-1", BigDecimal.TEN))).isInstanceOf(RefundOutcome.Succeeded.class);
        assertThat(sandbox.movements(merchant)).containsExactly("sale 5000 eur " + reference, "refund 1000 eur REF-1");
    }

    @Test
    void a_refund_that_did_not_arrive_stays_in_doubt_and_is_not_sent_again() {
        PaymentInvoice invoice = paid(order().build());
        sandbox.fault(merchant, "createRefund", "\"fault\":\"reset_before_effect\"");
        assertThatThrownBy(() -> client.refunds(invoice.id()).create(NewRefund.of("REF-1", BigDecimal.TEN)))
                .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThat(client.refunds(invoice.id()).find("REF-1")).isInstanceOf(RefundLookup.Absent.class);
        assertThat(sandbox.movements(merchant)).hasSize(1);
    }

    @Test
    void older_answers_and_pending_and_failing_refunds_are_understood() {
        become("{\"refund_answer\":\"invoice\",\"refunds_listed\":\"false\"}");
        PaymentInvoice invoice = paid(order().build());
        assertThat(client.refunds(invoice.id()).create(NewRefund.of("REF-1", BigDecimal.TEN))).isInstanceOf(RefundOutcome.Succeeded.class);
        assertThat(client.refunds(invoice.id()).find("REF-1")).isInstanceOf(RefundLookup.NotTold.class);
        become("{}");
        PaymentInvoice slow = client.paymentInvoices().create(order().build());
        client.cardGate().sale(slow, card("4000000000005126", 12, 40), null);
        assertThat(client.refunds(slow.id()).create(NewRefund.of("REF-1", BigDecimal.TEN))).asInstanceOf(type(RefundOutcome.Pending.class))
                .satisfies(pending -> sandbox.post("complete",
                        "{\"provider\":\"corefy\",\"provider_id\":\"" + pending.refund().id() + "\",\"result\":\"declined\"}"));
        assertThat(client.refunds(slow.id()).find("REF-1")).asInstanceOf(type(RefundLookup.Found.class))
                .satisfies(found -> assertThat(found.refund().status()).isEqualTo(Refund.Status.FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_after_effect", "reset_after_effect"})
    void a_payout_in_two_steps_is_paid_once_and_its_state_is_always_known(String fault) {
        var payout = NewPayout.builder("OUT-1", "payment_card_eur", new BigDecimal("12.50"), "EUR").card(SecretText.of(SUCCESS), 12, 40, null).build();
        sandbox.fault(merchant, "createPayoutInvoice", "\"fault\":\"" + fault + "\"");
        assertThat(client.payouts().create(payout)).asInstanceOf(type(PayoutOutcome.Waiting.class)).satisfies(waiting -> {
            assertThat(sandbox.movements(merchant)).isEmpty();
            sandbox.fault(merchant, "processPayoutInvoice", "\"fault\":\"" + fault + "\"");
            assertThatThrownBy(() -> client.payouts().process(waiting.payout().id()))
                    .satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
            assertThat(PayoutOutcome.of(client.payouts().get(waiting.payout().id()))).isInstanceOf(PayoutOutcome.Paid.class);
        });
        assertThat(sandbox.movements(merchant)).containsExactly("payout 1250 eur OUT-1");
    }

    @Test
    void holds_balances_and_services_are_understood() {
        client.close();
        client = CorefyClient.of(merchant.config().capturePath("/payment-invoices/{id}/capture").voidPath("/payment-invoices/{id}/void").build());
        PaymentInvoice held = client.paymentInvoices().create(order().delayedCharge().build());
        assertThat(client.cardGate().sale(held, card(SUCCESS, 12, 40), null)).isInstanceOf(SaleOutcome.Paid.class);
        assertThat(PaymentOutcome.of(client.paymentInvoices().get(held.id()))).isInstanceOf(PaymentOutcome.Pending.class);
        assertThat(PaymentOutcome.of(client.paymentInvoices().capture(held.id(), new BigDecimal("30")))).asInstanceOf(type(PaymentOutcome.Paid.class))
                .satisfies(captured -> assertThat(captured.isPartial()).isTrue());
        assertThat(client.account().balances()).extracting(Balance::currency).contains("EUR");
        assertThat(client.publicApi().paymentServices("EUR", null).services()).extracting(OfferedServices.Service::code)
                .contains("payment_card_eur_hpp", "ideal_eur_hpp");
        assertThat(client.publicApi().payoutServices("EUR", BigDecimal.TEN).testMode()).isTrue();
    }

    @Test
    void callbacks_are_genuine_and_tell_what_a_read_tells() throws IOException {
        var received = new CopyOnWriteArrayList<Callback>();
        var refused = new CopyOnWriteArrayList<Exception>();
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String signature = exchange.getRequestHeaders().getFirst("X-Signature");
            try {
                received.add(Callbacks.of(merchant.config().build()).parse(body, Headers.of("X-Signature", signature)));
            } catch (SdkException e) {
                refused.add(e);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        shop.start();
        try {
            sandbox.fault(merchant, "payment-invoices.process_pending", "\"fault\":\"webhook_bad_signature\"");
            PaymentInvoice invoice = paid(order().callbackUrl(URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/")).build());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(received).hasSize(1));
            assertThat(refused).hasSize(1);
            assertThat(received.get(0)).asInstanceOf(type(Callback.Payment.class))
                    .satisfies(callback -> assertThat(callback.invoice()).isEqualTo(invoice));
        } finally {
            shop.stop(0);
        }
    }

    @Test
    void the_real_limit_and_wrong_keys_are_told() {
        become("{\"rate_limit_per_minute\":\"2\"}");
        client.account().balances();
        client.account().balances();
        client.close();
        client = CorefyClient.of(merchant.config().retryCount(0).build());
        assertThatThrownBy(() -> client.account().balances()).asInstanceOf(type(RateLimitException.class))
                .satisfies(e -> assertThat(e.retryAfter()).isPresent());
        try (var stranger = CorefyClient.of(merchant.config().apiKey(SecretText.of("wrong")).build())) {
            assertThatThrownBy(() -> stranger.account().balances()).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void the_intents_dialect_is_understood_too() {
        var config = CorefyConfig.builder().dialect(Dialect.INTENTS).baseUrl(merchant.url()).accountId(merchant.credential("account_id"))
                .apiKey(SecretText.of(merchant.credential("api_key"))).secretKey(SecretText.of(merchant.credential("secret_key"))).testMode(true).build();
        try (var intents = CorefyIntentsClient.of(config)) {
            PaymentIntent intent = intents.paymentIntents().create(NewIntent.of(new BigDecimal("100.00"), "USD", reference));
            assertThat(IntentOutcome.of(intent)).isInstanceOf(IntentOutcome.Open.class);
            assertThat(intents.paymentIntents().confirm(intent.id(), card("4000000000009995", 12, 40), null))
                    .asInstanceOf(type(IntentOutcome.Declined.class))
                    .satisfies(declined -> assertThat(declined.error().declineCode()).isEqualTo("insufficient_funds"));
            assertThat(intents.paymentIntents().confirm(intent.id(), card(CHALLENGE, 12, 40), Fixtures.browser()))
                    .asInstanceOf(type(IntentOutcome.ActionRequired.class))
                    .satisfies(required -> throughChallenge(required.challenge().form(), "pass"));
            PaymentIntent paid = intents.paymentIntents().get(intent.id());
            assertThat(IntentOutcome.of(paid)).isInstanceOf(IntentOutcome.Succeeded.class);
            assertThat(intents.refund(String.valueOf(paid.paymentId()), new BigDecimal("50.00"), "Customer requested refund").status())
                    .isEqualTo(Refund.Status.SUCCEEDED);
            var customer = intents.customers().create("ona@example.com", "Ona Petraite", null, null);
            var saved = intents.customers().saveCard(customer.id(), card("4242424242424242", 12, 40), CallContext.none());
            assertThat(intents.customers().paymentMethods(customer.id(), CallContext.none())).extracting(IntentPaymentMethod::id)
                    .isEqualTo(List.of(saved.id()));
            PaymentIntent next = intents.paymentIntents().create(NewIntent.of(BigDecimal.ONE, "USD", reference).withCustomer(customer.id()));
            assertThat(intents.paymentIntents().confirmSaved(next.id(), saved.id())).isInstanceOf(IntentOutcome.Succeeded.class);
        }
        assertThat(sandbox.movements(merchant)).containsExactly("sale 10000 usd " + reference, "refund 5000 usd ", "sale 100 usd " + reference);
    }
}
