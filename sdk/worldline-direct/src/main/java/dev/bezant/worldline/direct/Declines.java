package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.model.Model;
import dev.bezant.sdk.model.ModelType;
import dev.bezant.worldline.direct.model.APIError;
import dev.bezant.worldline.direct.model.CompletePaymentResponse;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.ErrorResponse;
import dev.bezant.worldline.direct.model.OrderStatusOutput;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PaymentStatusOutput;
import dev.bezant.worldline.direct.model.PaymentView;
import dev.bezant.worldline.direct.model.PayoutResponse;
import dev.bezant.worldline.direct.model.PayoutResult;
import dev.bezant.worldline.direct.model.RefundResponse;
import dev.bezant.worldline.direct.model.SubsequentPaymentResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * How one kind of transaction is declined: with an error's answer that holds it, or with a success whose status says so.
 *
 * @param <R> the answer of a success
 * @param <T> what an error's answer holds
 * @param member of the error's answer
 * @param result of a success, in the shape of the error's
 * @param reasons that the transaction itself holds
 */
record Declines<R extends Model, T extends Model>(
        String member, Class<T> type, Function<R, T> result, Predicate<T> declined, Function<T, List<APIError>> reasons,
        BiFunction<Problem, T, DeclinedTransactionException> exception) {

    static final Declines<CreatePaymentResponse, CreatePaymentResponse> CREATE = payment(response -> response);
    static final Declines<CompletePaymentResponse, CreatePaymentResponse> COMPLETE = payment(response -> CreatePaymentResponse.builder()
            .payment(response.payment().orElse(null))
            .creationOutput(response.creationOutput().orElse(null))
            .merchantAction(response.merchantAction().orElse(null))
            .build());
    static final Declines<SubsequentPaymentResponse, CreatePaymentResponse> SUBSEQUENT = payment(
            response -> CreatePaymentResponse.builder().payment(response.payment().orElse(null)).build());
    static final Declines<RefundResponse, RefundResponse> REFUND = new Declines<>(
            "refundResult", RefundResponse.class, response -> response, RefundResponse::isDeclined,
            refund -> refund.statusOutput().map(OrderStatusOutput::errors).orElse(List.of()), DeclinedRefundException::new);
    static final Declines<PayoutResponse, PayoutResult> PAYOUT = new Declines<>(
            "payoutResult", PayoutResult.class, Declines::result, PayoutResult::isDeclined, payout -> List.of(), DeclinedPayoutException::new);

    /** For calls whose success has no known shape, but whose error can hold a payment. */
    static <R extends Model> Declines<R, CreatePaymentResponse> errorsOnly() {
        return payment(response -> CreatePaymentResponse.builder().build());
    }

    private static <R extends Model> Declines<R, CreatePaymentResponse> payment(Function<R, CreatePaymentResponse> result) {
        return new Declines<>("paymentResult", CreatePaymentResponse.class, result,
                response -> response.payment().filter(PaymentView::isDeclined).isPresent(),
                response -> response.payment().flatMap(PaymentResponse::statusOutput).map(PaymentStatusOutput::errors).orElse(List.of()),
                DeclinedPaymentException::new);
    }

    private static PayoutResult result(PayoutResponse response) {
        return PayoutResult.builder()
                .id(response.id().orElse(null))
                .payoutOutput(response.payoutOutput().orElse(null))
                .statusText(response.statusText().orElse(null))
                .statusOutput(response.statusOutput().orElse(null))
                .build();
    }

    /** @throws DeclinedTransactionException when a success is none */
    void check(String method, int status, R response) {
        T transaction = result.apply(response);
        if (declined.test(transaction)) {
            var reason = ErrorResponse.builder().errors(reasons.apply(transaction)).build();
            throw exception.apply(Errors.problem(method, status, reason), transaction);
        }
    }

    /** Of an error's answer; empty when it holds no transaction. */
    Optional<DeclinedTransactionException> of(Problem problem, JsonNode body) {
        T transaction = ModelType.of(type).read(body.path(member));
        return transaction == null ? Optional.empty() : Optional.of(exception.apply(problem, transaction));
    }
}
