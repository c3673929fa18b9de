package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Chargebacks of one payment. */
public final class Chargebacks {
    private final Gateway gateway;
    private final String paymentId;

    Chargebacks(Gateway gateway, String paymentId) {
        this.gateway = gateway;
        this.paymentId = paymentId;
    }

    public Chargeback get(String id) {
        return get(id, CallContext.none());
    }

    public Chargeback get(String id, CallContext context) {
        return gateway.fetch(
                ApiRequest.get(Paths.of("payments", paymentId, "chargebacks", id), context),
                Gateway.expecting("id", id, Reading::chargeback));
    }

    public CompletableFuture<Chargeback> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    public List<Chargeback> list() {
        return list(CallContext.none());
    }

    public List<Chargeback> list(CallContext context) {
        return gateway.list(ApiRequest.get(Paths.of("payments", paymentId, "chargebacks"), context), Reading::chargeback);
    }

    public CompletableFuture<List<Chargeback>> listAsync(CallContext context) {
        return gateway.async(() -> list(context));
    }
}
