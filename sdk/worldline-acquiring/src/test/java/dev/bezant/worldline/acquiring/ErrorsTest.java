package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.worldline.acquiring.model.ApiPaymentErrorResponse;
import dev.bezant.worldline.acquiring.model.GetDccRateRequest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/protocols/worldline-acquiring.md, section 5, over real HTTP. */
class ErrorsTest {
    private TestServer server;
    private AcquiringClient client;
    private MerchantClient merchant;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
        merchant = client.v1().acquirer("1").merchant("2");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException, false", "402, ApiException, false", "403, AuthorizationException, false",
        "404, ReferenceException, false", "405, ApiException, false", "409, IdempotenceException, true", "410, ReferenceException, false",
        "422, ValidationException, false", "429, RateLimitException, true", "500, PlatformException, true", "502, PlatformException, true",
        "503, PlatformException, true", "504, PlatformException, true"})
    void each_status_has_its_exception_which_says_whether_something_may_have_happened(int status, String name, boolean may) {
        server.answer(status, Bodies.problem(status, ""));
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().processPayment(Bodies.PAYMENT));
        assertThat(e.getClass().getSimpleName()).isEqualTo(name);
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.mayHaveTakenEffect()).isEqualTo(may);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void a_token_that_is_rejected_twice_is_an_authentication_failure_and_nothing_happened() {
        server.answer(401, Bodies.problem(401, "no"));
        var e = catchThrowableOfType(AuthenticationException.class, () -> merchant.payments().processPayment(Bodies.PAYMENT));
        assertThat(e.mayHaveTakenEffect()).isFalse();
        assertThat(server.requests).extracting(request -> request.header("Authorization")).containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void a_refused_client_is_told_what_to_do_and_the_api_is_not_asked() {
        server.answerToken(401, "{\"error\":\"invalid_client\",\"error_description\":\"Unknown\"}");
        assertThatThrownBy(() -> merchant.payments().processPayment(Bodies.PAYMENT)).asInstanceOf(type(OAuth2Exception.class)).satisfies(e -> {
            assertThat(e.error()).isEqualTo("invalid_client");
            assertThat(e).hasMessageContaining("Check client id and secret").hasMessageNotContaining(TestServer.SECRET);
            assertThat(e.mayHaveTakenEffect()).isFalse();
        });
        assertThat(server.requests).isEmpty();
    }

    @Test
    void an_error_carries_what_the_platform_says_and_no_card_data() {
        server.answer(400, Bodies.problem(400, "4176 6699 9900 0104 is wrong"), Map.of("Content-Type", "application/problem+json"));
        assertThatThrownBy(() -> merchant.payments().processPayment(Bodies.PAYMENT)).asInstanceOf(type(ValidationException.class)).satisfies(e -> {
            assertThat(e).hasMessage("The provider answered 400 Kind: ************ is wrong");
            ApiPaymentErrorResponse body = e.problem().body(ApiPaymentErrorResponse.class).orElseThrow();
            assertThat(body.type()).contains("https://example.com/kind");
            assertThat(body.requestId()).contains("r-1");
            assertThat(e.toString() + e.problem()).doesNotContain("4176");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200|garbage", "200|''", "200|[]", "400|<html>", "403|oops", "404|{}", "404|[]", "409|oops", "302|''",
        "307|x"})
    void what_is_not_the_platforms_own_may_have_happened_and_keeps_its_status(int status, String body) {
        server.answer(status, body, Map.of("Content-Type", "text/html"));
        var e = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().processPayment(Bodies.PAYMENT));
        assertThat(e.wasSent()).isEqualTo(Sent.MAYBE);
        assertThat(e.mayHaveTakenEffect()).isTrue();
        assertThat(e.status()).hasValue(status);
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"404|<html>|ReferenceException", "404|''|ReferenceException", "403|x|AuthorizationException",
        "409|''|ReferenceException", "502|<html>|PlatformException"})
    void a_reading_call_needs_no_more_than_the_status(int status, String body, String name) {
        server.answer(status, body, Map.of("Content-Type", "text/html"));
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().getPaymentStatus("p", null));
        assertThat(e.getClass().getSimpleName()).isEqualTo(name);
        assertThat(e.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void a_conflict_names_the_operation_and_one_without_an_id_is_another() {
        server.answer(409, Bodies.problem(409, ""));
        assertThatThrownBy(() -> merchant.payments().simpleCaptureOfPayment("p", Bodies.CAPTURE))
                .asInstanceOf(type(IdempotenceException.class)).satisfies(e -> assertThat(e.idempotenceKey()).isEqualTo("op-2"));
        assertThatThrownBy(() -> merchant.dynamicCurrencyConversion().requestDccRate(GetDccRateRequest.builder().build()))
                .isInstanceOf(ReferenceException.class);
    }

    @Test
    void an_answer_about_something_else_is_no_answer() {
        server.answer(201, Bodies.AUTHORIZED);
        assertThatThrownBy(() -> merchant.payments().processPayment(Bodies.payment("op-9")))
                .isInstanceOfSatisfying(CommunicationException.class, e -> assertThat(e.mayHaveTakenEffect()).isTrue());
        server.answer(200, "{\"paymentId\":\"other\",\"status\":\"CONFIRMED\"}");
        assertThatThrownBy(() -> merchant.payments().getPaymentStatus("p", null)).isInstanceOf(CommunicationException.class);
        server.answer(200, "{\"status\":\"CONFIRMED\"}");
        assertThatThrownBy(() -> merchant.refunds().getRefund("r", null)).isInstanceOf(CommunicationException.class);
    }

    @Test
    void a_decline_is_an_answer() {
        server.answer(201, Bodies.DECLINED);
        var answer = merchant.payments().processPaymentAsync(Bodies.PAYMENT, CallContext.none()).join();
        assertThat(answer.isDeclined()).isTrue();
        assertThat(answer.responseCode()).contains("51");
    }
}
