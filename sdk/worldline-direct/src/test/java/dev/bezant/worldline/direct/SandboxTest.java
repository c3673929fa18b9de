package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.worldline.direct.SandboxProcess.Merchant;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.Card;
import dev.bezant.worldline.direct.model.CardPaymentMethodSpecificInput;
import dev.bezant.worldline.direct.model.CardPayoutMethodSpecificInput;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.ErrorResponse;
import dev.bezant.worldline.direct.model.ExpiryDate;
import dev.bezant.worldline.direct.model.Feedbacks;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.NextAction;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.Progress;
import dev.bezant.worldline.direct.model.RedirectionData;
import dev.bezant.worldline.direct.model.RefundRequest;
import dev.bezant.worldline.direct.model.ThreeDSecure;
import dev.bezant.worldline.direct.model.WebhookType;
import dev.bezant.worldline.direct.page.BrowserReturn;
import dev.bezant.worldline.direct.webhook.WebhookEvent;
import dev.bezant.worldline.direct.webhook.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against the built sandbox: two readings of docs/protocols/worldline-direct.md that were made apart. */
class SandboxTest {
    static final String VISA = "4012000033330026";
    private static final String DECLINED = "4321456998744563";
    private static SandboxProcess sandbox;

    private Merchant account;
    private DirectClient client;
    private MerchantClient merchant;

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
        account = sandbox.merchant("{}");
        client = account.client().build();
        merchant = client.merchant(account.credential("merchant_id"));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_payment_is_authorized_captured_in_parts_and_refunded_and_the_ledger_agrees() {
        String id = id(merchant.payments().createPayment(payment(VISA, 800)).payment().orElseThrow());
        assertThat(merchant.payments().getPayment(id).progress()).isEqualTo(Progress.WAITS_FOR_MERCHANT);
        merchant.payments().capturePayment(id, CapturePaymentRequest.builder().amount(300).isFinal(false).build());
        merchant.payments().capturePayment(id, CapturePaymentRequest.builder().amount(500).isFinal(true).build());
        assertThat(merchant.payments().getPayment(id).isPaid()).isTrue();
        merchant.payments().refundPayment(id, RefundRequest.builder().amountOfMoney(Money.of(800, "EUR")).build());
        assertThat(merchant.payments().getPayment(id).progress()).isEqualTo(Progress.GIVEN_BACK);
        assertThat(merchant.payments().getPaymentDetails(id).operations()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(merchant.captures().getCaptures(id).captures()).hasSize(2);
        assertThat(merchant.refunds().getRefunds(id).refunds()).hasSize(1);
        assertThat(sandbox.movements(account)).containsExactly("authorization 800 eur", "capture 300 eur", "capture 500 eur", "refund 800 eur");
    }

    @Test
    void a_challenge_takes_the_payer_to_the_bank_and_back() {
        var request = payment("4000002500003155", 1000);
        var input = request.cardPaymentMethodSpecificInput().orElseThrow().toBuilder()
                .threeDSecure(ThreeDSecure.builder()
                        .redirectionData(RedirectionData.builder().returnUrl("https://shop.example/back?order=7").build()).build())
                .build();
        var created = merchant.payments().createPayment(request.toBuilder().cardPaymentMethodSpecificInput(input).build());
        String id = id(created.payment().orElseThrow());
        var redirect = (NextAction.Redirect) created.nextAction();
        var response = SandboxProcess.exchange(HttpRequest.newBuilder(URI.create(redirect.address() + auto(redirect.address()))).GET());
        URI back = URI.create(response.headers().firstValue("Location").orElseThrow());
        assertThat(back).hasHost("shop.example").hasParameter("order", "7");
        assertThat(BrowserReturn.parse(back.getRawQuery()).verify(redirect.returnMac(), id).paymentId()).isEqualTo(id);
        assertThat(merchant.payments().getPayment(id).progress()).isEqualTo(Progress.WAITS_FOR_MERCHANT);
    }

    @Test
    void declines_carry_the_payment_the_refund_and_the_payout() {
        var payment = catchThrowableOfType(DeclinedPaymentException.class, () -> merchant.payments().createPayment(payment(DECLINED, 1000)));
        assertThat(payment.result().payment().orElseThrow().isDeclined()).isTrue();
        assertThat(payment.reasons().get(0).errorCode()).contains("30041001");
        assertThat(payment.mayHaveTakenEffect()).isFalse();

        String id = id(merchant.payments().createPayment(payment(VISA, 5000)).payment().orElseThrow());
        merchant.payments().capturePayment(id, CapturePaymentRequest.builder().build());
        var refund = catchThrowableOfType(DeclinedRefundException.class, () -> merchant.payments().refundPayment(id,
                RefundRequest.builder().amountOfMoney(Money.of(1303, "EUR")).build()));
        assertThat(refund.result().isDeclined()).isTrue();

        var payout = catchThrowableOfType(DeclinedPayoutException.class, () -> merchant.payouts().createPayout(CreatePayoutRequest.builder()
                .amountOfMoney(Money.of(1000, "EUR")).cardPayoutMethodSpecificInput(CardPayoutMethodSpecificInput.builder()
                        .paymentProductId(PaymentProductIds.VISA).card(card(DECLINED)).build()).build()));
        assertThat(payout.result().isDeclined()).isTrue();
        assertThat(sandbox.movements(account)).containsExactly("authorization 5000 eur", "capture 5000 eur");
    }

    @Test
    void refusals_have_their_types() {
        String id = id(merchant.payments().createPayment(payment(VISA, 800)).payment().orElseThrow());
        assertThatThrownBy(() -> merchant.payments().refundPayment(id, Bodies.REFUND)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> merchant.payments().getPayment("9999999999_0")).isInstanceOf(ReferenceException.class);
        assertThatThrownBy(() -> client.merchant("000000").services().testConnection()).isInstanceOf(AuthorizationException.class);
        try (var stranger = account.client().secretApiKey(SecretText.of("wrong")).build()) {
            var e = catchThrowableOfType(AuthorizationException.class, () -> stranger.merchant("1").services().testConnection());
            assertThat(e.problem().body(ErrorResponse.class).orElseThrow().errors().get(0).code()).contains("9007");
        }
        assertThat(sandbox.movements(account)).containsExactly("authorization 800 eur");
    }

    @ParameterizedTest
    @CsvSource({"500, error_before_effect, 0", "500, error_after_effect, 1", "502, error_before_effect, 0", "503, error_after_effect, 1",
        "504, error_before_effect, 0"})
    void a_platform_failure_may_have_taken_effect(int status, String fault, int movements) {
        sandbox.fault(account, "createPayment", "\"fault\":\"" + fault + "\",\"status\":" + status);
        var e = catchThrowableOfType(PlatformException.class, () -> merchant.payments().createPayment(payment(VISA, 100)));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(sandbox.movements(account)).hasSize(movements);
    }

    @ParameterizedTest
    @CsvSource({"reset_before_effect, 0", "reset_after_effect, 1", "half_response, 1", "garbage, 1"})
    void what_is_lost_may_have_taken_effect_and_the_key_brings_it_back(String fault, int movements) {
        var context = CallContext.builder().newIdempotenceKey().build();
        sandbox.fault(account, "createPayment", "\"fault\":\"" + fault + "\"");
        var e = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().createPayment(payment(VISA, 100), context));
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(sandbox.movements(account)).hasSize(movements);
        assertThat(merchant.payments().createPayment(payment(VISA, 100), context).payment()).isPresent();
        assertThat(Idempotence.requestTimestamp(context).isPresent()).isEqualTo(movements == 1);
        assertThat(sandbox.movements(account)).containsExactly("authorization 100 eur");
    }

