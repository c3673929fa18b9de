package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.CompletePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.ErrorCategory;
import dev.bezant.worldline.direct.model.ErrorResponse;
import dev.bezant.worldline.direct.model.IncrementAuthorizationRequest;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.Order;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PaymentStatus;
import dev.bezant.worldline.direct.model.ProblemDetailsResponse;
import dev.bezant.worldline.direct.model.SubsequentPaymentRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/protocols/worldline-direct.md, section 5, over real HTTP. */
class ErrorsTest {
    private static final CapturePaymentRequest ALL = CapturePaymentRequest.builder().build();

    private TestServer server;
    private DirectClient client;
    private MerchantClient merchant;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
        merchant = client.merchant("PSPID");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException, false", "401, AuthenticationException, false", "402, ApiException, false",
        "403, AuthorizationException, false", "404, ReferenceException, false", "405, ApiException, false", "409, ReferenceException, false",
        "410, ReferenceException, false", "422, ValidationException, false", "429, RateLimitException, true", "500, PlatformException, true",
        "502, PlatformException, true", "503, PlatformException, true", "504, PlatformException, true"})
    void each_status_has_its_exception_which_says_whether_something_may_have_happened(int status, String name, boolean may) {
        server.answer(status, Bodies.error("SOME_ID", ""));
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().capturePayment("1_0", ALL));
        assertThat(e.getClass().getSimpleName()).isEqualTo(name);
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.mayHaveTakenEffect()).isEqualTo(may);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void an_error_carries_its_id_its_reasons_and_no_card_data() {
        server.answer(400, Bodies.error("INVALID_VALUE", ",\"code\":\"1008\",\"httpStatusCode\":400,\"propertyName\":\"card.cardNumber\","
                + "\"retriable\":false,\"message\":\"4012 0000 3333 0026 is wrong\",\"new\":\"4012000033330026\""));
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT)).asInstanceOf(type(ValidationException.class)).satisfies(e -> {
            assertThat(e).hasMessage(
                    "The provider answered 400 (error e-1); card.cardNumber: INVALID_VALUE [50001111] ************ is wrong");
            ErrorResponse body = e.problem().body(ErrorResponse.class).orElseThrow();
            assertThat(body.errorId()).contains("e-1");
            assertThat(body.errors().get(0).retriable()).contains(false);
            assertThat(body.errors().get(0).category()).contains(ErrorCategory.DIRECT_PLATFORM_ERROR);
            assertThat(e.problem().code()).isEqualTo("50001111");
            assertThat(e.errors().get(0).field()).isEqualTo("card.cardNumber");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 404, 409, 500, 201})
    void a_declined_payment_is_declined_whatever_the_status(int status) {
        server.answer(status, status == 201 ? Bodies.payment("REJECTED") : Bodies.declinedPayment("REJECTED"));
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT))
                .asInstanceOf(type(DeclinedPaymentException.class)).satisfies(e -> {
                    assertThat(e).hasMessage("declined payment '3254564310_0' with status 'REJECTED' (HTTP " + status + ")");
                    PaymentResponse payment = e.result().payment().orElseThrow();
                    assertThat(payment.status()).contains(PaymentStatus.REJECTED);
                    assertThat(payment.statusOutput().orElseThrow().errors().get(0).errorCode()).contains("30511001");
                    assertThat(e.status()).isEqualTo(status);
                    assertThat(e.problem().code()).isEqualTo("30511001");
                    assertThat(e.reasons().get(0).id()).contains("INSUFFICIENT_FUNDS");
                    assertThat(e.mayHaveTakenEffect()).isFalse();
                });
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING_CAPTURE", "CAPTURED", "SPARKLING", ""})
    void an_error_that_holds_a_payment_in_another_state_is_not_believed_to_have_done_nothing(String word) {
        server.answer(402, Bodies.declinedPayment(word));
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT))
                .asInstanceOf(type(DeclinedPaymentException.class)).satisfies(e -> assertThat(e.mayHaveTakenEffect()).isTrue());
    }

    @Test
    void completed_subsequent_and_incremented_payments_are_declined_alike() {
        var order = Order.builder().amountOfMoney(Money.of(1, "EUR")).build();
        for (int status : new int[] {402, 201}) {
            server.answer(status, status == 201 ? Bodies.payment("REJECTED") : Bodies.declinedPayment("REJECTED"));
            assertThatThrownBy(() -> merchant.complete().completePayment("1_0", CompletePaymentRequest.builder().order(order).build()))
                    .isInstanceOf(DeclinedPaymentException.class);
            assertThatThrownBy(() -> merchant.subsequent().subsequentPayment("1_0", SubsequentPaymentRequest.builder().build()))
                    .isInstanceOf(DeclinedPaymentException.class);
        }
        server.answer(402, Bodies.declinedPayment("REJECTED"));
        assertThatThrownBy(() -> merchant.preAuthorization().incrementAuthorization("1_0", IncrementAuthorizationRequest.builder().build()))
                .isInstanceOf(DeclinedPaymentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 201})
    void a_declined_refund_carries_the_refund(int status) {
        String refund = "{\"id\":\"1_1\",\"status\":\"REJECTED\",\"refundOutput\":{\"amountOfMoney\":{\"amount\":145,\"currencyCode\":\"EUR\"}}}";
        server.answer(status, status == 201 ? refund : "{\"errorId\":\"e\",\"errors\":[],\"refundResult\":" + refund + "}");
        assertThatThrownBy(() -> merchant.payments().refundPayment("1_0", Bodies.REFUND))
                .asInstanceOf(type(DeclinedRefundException.class)).satisfies(e -> {
                    assertThat(e.result().refundOutput().orElseThrow().amountOfMoney()).contains(Money.of(145, "EUR"));
                    assertThat(e.mayHaveTakenEffect()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 201})
    void a_declined_payout_carries_the_payout(int status) {
        String payout = "{\"id\":\"4_0\",\"status\":\"REJECTED_CREDIT\"}";
        server.answer(status, status == 201 ? payout : "{\"errorId\":\"e\",\"errors\":[],\"payoutResult\":" + payout + "}");
        assertThatThrownBy(() -> merchant.payouts().createPayout(CreatePayoutRequest.builder().build()))
                .asInstanceOf(type(DeclinedPayoutException.class)).satisfies(e -> {
                    assertThat(e.result().id()).contains("4_0");
                    assertThat(e.mayHaveTakenEffect()).isFalse();
                });
    }

    @Test
    void a_decline_of_an_operation_that_is_not_declined_is_an_ordinary_error() {
        server.answer(402, Bodies.declinedPayment("REJECTED"));
        assertThatThrownBy(() -> merchant.payments().capturePayment("1_0", ALL)).isInstanceOf(ApiException.class)
                .isNotInstanceOf(DeclinedTransactionException.class);
    }

    @Test
    void errors_in_the_form_of_rfc_9457() {
        server.answer(404, "{\"type\":\"t\",\"title\":\"Not found\",\"status\":404,\"detail\":\"no session\",\"instance\":\"/x\"}",
                Map.of("Content-Type", "application/problem+json"));
        assertThatThrownBy(() -> merchant.hostedFields().getHostedFieldsSession("x")).asInstanceOf(type(ReferenceException.class)).satisfies(e -> {
            assertThat(e).hasMessage("The provider answered 404 Not found: no session");
            assertThat(e.problem().body(ProblemDetailsResponse.class).orElseThrow().instance()).contains("/x");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200|garbage", "200|''", "200|[]", "400|<html>", "403|''", "404|''", "404|{}", "409|oops", "302|''",
        "307|x"})
    void what_is_not_the_platforms_own_may_have_happened_and_keeps_its_status(int status, String body) {
        server.answer(status, body, Map.of("Content-Type", "text/html"));
        var e = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().createPayment(Bodies.PAYMENT));
        assertThat(e.wasSent()).isEqualTo(Sent.MAYBE);
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(e.status()).hasValue(status);
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"404|<html>|ReferenceException", "404|''|ReferenceException", "403|x|AuthorizationException",
        "502|<html>|PlatformException"})
    void a_reading_call_needs_no_more_than_the_status(int status, String body, String name) {
        server.answer(status, body, Map.of("Content-Type", "text/html"));
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().getPayment("1_0"));
        assertThat(e.getClass().getSimpleName()).isEqualTo(name);
        assertThat(e.mayHaveTakenEffect()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"errorId\":\"e\",\"errors\":[{\"errorCode\":\"1409\"}]}|",
        "{\"errorId\":\"e\",\"errors\":[{\"errorCode\":\"50001111\"},{\"errorCode\":\"1409\"}]}|",
        "{\"errorId\":\"e\",\"errors\":[{\"id\":\"DUPLICATE_REQUEST_IN_PROGRESS\",\"httpStatusCode\":409}]}|",
        "{\"errorId\":\"e\",\"errors\":[]}|1700000000123",
        "{\"errorId\":\"e\",\"errors\":[{\"errorCode\":\"1409\"}]}|1700000000123",
        "{\"errorId\":\"e\",\"errors\":[{\"errorCode\":\"1409\"}]}|not a number"})
    void a_duplicate_in_progress_is_the_idempotence_exception_it_is(String body, String timestamp) {
        server.answer(409, body, timestamp == null ? Map.of() : Map.of("X-GCS-Idempotence-Request-Timestamp", timestamp));
        var context = CallContext.builder().idempotenceKey("key-1").build();
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT, context))
                .asInstanceOf(type(IdempotenceException.class)).satisfies(e -> {
                    assertThat(e.idempotenceKey()).isEqualTo("key-1");
                    assertThat(e.mayHaveTakenEffect()).isTrue();
                    boolean told = "1700000000123".equals(timestamp);
                    assertThat(e.firstRequestAt()).isEqualTo(
                            told ? java.util.Optional.of(Instant.ofEpochMilli(1_700_000_000_123L)) : java.util.Optional.empty());
                });
    }

    @Test
    void a_conflict_without_a_key_or_without_a_sign_of_a_duplicate_is_another_one() {
        server.answer(409, "{\"errorId\":\"e\",\"errors\":[{\"errorCode\":\"1409\"}]}");
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT)).isInstanceOf(ReferenceException.class);
        server.answer(409, Bodies.error("SOMETHING", ""));
        var context = CallContext.builder().idempotenceKey("key-1").build();
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT, context)).isInstanceOf(ReferenceException.class);
    }
}
