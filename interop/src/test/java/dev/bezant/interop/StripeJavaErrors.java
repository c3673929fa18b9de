package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Every failure is the exception that Stripe's client for Java has for it. */
abstract class StripeJavaErrors {
    private final StripeClient client = StripeClients.merchant();

    private static PaymentIntentCreateParams pay(String token, long amount) {
        return PaymentIntentCreateParams.builder().setAmount(amount).setCurrency("eur").setPaymentMethod(token).setConfirm(true).build();
    }

    @Test
    void a_decline_is_a_card_exception_with_everything_about_it() {
        var declined = catchThrowableOfType(CardException.class,
                () -> client.v1().paymentIntents().create(pay("pm_card_visa_chargeDeclinedInsufficientFunds", 1500)));
        assertThat(declined.getStatusCode()).isEqualTo(402);
        assertThat(declined.getCode()).isEqualTo("card_declined");
        assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(declined.getCharge()).startsWith("ch_");
        assertThat(declined.getParam()).isEqualTo("payment_method");
        assertThat(declined.getRequestId()).startsWith("req_");
        assertThat(declined.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
        assertThat(declined.getStripeError().getPaymentMethod().getCard().getLast4()).isEqualTo("9995");
    }

    @Test
    void wrong_requests_name_the_parameter() {
        var small = catchThrowableOfType(InvalidRequestException.class, () -> client.v1().paymentIntents().create(pay("pm_card_visa", 1)));
        assertThat(small.getCode()).isEqualTo("amount_too_small");
        assertThat(small.getParam()).isEqualTo("amount");
        var missing = catchThrowableOfType(InvalidRequestException.class, () -> client.v1().paymentIntents().retrieve("pi_none"));
        assertThat(missing.getStatusCode()).isEqualTo(404);
        assertThat(missing.getCode()).isEqualTo("resource_missing");
        var unknown = catchThrowableOfType(InvalidRequestException.class,
                () -> client.v1().paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(1000L).setCurrency("eur")
                        .putExtraParam("ammount", 5).build()));
        assertThat(unknown.getCode()).isEqualTo("parameter_unknown");
    }

