package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Voids of one authorization that is not settled. */
public final class Voids {
    private final Gateway gateway;
    private final String paymentId;

    Voids(Gateway gateway, String paymentId) {
        this.gateway = gateway;
        this.paymentId = paymentId;
    }

    public VoidOutcome create(@Nullable String description) {
        return create(description, CallContext.none());
    }

    /**
     * @param description at most 255 characters; Cardinity returns it, so a reference of yours here
     *     finds this void again after an unknown outcome
     */
    public VoidOutcome create(@Nullable String description, CallContext context) {
        var violations = new Violations();
        violations.length("description", description, 0, 255);
        violations.finish();
        var body = new LinkedHashMap<String, Object>();
        Json.put(body, "description", description);
        return gateway.decide(
                ApiRequest.post(Paths.of("payments", paymentId, "voids"), body, context),
                Gateway.expecting("parent_id", paymentId, Reading::paymentVoid),
                PaymentVoid::status, VoidOutcome::of, VoidOutcome.Unrecognized::new);
    }

    public CompletableFuture<VoidOutcome> createAsync(@Nullable String description, CallContext context) {
        return gateway.async(() -> create(description, context));
    }

    public PaymentVoid get(String id) {
        return get(id, CallContext.none());
    }

    public PaymentVoid get(String id, CallContext context) {
        return gateway.fetch(
                ApiRequest.get(Paths.of("payments", paymentId, "voids", id), context), Gateway.expecting("id", id, Reading::paymentVoid));
    }

    public CompletableFuture<PaymentVoid> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    /** All of this payment, the declined ones too. */
    public List<PaymentVoid> list() {
        return list(CallContext.none());
    }

    public List<PaymentVoid> list(CallContext context) {
        return gateway.list(ApiRequest.get(Paths.of("payments", paymentId, "voids"), context), Reading::paymentVoid);
    }

    public CompletableFuture<List<PaymentVoid>> listAsync(CallContext context) {
        return gateway.async(() -> list(context));
    }
}
