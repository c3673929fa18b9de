package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.RefundsResponse;
import java.util.concurrent.CompletableFuture;

/** The refunds of payments; there is no call for a single one. */
public final class RefundsClient {
    private final Gateway gateway;

    RefundsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** All of one payment. */
    public RefundsResponse getRefunds(String paymentId) {
        return getRefunds(paymentId, CallContext.none());
    }

    public RefundsResponse getRefunds(String paymentId, CallContext context) {
        return gateway.get("getRefunds", context, "payments", paymentId, "refunds").read(RefundsResponse.class);
    }

    public CompletableFuture<RefundsResponse> getRefundsAsync(String paymentId, CallContext context) {
        return gateway.async(() -> getRefunds(paymentId, context));
    }
}
