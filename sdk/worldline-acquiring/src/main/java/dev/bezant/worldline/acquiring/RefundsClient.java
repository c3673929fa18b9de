package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.ApiActionResponseForRefund;
import dev.bezant.worldline.acquiring.model.ApiCaptureRequestForRefund;
import dev.bezant.worldline.acquiring.model.ApiRefundRequest;
import dev.bezant.worldline.acquiring.model.ApiRefundResource;
import dev.bezant.worldline.acquiring.model.ApiRefundResponse;
import dev.bezant.worldline.acquiring.model.ApiRefundReversalRequest;
import dev.bezant.worldline.acquiring.model.GetRefundParams;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Refunds: those without a payment before, and what is done with any refund afterwards. */
public final class RefundsClient {
    private final Gateway gateway;

    RefundsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Gives money to a card; with {@code captureImmediately} at once. */
    public ApiRefundResponse processStandaloneRefund(ApiRefundRequest request) {
        return processStandaloneRefund(request, CallContext.none());
    }

    public ApiRefundResponse processStandaloneRefund(ApiRefundRequest request, CallContext context) {
        return gateway.post(Operation.PROCESS_STANDALONE_REFUND, context, "refunds").body(request, request.operationId())
                .readResult(ApiRefundResponse.class);
    }

    public CompletableFuture<ApiRefundResponse> processStandaloneRefundAsync(ApiRefundRequest request, CallContext context) {
        return gateway.async(() -> processStandaloneRefund(request, context));
    }

    /**
     * How a refund stands.
     *
     * @param params null for the refund alone, without what was done to it
     */
    public ApiRefundResource getRefund(String refundId, @Nullable GetRefundParams params) {
        return getRefund(refundId, params, CallContext.none());
    }

    public ApiRefundResource getRefund(String refundId, @Nullable GetRefundParams params, CallContext context) {
        return gateway.get(Operation.GET_REFUND, context, "refunds", refundId).query(params)
                .readAbout(refundId, ApiRefundResource.class, ApiRefundResource::refundId);
    }

    public CompletableFuture<ApiRefundResource> getRefundAsync(String refundId, @Nullable GetRefundParams params, CallContext context) {
        return gateway.async(() -> getRefund(refundId, params, context));
    }

    /** Carries out a refund that was authorized. */
    public ApiActionResponseForRefund captureRefund(String refundId, ApiCaptureRequestForRefund request) {
        return captureRefund(refundId, request, CallContext.none());
    }

    public ApiActionResponseForRefund captureRefund(String refundId, ApiCaptureRequestForRefund request, CallContext context) {
        return gateway.post(Operation.CAPTURE_REFUND, context, "refunds", refundId, "captures")
                .body(request, request.operationId()).readResult(ApiActionResponseForRefund.class);
    }

    public CompletableFuture<ApiActionResponseForRefund> captureRefundAsync(String refundId, ApiCaptureRequestForRefund request, CallContext context) {
        return gateway.async(() -> captureRefund(refundId, request, context));
    }

    /** Gives up a refund that was authorized and not carried out. */
    public ApiActionResponseForRefund reverseRefundAuthorization(String refundId, ApiRefundReversalRequest request) {
        return reverseRefundAuthorization(refundId, request, CallContext.none());
    }

    public ApiActionResponseForRefund reverseRefundAuthorization(String refundId, ApiRefundReversalRequest request, CallContext context) {
        return gateway.post(Operation.REVERSE_REFUND_AUTHORIZATION, context, "refunds", refundId, "authorization-reversals")
                .body(request, request.operationId()).readResult(ApiActionResponseForRefund.class);
    }

    public CompletableFuture<ApiActionResponseForRefund> reverseRefundAuthorizationAsync(
            String refundId, ApiRefundReversalRequest request, CallContext context) {
        return gateway.async(() -> reverseRefundAuthorization(refundId, request, context));
    }
}