    @Test
    void a_wrong_state_carries_the_intent() throws StripeException {
        var paid = client.v1().paymentIntents().create(pay("pm_card_visa", 1500));
        var late = catchThrowableOfType(InvalidRequestException.class, () -> client.v1().paymentIntents().cancel(paid.getId()));
        assertThat(late.getCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(late.getStripeError().getPaymentIntent().getId()).isEqualTo(paid.getId());
    }

    @Test
    void keys_that_do_not_work_are_authentication_exceptions() {
        assertThat(catchThrowableOfType(AuthenticationException.class, () -> StripeClients.of("sk_test_nobodys").v1().balance().retrieve()).getStatusCode())
                .isEqualTo(401);
        String expiring = BezantProcess.shared().key("--expires", "PT1S");
        var expired = await().atMost(Duration.ofSeconds(30)).until(
                () -> catchThrowableOfType(AuthenticationException.class, () -> StripeClients.of(expiring).v1().balance().retrieve()), it -> it != null);
        assertThat(expired.getCode()).isEqualTo("api_key_expired");
    }

    @Test
    void a_restricted_key_is_a_permission_exception_where_it_may_not() throws StripeException {
        StripeClient restricted = StripeClients.of(BezantProcess.shared().key("--allow", "charges:read"));
        assertThat(restricted.v1().charges().list().getData()).isNotNull();
        var refused = catchThrowableOfType(PermissionException.class, () -> restricted.v1().customers().create());
        assertThat(refused.getStatusCode()).isEqualTo(403);
        var publishable = catchThrowableOfType(PermissionException.class,
                () -> StripeClients.of(BezantProcess.shared().publishableKey()).v1().customers().list());
        assertThat(publishable.getCode()).isEqualTo("secret_key_required");
    }

    @Test
    void a_call_for_another_account_is_a_permission_exception() {
        var refused = catchThrowableOfType(PermissionException.class,
                () -> client.v1().customers().list(RequestOptions.builder().setStripeAccount("acct_other").build()));
        assertThat(refused.getCode()).isEqualTo("account_invalid");
    }

    @Test
    void too_many_requests_are_a_rate_limit_exception() {
        StripeClient limited = StripeClients.of(BezantProcess.shared().key("--requests", "2"));
        var refused = catchThrowableOfType(RateLimitException.class, () -> {
            for (int i = 0; i < 3; i++) {
                limited.v1().customers().list();
            }
        });
        assertThat(refused.getStatusCode()).isEqualTo(429);
    }

    @Test
    void another_request_under_the_same_key_is_an_idempotency_exception() throws StripeException {
        var options = RequestOptions.builder().setIdempotencyKey(UUID.randomUUID().toString()).build();
        client.v1().paymentIntents().create(pay("pm_card_visa", 1500), options);
        var refused = catchThrowableOfType(IdempotencyException.class, () -> client.v1().paymentIntents().create(pay("pm_card_visa", 1600), options));
        assertThat(refused.getStatusCode()).isEqualTo(400);
    }

    @Test
    void a_provider_that_cannot_be_reached_for_a_refund_is_an_api_exception() throws StripeException {
        var paid = new ArrayList<PaymentIntent>();
        for (int i = 0; i < 5; i++) {
            paid.add(client.v1().paymentIntents().create(pay("pm_card_visa", 1500)));
        }
        try (var _ = SandboxFault.of("{\"provider\":\"cardinity\",\"fault\":\"refuse\"}")) {
            // On a connection that was open before, whether a request arrived is not known: such a refund is pending.
            var refused = paid.stream().map(it -> catchThrowableOfType(ApiException.class, () -> client.v1().refunds().create(
                    RefundCreateParams.builder().setPaymentIntent(it.getId()).build(), RequestOptions.builder().setMaxNetworkRetries(0).build())))
                    .filter(Objects::nonNull).findFirst().orElseThrow();
            assertThat(refused.getStatusCode()).isEqualTo(503);
            assertThat(refused.getRequestId()).startsWith("req_");
        }
    }

    @Test
    void a_request_that_is_still_being_worked_on_is_an_api_exception() {
        var options = RequestOptions.builder().setIdempotencyKey(UUID.randomUUID().toString()).setMaxNetworkRetries(0).build();
        try (var fault = SandboxFault.of("{\"provider\":\"cardinity\",\"operation\":\"createPayment\",\"fault\":\"delay\",\"delay_ms\":4000}")) {
            var first = CompletableFuture.supplyAsync(() -> succeeded(pay("pm_card_visa", 1700), options));
            await().atMost(Duration.ofSeconds(30)).until(fault::struck);
            var second = catchThrowableOfType(ApiException.class, () -> client.v1().paymentIntents().create(pay("pm_card_visa", 1700), options));
            assertThat(second.getStatusCode()).isEqualTo(409);
            assertThat(second.getCode()).isEqualTo("idempotency_key_in_use");
            assertThat(first.join()).isTrue();
        }
    }

    private boolean succeeded(PaymentIntentCreateParams params, RequestOptions options) {
        try {
            return client.v1().paymentIntents().create(params, options).getStatus().equals("succeeded");
        } catch (StripeException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void what_does_not_exist_here_is_an_invalid_request() {
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> client.v1().subscriptions().list()).getStatusCode()).isEqualTo(404);
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> client.v1().products().list()).getStatusCode()).isEqualTo(404);
    }

    @Test
    void no_server_is_a_connection_exception() {
        StripeClient nobody = StripeClient.builder().setApiKey("sk_test_x").setApiBase("http://127.0.0.1:1").build();
        assertThat(catchThrowableOfType(ApiConnectionException.class, () -> nobody.v1().balance().retrieve())).isNotNull();
    }
}