    @Test
    void a_policy_that_repeats_keyed_calls_pays_once_though_the_answer_was_lost() {
        sandbox.fault(account, "createPayment", "\"fault\":\"reset_after_effect\"");
        var policy = RetryPolicy.of(3, Duration.ofMillis(1), Duration.ofMillis(5)).repeatingKeyedCalls();
        try (var repeating = account.client().retryPolicy(policy).build()) {
            var context = CallContext.builder().newIdempotenceKey().build();
            repeating.merchant(account.credential("merchant_id")).payments().createPayment(payment(VISA, 100), context);
            assertThat(context.lastResponse().orElseThrow().attempt()).isEqualTo(2);
        }
        assertThat(sandbox.movements(account)).containsExactly("authorization 100 eur");
    }

    @Test
    void the_same_key_at_once_is_refused_as_a_duplicate_in_progress() {
        sandbox.fault(account, "createPayment", "\"fault\":\"delay\",\"delay_ms\":8000");
        var first = CallContext.builder().idempotenceKey("at-once").build();
        var second = CallContext.builder().idempotenceKey("at-once").build();
        var running = merchant.payments().createPaymentAsync(payment(VISA, 100), first);
        await().until(() -> sandbox.hasStruck(account));
        var e = catchThrowableOfType(IdempotenceException.class, () -> merchant.payments().createPayment(payment(VISA, 100), second));
        assertThat(e.idempotenceKey()).isEqualTo("at-once");
        assertThat(running.join().payment()).isPresent();
        var third = CallContext.builder().idempotenceKey("at-once").build();
        assertThat(merchant.payments().createPayment(payment(VISA, 100), third)).isEqualTo(running.join());
        assertThat(Idempotence.requestTimestamp(third)).isPresent();
        assertThat(sandbox.movements(account)).hasSize(1);
    }

