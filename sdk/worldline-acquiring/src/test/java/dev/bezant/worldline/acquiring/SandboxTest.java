package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.worldline.acquiring.SandboxProcess.Merchant;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiIncrementRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.GetPaymentStatusParams;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.OperationType;
import dev.bezant.worldline.acquiring.model.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the built sandbox: two readings of docs/protocols/worldline-acquiring.md that were made apart. */
class SandboxTest {
    private static final GetPaymentStatusParams WITH_OPERATIONS = GetPaymentStatusParams.builder().returnOperations(true).build();
    private static final String TOKEN_REQUEST = "POST /connect/token 200";
    private static SandboxProcess sandbox;

    private Merchant account;
    private AcquiringClient client;
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
        become("{\"token_seconds\":\"31536000\"}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** @param settings of the sandbox's account */
    private void become(String settings) {
        if (client != null) {
            client.close();
        }
        account = sandbox.merchant(settings);
        client = account.client().build();
        merchant = account.of(client);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static ApiPaymentRequest payment(long amount) {
        return Bodies.payment(fresh()).toBuilder().amount(Money.of(amount, "GBP")).build();
    }

    private static ApiPaymentRequest sale(long amount) {
        var payment = payment(amount);
        return payment.toBuilder().cardPaymentData(payment.cardPaymentData().orElseThrow().toBuilder().captureImmediately(true).build()).build();
    }

    private String paid(ApiPaymentRequest request) {
        return merchant.payments().processPayment(request).paymentId().orElseThrow();
    }

    private Progress progress(String paymentId) {
        return merchant.payments().getPaymentStatus(paymentId, null).progress();
    }

    private static ApiTechnicalReversalRequest reversal() {
        return ApiTechnicalReversalRequest.builder().operationId(fresh()).reason("TIMEOUT").build();
    }

    @Test
    void a_payment_grows_is_captured_in_parts_and_given_back_and_the_ledger_agrees() {
        String id = paid(payment(800));
        var grown = merchant.payments().incrementPayment(id,
                ApiIncrementRequest.builder().operationId(fresh()).incrementAmount(Money.of(200, "GBP")).build());
        assertThat(grown.totalAuthorizedAmount()).contains(Money.of(1000, "GBP"));
        merchant.payments().reverseAuthorization(id,
                ApiPaymentReversalRequest.builder().operationId(fresh()).reversalAmount(Money.of(100, "GBP")).build());
        merchant.payments().simpleCaptureOfPayment(id, ApiCaptureRequest.builder().operationId(fresh()).amount(Money.of(300, "GBP"))
                .captureSequenceNumber(1).isFinal(false).build());
        merchant.payments().simpleCaptureOfPayment(id, ApiCaptureRequest.builder().operationId(fresh()).amount(Money.of(600, "GBP"))
                .captureSequenceNumber(2).isFinal(true).build());
        assertThat(progress(id)).isEqualTo(Progress.CAPTURED);
        var refund = merchant.payments().createRefund(id,
                ApiPaymentRefundRequest.builder().operationId(fresh()).amount(Money.of(250, "GBP")).captureImmediately(true).build());
        assertThat(refund.isApproved()).isTrue();
        String refundId = refund.refund().orElseThrow().refundId().orElseThrow();
        assertThat(merchant.refunds().getRefund(refundId, null).progress()).isEqualTo(Progress.CAPTURED);
        assertThat(merchant.payments().getPaymentStatus(id, WITH_OPERATIONS).operations())
                .extracting(operation -> operation.operationType().orElseThrow())
                .containsExactly(OperationType.AUTHORIZATION, OperationType.INCREMENT, OperationType.AUTHORIZATION_REVERSAL, OperationType.CAPTURE,
                        OperationType.CAPTURE, OperationType.REFUND);
        assertThat(sandbox.movements(account)).containsExactly("authorization 800 gbp", "authorization 200 gbp", "void 100 gbp",
                "capture 300 gbp", "capture 600 gbp", "refund 250 gbp");
    }

    @Test
    void a_decline_a_part_and_what_is_pending_are_told_apart() {
        var declined = merchant.payments().processPayment(payment(9951));
        assertThat(declined.isDeclined()).isTrue();
        assertThat(declined.progress()).isEqualTo(Progress.DECLINED);
        assertThat(declined.responseCode()).contains("51");
        assertThat(declined.additionalResponseData().orElseThrow().merchantAdviceCode()).contains("02");

        var whole = payment(9910);
        var part = merchant.payments().processPayment(whole.toBuilder().cardPaymentData(
                whole.cardPaymentData().orElseThrow().toBuilder().allowPartialApproval(true).build()).build());
        assertThat(part.isPartiallyApproved()).isTrue();
        assertThat(part.isApproved()).isFalse();
        assertThat(part.totalAuthorizedAmount()).contains(Money.of(4955, "GBP"));

        var pending = merchant.payments().processPayment(payment(9977));
        assertThat(pending.isApproved() || pending.isDeclined()).isFalse();
        assertThat(pending.progress()).isEqualTo(Progress.UNDER_WAY);
        sandbox.advance("PT61M");
        assertThat(progress(pending.paymentId().orElseThrow())).isEqualTo(Progress.WAITS_FOR_MERCHANT);
    }

    @Test
    void refusals_have_their_types() {
        String id = paid(payment(500));
        assertThatThrownBy(() -> merchant.payments().createRefund(id, ApiPaymentRefundRequest.builder().operationId(fresh()).build()))
                .isInstanceOf(ValidationException.class).hasMessageContaining("given back");
        assertThatThrownBy(() -> merchant.payments().getPaymentStatus("nobody", null)).isInstanceOf(ReferenceException.class);
        assertThatThrownBy(() -> client.v1().acquirer("1").merchant("2").payments().getPaymentStatus(id, null))
                .isInstanceOf(AuthorizationException.class);
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp");
    }

    @Test
    void who_has_no_credentials_or_no_scope_is_told_what_to_do() {
        try (var stranger = account.client().clientSecret(SecretText.of("wrong")).build()) {
            assertThatThrownBy(() -> stranger.v1().ping().ping()).isInstanceOf(OAuth2Exception.class).hasMessageContaining("invalid_client");
        }
        try (var modest = account.client().scopes(Scope.of(Operation.PING)).build()) {
            modest.v1().ping().ping();
            assertThatThrownBy(() -> account.of(modest).payments().processPayment(payment(500))).isInstanceOf(AuthorizationException.class)
                    .hasMessageContaining("processing_payment");
        }
        become("{\"scopes\":\"services_ping\"}");
        assertThatThrownBy(() -> client.v1().ping().ping()).isInstanceOf(AuthenticationException.class).hasMessageContaining("oauth2.scopes");
        assertThat(sandbox.movements(account)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500, error_before_effect, 0", "500, error_after_effect, 1", "502, error_before_effect, 0", "503, error_after_effect, 1",
        "504, error_before_effect, 0"})
    void a_platform_failure_may_have_taken_effect(int status, String fault, int movements) {
        sandbox.fault(account, "processPayment", "\"fault\":\"" + fault + "\",\"status\":" + status);
        var e = catchThrowableOfType(PlatformException.class, () -> merchant.payments().processPayment(payment(500)));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(sandbox.movements(account)).hasSize(movements);
    }

    @ParameterizedTest
    @CsvSource({"reset_before_effect, 0", "reset_after_effect, 1", "half_response, 1", "garbage, 1"})
    void what_is_lost_may_have_taken_effect_and_the_same_request_brings_it_back_here(String fault, int movements) {
        sandbox.fault(account, "processPayment", "\"fault\":\"" + fault + "\"");
        var request = payment(500);
        var e = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().processPayment(request));
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(sandbox.movements(account)).hasSize(movements);
        assertThat(merchant.payments().processPayment(request).isApproved()).isTrue();
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_after_effect", "half_response", "garbage", "error_after_effect"})
    void a_payment_whose_answer_was_lost_is_taken_back_and_nothing_stays(String fault) {
        sandbox.fault(account, "processPayment", "\"fault\":\"" + fault + "\"");
        var outcome = merchant.payments().processPaymentOrTakeBack(sale(500), fresh(), CallContext.none());
        assertThat(outcome).isInstanceOf(CertainPayment.TakenBack.class);
        assertThat(sandbox.movements(account)).containsExactly("sale 500 gbp", "void 500 gbp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_after_effect", "error_before_effect", "garbage"})
    void a_lost_answer_to_taking_back_is_asked_for_again(String fault) {
        sandbox.fault(account, "processPayment", "\"fault\":\"reset_after_effect\"");
        sandbox.fault(account, "technicalReversal", "\"fault\":\"" + fault + "\",\"count\":2");
        var outcome = merchant.payments().processPaymentOrTakeBack(payment(500), fresh(), CallContext.none());
        assertThat(outcome).isInstanceOf(CertainPayment.TakenBack.class);
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp", "void 500 gbp");
    }

    @Test
    void what_never_arrived_is_told_as_such_and_a_late_reversal_still_works() {
        sandbox.fault(account, "processPayment", "\"fault\":\"reset_before_effect\"");
        var request = payment(500);
        var outcome = merchant.payments().processPaymentOrTakeBack(request, fresh(), CallContext.none());
        assertThat(outcome).isInstanceOf(CertainPayment.NotArrived.class);
        assertThat(merchant.payments().processPayment(request).isApproved()).as("it was on its way").isTrue();
        assertThat(merchant.technicalReversals().technicalReversal(request.operationId().orElseThrow(), reversal()).isApproved()).isTrue();
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp", "void 500 gbp");
    }

    @Test
    void what_is_still_under_way_is_taken_back_once_it_is_done() {
        sandbox.fault(account, "processPayment", "\"fault\":\"delay\",\"delay_ms\":2000");
        var request = payment(500);
        var impatient = CallContext.builder().totalTimeout(Duration.ofMillis(500)).build();
        client.v1().ping().ping();
        var outcome = merchant.payments().processPaymentOrTakeBack(request, fresh(), impatient);
        assertThat(outcome).isNotInstanceOf(CertainPayment.Answered.class);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> merchant.technicalReversals()
                .technicalReversal(request.operationId().orElseThrow(), reversal()).isApproved());
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp", "void 500 gbp");
    }

    @Test
    void the_same_operation_at_once_is_refused_and_a_used_id_is_never_taken_for_nothing() {
        sandbox.fault(account, "processPayment", "\"fault\":\"delay\",\"delay_ms\":8000");
        var request = payment(500);
        var running = merchant.payments().processPaymentAsync(request, CallContext.none());
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.hasStruck(account));
        var e = catchThrowableOfType(IdempotenceException.class, () -> merchant.payments().processPayment(request));
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(running.join().isApproved()).isTrue();
        var other = request.toBuilder().amount(Money.of(600, "GBP")).build();
        assertThatThrownBy(() -> merchant.payments().processPayment(other)).isInstanceOf(IdempotenceException.class);
        assertThat(merchant.payments().processPayment(request)).isEqualTo(running.join());
        assertThat(sandbox.movements(account)).containsExactly("authorization 500 gbp");
    }

