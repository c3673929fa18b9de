package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.acquiring.model.GetDccRateRequest;
import dev.bezant.worldline.acquiring.model.GetDccRateResponse;
import java.util.concurrent.CompletableFuture;

/** Rates for offering the payer a currency of theirs. */
public final class DynamicCurrencyConversionClient {
    private final Gateway gateway;

    DynamicCurrencyConversionClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Asks for a rate. */
    public GetDccRateResponse requestDccRate(GetDccRateRequest request) {
        return requestDccRate(request, CallContext.none());
    }

    public GetDccRateResponse requestDccRate(GetDccRateRequest request, CallContext context) {
        return gateway.post(Operation.REQUEST_DCC_RATE, context, "dcc-rates").body(request, request.operationId()).read(GetDccRateResponse.class);
    }

    public CompletableFuture<GetDccRateResponse> requestDccRateAsync(GetDccRateRequest request, CallContext context) {
        return gateway.async(() -> requestDccRate(request, context));
    }
}
