package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The merchant's chargebacks, of all payments. */
public final class AllChargebacks {
    private final Gateway gateway;

    AllChargebacks(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * The latest.
     *
     * @param limit 1 to 100
     */
    public List<Chargeback> listAll(int limit) {
        return listAll(limit, CallContext.none());
    }

    public List<Chargeback> listAll(int limit, CallContext context) {
        return gateway.list(ApiRequest.get(Paths.of("payments", "chargebacks"), Payments.limit(limit), context), Reading::chargeback);
    }

    public CompletableFuture<List<Chargeback>> listAllAsync(int limit, CallContext context) {
        return gateway.async(() -> listAll(limit, context));
    }
}
