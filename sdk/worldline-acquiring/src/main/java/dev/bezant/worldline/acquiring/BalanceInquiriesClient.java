package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.ApiBalanceInquiryRequest;
import dev.bezant.worldline.acquiring.model.ApiBalanceInquiryResponse;
import java.util.concurrent.CompletableFuture;

/** What is left on prepaid cards. */
public final class BalanceInquiriesClient {
    private final Gateway gateway;

    BalanceInquiriesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Asks the issuer for a balance. */
    public ApiBalanceInquiryResponse processBalanceInquiry(ApiBalanceInquiryRequest request) {
        return processBalanceInquiry(request, CallContext.none());
    }

    public ApiBalanceInquiryResponse processBalanceInquiry(ApiBalanceInquiryRequest request, CallContext context) {
        return gateway.post(Operation.PROCESS_BALANCE_INQUIRY, context, "balance-inquiries")
                .body(request, request.operationId()).readResult(ApiBalanceInquiryResponse.class);
    }

    public CompletableFuture<ApiBalanceInquiryResponse> processBalanceInquiryAsync(ApiBalanceInquiryRequest request, CallContext context) {
        return gateway.async(() -> processBalanceInquiry(request, context));
    }
}