    @Test
    void a_token_that_was_rejected_is_renewed_once_and_the_call_repeated() {
        become("{\"token_calls\":\"1\"}");
        for (int i = 0; i < 5; i++) {
            assertThat(merchant.payments().processPayment(payment(500)).isApproved()).isTrue();
        }
        assertThat(sandbox.movements(account)).hasSize(5);
        assertThat(sandbox.seen(account).stream().filter(TOKEN_REQUEST::equals)).hasSize(5);
        sandbox.fault(account, "processPayment", "\"fault\":\"clock_skew\",\"delay_ms\":86400000,\"count\":2");
        var e = catchThrowableOfType(AuthenticationException.class, () -> merchant.payments().processPayment(payment(500)));
        assertThat(e.mayHaveTakenEffect()).isFalse();
        assertThat(sandbox.movements(account)).hasSize(5);
    }

    /** However many calls need one: each token is asked for once, and no call fails because its token ends. */
    @Test
    void a_thousand_calls_while_tokens_end_every_second_ask_for_each_once() {
        become("{\"token_seconds\":\"1\"}");
        var tokenRequests = new AtomicInteger();
        var options = ConnectionOptions.builder().maxConnections(20).leaseTimeout(Duration.ofSeconds(60)).build();
        var threads = Executors.newCachedThreadPool();
        long began = System.nanoTime();
        try (var busy = account.client().connectionOptions(options).executor(threads)
                .observer(attempt -> tokenRequests.addAndGet(attempt.operation().equals("requestToken") ? 1 : 0)).build()) {
            String id = account.of(busy).payments().processPayment(payment(500)).paymentId().orElseThrow();
            var calls = IntStream.range(0, 1000)
                    .mapToObj(i -> account.of(busy).payments().getPaymentStatusAsync(id, null, CallContext.none())).toList();
            assertThat(calls).allSatisfy(call -> assertThat(call.join().progress()).isEqualTo(Progress.WAITS_FOR_MERCHANT));
        } finally {
            threads.shutdownNow();
        }
        // A successor is fetched when four fifths of a token's life are over, not before.
        long lives = Duration.ofNanos(System.nanoTime() - began).toMillis() / 800;
        assertThat(tokenRequests.get()).isBetween(1, (int) lives + 2);
    }
}
