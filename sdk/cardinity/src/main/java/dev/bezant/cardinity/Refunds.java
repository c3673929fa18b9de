package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Refunds of one payment, whole or in parts. */
public final class Refunds {
    private final Gateway gateway;
    private final String paymentId;

    Refunds(Gateway gateway, String paymentId) {
        this.gateway = gateway;
        this.paymentId = paymentId;
    }

    public RefundOutcome create(BigDecimal amount, @Nullable String description) {
        return create(amount, description, CallContext.none());
    }

    /**
     * @param amount 0.01 or more, at most 2 decimals
     * @param description at most 255 characters; Cardinity returns it, so a reference of yours here
     *     finds this refund again after an unknown outcome
     */
    public RefundOutcome create(BigDecimal amount, @Nullable String description, CallContext context) {
        var violations = new Violations();
        violations.amount(amount, new BigDecimal("0.01"));
        violations.length("description", description, 0, 255);
        violations.finish();
        var body = new LinkedHashMap<String, Object>();
        body.put("amount", Money.text(amount));
        Json.put(body, "description", description);
        return gateway.decide(
                ApiRequest.post(Paths.of("payments", paymentId, "refunds"), body, context),
                Gateway.expecting("parent_id", paymentId, Reading::refund),
                Refund::status, RefundOutcome::of, RefundOutcome.Unrecognized::new);
    }

    public CompletableFuture<RefundOutcome> createAsync(BigDecimal amount, @Nullable String description, CallContext context) {
        return gateway.async(() -> create(amount, description, context));
    }

    public Refund get(String id) {
        return get(id, CallContext.none());
    }

    public Refund get(String id, CallContext context) {
        return gateway.fetch(
                ApiRequest.get(Paths.of("payments", paymentId, "refunds", id), context), Gateway.expecting("id", id, Reading::refund));
    }

    public CompletableFuture<Refund> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    /** All of this payment, the declined ones too. */
    public List<Refund> list() {
        return list(CallContext.none());
    }

    public List<Refund> list(CallContext context) {
        return gateway.list(ApiRequest.get(Paths.of("payments", paymentId, "refunds"), context), Reading::refund);
    }

    public CompletableFuture<List<Refund>> listAsync(CallContext context) {
        return gateway.async(() -> list(context));
    }
}
