package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.ApiActionResponse;
import dev.bezant.worldline.acquiring.model.ApiActionResponseForRefund;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequest;
import dev.bezant.worldline.acquiring.model.ApiIncrementRequest;
import dev.bezant.worldline.acquiring.model.ApiIncrementResponse;
import dev.bezant.worldline.acquiring.model.ApiPaymentRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.ApiPaymentResource;
import dev.bezant.worldline.acquiring.model.ApiPaymentResponse;
import dev.bezant.worldline.acquiring.model.ApiPaymentReversalRequest;
import dev.bezant.worldline.acquiring.model.ApiReversalResponse;
import dev.bezant.worldline.acquiring.model.GetPaymentStatusParams;
import dev.bezant.worldline.acquiring.model.OperationResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Payments with cards. A decline is an answer, not an exception: see {@link OperationResult}. */
public final class PaymentsClient {
    private final Gateway gateway;

    PaymentsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Authorizes an amount, or with {@code captureImmediately} takes it at once. After an exception whose {@code mayHaveTakenEffect()} is true, take the
     * payment back: {@link #processPaymentOrTakeBack} does that, or {@link TechnicalReversalsClient} later.
     */
    public ApiPaymentResponse processPayment(ApiPaymentRequest request) {
        return processPayment(request, CallContext.none());
    }

    public ApiPaymentResponse processPayment(ApiPaymentRequest request, CallContext context) {
        return gateway.post(Operation.PROCESS_PAYMENT, context, "payments").body(request, request.operationId()).readResult(ApiPaymentResponse.class);
    }

    public CompletableFuture<ApiPaymentResponse> processPaymentAsync(ApiPaymentRequest request, CallContext context) {
        return gateway.async(() -> processPayment(request, context));
    }

    /**
     * How a payment stands.
     *
     * @param params null for the payment alone, without what was done to it
     */
    public ApiPaymentResource getPaymentStatus(String paymentId, @Nullable GetPaymentStatusParams params) {
        return getPaymentStatus(paymentId, params, CallContext.none());
    }

    public ApiPaymentResource getPaymentStatus(String paymentId, @Nullable GetPaymentStatusParams params, CallContext context) {
        return gateway.get(Operation.GET_PAYMENT_STATUS, context, "payments", paymentId).query(params)
                .readAbout(paymentId, ApiPaymentResource.class, ApiPaymentResource::paymentId);
    }

    public CompletableFuture<ApiPaymentResource> getPaymentStatusAsync(String paymentId, @Nullable GetPaymentStatusParams params, CallContext context) {
        return gateway.async(() -> getPaymentStatus(paymentId, params, context));
    }

    /** Takes what was authorized, wholly or in part. */
    public ApiActionResponse simpleCaptureOfPayment(String paymentId, ApiCaptureRequest request) {
        return simpleCaptureOfPayment(paymentId, request, CallContext.none());
    }

    public ApiActionResponse simpleCaptureOfPayment(String paymentId, ApiCaptureRequest request, CallContext context) {
        return gateway.post(Operation.SIMPLE_CAPTURE_OF_PAYMENT, context, "payments", paymentId, "captures")
                .body(request, request.operationId()).readResult(ApiActionResponse.class);
    }

    public CompletableFuture<ApiActionResponse> simpleCaptureOfPaymentAsync(String paymentId, ApiCaptureRequest request, CallContext context) {
        return gateway.async(() -> simpleCaptureOfPayment(paymentId, request, context));
    }

    /** Releases what was authorized, wholly or in part. */
    public ApiReversalResponse reverseAuthorization(String paymentId, ApiPaymentReversalRequest request) {
        return reverseAuthorization(paymentId, request, CallContext.none());
    }

    public ApiReversalResponse reverseAuthorization(String paymentId, ApiPaymentReversalRequest request, CallContext context) {
        return gateway.post(Operation.REVERSE_AUTHORIZATION, context, "payments", paymentId, "authorization-reversals")
                .body(request, request.operationId()).readResult(ApiReversalResponse.class);
    }

    public CompletableFuture<ApiReversalResponse> reverseAuthorizationAsync(String paymentId, ApiPaymentReversalRequest request, CallContext context) {
        return gateway.async(() -> reverseAuthorization(paymentId, request, context));
    }

    /** Authorizes more. */
    public ApiIncrementResponse incrementPayment(String paymentId, ApiIncrementRequest request) {
        return incrementPayment(paymentId, request, CallContext.none());
    }

    public ApiIncrementResponse incrementPayment(String paymentId, ApiIncrementRequest request, CallContext context) {
        return gateway.post(Operation.INCREMENT_PAYMENT, context, "payments", paymentId, "increments")
                .body(request, request.operationId()).readResult(ApiIncrementResponse.class);
    }

    public CompletableFuture<ApiIncrementResponse> incrementPaymentAsync(String paymentId, ApiIncrementRequest request, CallContext context) {
        return gateway.async(() -> incrementPayment(paymentId, request, context));
    }

    /** Gives back what was captured, wholly or in part; with {@code captureImmediately} at once. */
    public ApiActionResponseForRefund createRefund(String paymentId, ApiPaymentRefundRequest request) {
        return createRefund(paymentId, request, CallContext.none());
    }

    public ApiActionResponseForRefund createRefund(String paymentId, ApiPaymentRefundRequest request, CallContext context) {
        return gateway.post(Operation.CREATE_REFUND, context, "payments", paymentId, "refunds")
                .body(request, request.operationId()).readResult(ApiActionResponseForRefund.class);
    }

    public CompletableFuture<ApiActionResponseForRefund> createRefundAsync(String paymentId, ApiPaymentRefundRequest request, CallContext context) {
        return gateway.async(() -> createRefund(paymentId, request, context));
    }

    /**
     * Processes a payment and leaves nothing held for one whose answer was lost, or said neither yes nor no: then the operation is taken back at once,
     * and again a few times until that is confirmed. Blocks for it.
     *
     * @param reversalOperationId your own id for taking back; kept beside that of the payment, so that it can be repeated later
     * @throws dev.bezant.sdk.error.SdkException when nothing happened: it was refused, or never sent
     */
    public CertainPayment processPaymentOrTakeBack(ApiPaymentRequest request, String reversalOperationId, CallContext context) {
        return new TakingBack(this, new TechnicalReversalsClient(gateway), gateway.clock()).process(request, reversalOperationId, context);
    }

    public CompletableFuture<CertainPayment> processPaymentOrTakeBackAsync(
            ApiPaymentRequest request, String reversalOperationId, CallContext context) {
        return gateway.async(() -> processPaymentOrTakeBack(request, reversalOperationId, context));
    }
}
