package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.GetBatchStatusResponse;
import dev.bezant.worldline.direct.model.PaymentsReportResponse;
import dev.bezant.worldline.direct.model.SubmitBatchRequestBody;
import dev.bezant.worldline.direct.model.SubmitBatchResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Many operations at once. A body can be large: {@code CallContext.Builder.compressBody()} compresses it. */
public final class MerchantBatchClient {
    private final Gateway gateway;

    MerchantBatchClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Hands one over; it is not carried out yet. */
    public SubmitBatchResponse submitBatch(SubmitBatchRequestBody request) {
        return submitBatch(request, CallContext.none());
    }

    public SubmitBatchResponse submitBatch(SubmitBatchRequestBody request, CallContext context) {
        return gateway.post("submitBatch", context, "merchant-batches").body(request).read(SubmitBatchResponse.class);
    }

    public CompletableFuture<SubmitBatchResponse> submitBatchAsync(SubmitBatchRequestBody request, CallContext context) {
        return gateway.async(() -> submitBatch(request, context));
    }

    /** Has one carried out. */
    public void processBatch(String merchantBatchReference) {
        processBatch(merchantBatchReference, CallContext.none());
    }

    public void processBatch(String merchantBatchReference, CallContext context) {
        gateway.post("processBatch", context, "merchant-batches", merchantBatchReference, "process").done();
    }

    public CompletableFuture<@Nullable Void> processBatchAsync(String merchantBatchReference, CallContext context) {
        return gateway.async(() -> {
            processBatch(merchantBatchReference, context);
            return null;
        });
    }

    /** How far one is. */
    public GetBatchStatusResponse getBatchStatus(String merchantBatchReference) {
        return getBatchStatus(merchantBatchReference, CallContext.none());
    }

    public GetBatchStatusResponse getBatchStatus(String merchantBatchReference, CallContext context) {
        return gateway.get("getBatchStatus", context, "merchant-batches", merchantBatchReference).read(GetBatchStatusResponse.class);
    }

    public CompletableFuture<GetBatchStatusResponse> getBatchStatusAsync(String merchantBatchReference, CallContext context) {
        return gateway.async(() -> getBatchStatus(merchantBatchReference, context));
    }

    /**
     * What became of its payments. Known from the vendor's newest library only, the answer's fields not at all: read them as other fields.
     */
    public PaymentsReportResponse getPaymentsReport(String merchantBatchReference) {
        return getPaymentsReport(merchantBatchReference, CallContext.none());
    }

    public PaymentsReportResponse getPaymentsReport(String merchantBatchReference, CallContext context) {
        return gateway.get("getPaymentsReport", context, "merchant-batches", merchantBatchReference, "reports", "payments")
                .read(PaymentsReportResponse.class);
    }

    public CompletableFuture<PaymentsReportResponse> getPaymentsReportAsync(String merchantBatchReference, CallContext context) {
        return gateway.async(() -> getPaymentsReport(merchantBatchReference, context));
    }
}
