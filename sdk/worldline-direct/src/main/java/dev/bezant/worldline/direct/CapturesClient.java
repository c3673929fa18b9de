package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CapturesResponse;
import java.util.concurrent.CompletableFuture;

/** The captures of payments. */
public final class CapturesClient {
    private final Gateway gateway;

    CapturesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** All of one payment. */
    public CapturesResponse getCaptures(String paymentId) {
        return getCaptures(paymentId, CallContext.none());
    }

    public CapturesResponse getCaptures(String paymentId, CallContext context) {
        return gateway.get("getCaptures", context, "payments", paymentId, "captures").read(CapturesResponse.class);
    }

    public CompletableFuture<CapturesResponse> getCapturesAsync(String paymentId, CallContext context) {
        return gateway.async(() -> getCaptures(paymentId, context));
    }
}
