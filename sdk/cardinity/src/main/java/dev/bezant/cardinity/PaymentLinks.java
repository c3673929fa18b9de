package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Payment links. The account may not have them: then {@code ValidationException} says so. */
public final class PaymentLinks {
    private final Gateway gateway;

    PaymentLinks(Gateway gateway) {
        this.gateway = gateway;
    }

    public PaymentLink create(NewPaymentLink link) {
        return create(link, CallContext.none());
    }

    public PaymentLink create(NewPaymentLink link, CallContext context) {
        var violations = new Violations();
        link.validate(violations, gateway.clock().instant());
        violations.finish();
        return gateway.fetch(ApiRequest.post(Paths.of("paymentLinks"), link.json(), context), Reading::link);
    }

    public CompletableFuture<PaymentLink> createAsync(NewPaymentLink link, CallContext context) {
        return gateway.async(() -> create(link, context));
    }

    public PaymentLink get(String id) {
        return get(id, CallContext.none());
    }

    public PaymentLink get(String id, CallContext context) {
        return gateway.fetch(ApiRequest.get(Paths.of("paymentLinks", id), context), Gateway.expecting("id", id, Reading::link));
    }

    public CompletableFuture<PaymentLink> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    /**
     * Changes what is not null; at least one must be.
     *
     * @param expirationDate in the future
     */
    public PaymentLink update(String id, @Nullable Instant expirationDate, @Nullable Boolean enabled, CallContext context) {
        var violations = new Violations();
        violations.check(expirationDate != null || enabled != null, "expiration_date", "or enabled must be given");
        violations.check(
                expirationDate == null || expirationDate.isAfter(gateway.clock().instant()), "expiration_date", "must be a future date");
        violations.finish();
        var body = new LinkedHashMap<String, Object>();
        Json.put(body, "expiration_date", expirationDate == null ? null : Json.time(expirationDate));
        Json.put(body, "enabled", enabled);
        return gateway.fetch(ApiRequest.patch(Paths.of("paymentLinks", id), body, context), Gateway.expecting("id", id, Reading::link));
    }

    public CompletableFuture<PaymentLink> updateAsync(
            String id, @Nullable Instant expirationDate, @Nullable Boolean enabled, CallContext context) {
        return gateway.async(() -> update(id, expirationDate, enabled, context));
    }

    public PaymentLink disable(String id) {
        return update(id, null, false, CallContext.none());
    }

    /** Deletes it softly: it stays readable, marked as deleted. Known from the official Java SDK only. */
    public PaymentLink delete(String id) {
        return delete(id, CallContext.none());
    }

    public PaymentLink delete(String id, CallContext context) {
        return gateway.fetch(ApiRequest.delete(Paths.of("paymentLinks", id), context), Gateway.expecting("id", id, Reading::link));
    }

    public CompletableFuture<PaymentLink> deleteAsync(String id, CallContext context) {
        return gateway.async(() -> delete(id, context));
    }
}