    @Test
    void a_clock_that_is_wrong_is_refused_and_nothing_happens() {
        sandbox.fault(account, "createPayment", "\"fault\":\"clock_skew\"");
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().createPayment(payment(VISA, 100)));
        assertThat(e.mayHaveTakenEffect()).isFalse();
        assertThat(sandbox.movements(account)).isEmpty();
    }

    @Test
    void webhooks_of_a_payment_are_genuine_and_typed() throws IOException {
        var keys = new InMemorySecretKeyStore().store(account.credential("webhooks_key_id"), SecretText.of(account.credential("webhooks_secret")));
        var webhooks = Webhooks.of(keys);
        List<WebhookEvent> events = new CopyOnWriteArrayList<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = Headers.of(
                    Webhooks.KEY_ID_HEADER, exchange.getRequestHeaders().getFirst(Webhooks.KEY_ID_HEADER),
                    Webhooks.SIGNATURE_HEADER, exchange.getRequestHeaders().getFirst(Webhooks.SIGNATURE_HEADER));
            events.add(webhooks.parse(exchange.getRequestBody().readAllBytes(), headers));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            var created = merchant.payments().createPayment(payment(VISA, 100).toBuilder()
                    .feedbacks(Feedbacks.builder().webhooksUrls(List.of(url)).build()).build());
            await().until(() -> events.stream().anyMatch(event -> event.type() == WebhookType.PAYMENT_PENDING_CAPTURE));
            assertThat(events).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(WebhookEvent.OfPayment.class,
                    about -> assertThat(about.payment().id()).isEqualTo(created.payment().orElseThrow().id())));
            assertThat(events.get(0).merchantId()).isEqualTo(account.credential("merchant_id"));
        } finally {
            server.stop(0);
        }
    }

    static CreatePaymentRequest payment(String number, long amount) {
        return CreatePaymentRequest.builder()
                .order(Order.builder().amountOfMoney(Money.of(amount, "EUR")).build())
                .cardPaymentMethodSpecificInput(CardPaymentMethodSpecificInput.builder()
                        .paymentProductId(PaymentProductIds.VISA).card(card(number)).build())
                .build();
    }

    static Card card(String number) {
        return Card.builder().cardNumber(SecretText.of(number)).cardholderName("A B").cvv(SecretText.of("123")).expiryDate(ExpiryDate.of(12, 2035))
                .build();
    }

    private static String id(PaymentResponse payment) {
        return payment.id().orElseThrow();
    }

    private static String auto(URI address) {
        return (address.getRawQuery() == null ? "?" : "&") + "auto=pass";
    }
}
