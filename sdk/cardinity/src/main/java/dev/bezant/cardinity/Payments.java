package dev.bezant.cardinity;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Payments: create, finalize after 3-D Secure, read. Every call can throw what {@code dev.bezant.sdk.error} holds; a decline is an outcome. After
 * an exception whose {@code mayHaveTakenEffect()} is true, look with {@link #reconcile} or {@link #get} before doing anything else.
 */
public final class Payments {
    /** The longest list that Cardinity gives; there is no paging behind it. */
    public static final int LIST_LIMIT_MAX = 100;

    private final Gateway gateway;

    Payments(Gateway gateway) {
        this.gateway = gateway;
    }

    public PaymentOutcome create(PaymentRequest request) {
        return create(request, CallContext.none());
    }

    /** @throws dev.bezant.sdk.error.InvalidRequestException with every mistake, before anything is sent */
    public PaymentOutcome create(PaymentRequest request, CallContext context) {
        var violations = new Violations();
        int year = gateway.clock().instant().atZone(ZoneOffset.UTC).getYear();
        Map<String, Object> body;
        if (request instanceof CardPayment card) {
            card.validate(violations, year);
            violations.finish();
            body = card.json();
        } else {
            var recurring = (RecurringPayment) request;
            recurring.validate(violations);
            violations.finish();
            body = recurring.json();
        }
        return decide(ApiRequest.post(Paths.of("payments"), body, context), Reading::payment);
    }

    public CompletableFuture<PaymentOutcome> createAsync(PaymentRequest request, CallContext context) {
        return gateway.async(() -> create(request, context));
    }

    /**
     * Completes a payment after a v2 challenge.
     *
     * @param cres as the browser posted it; never trimmed or re-encoded
     */
    public PaymentOutcome finalize3ds2(String id, String cres) {
        return finalize3ds2(id, cres, CallContext.none());
    }

    public PaymentOutcome finalize3ds2(String id, String cres, CallContext context) {
        return finalizePayment(id, "cres", cres, context);
    }

    public CompletableFuture<PaymentOutcome> finalize3ds2Async(String id, String cres, CallContext context) {
        return gateway.async(() -> finalize3ds2(id, cres, context));
    }

    /**
     * Completes a payment after a v1 challenge.
     *
     * @param paRes as the browser posted it; never trimmed or re-encoded
     */
    public PaymentOutcome finalize3ds1(String id, String paRes) {
        return finalize3ds1(id, paRes, CallContext.none());
    }

    public PaymentOutcome finalize3ds1(String id, String paRes, CallContext context) {
        return finalizePayment(id, "authorize_data", paRes, context);
    }

    public CompletableFuture<PaymentOutcome> finalize3ds1Async(String id, String paRes, CallContext context) {
        return gateway.async(() -> finalize3ds1(id, paRes, context));
    }

    public Payment get(String id) {
        return get(id, CallContext.none());
    }

    public Payment get(String id, CallContext context) {
        return gateway.fetch(ApiRequest.get(Paths.of("payments", id), context), Gateway.expecting("id", id, Reading::payment));
    }

    public CompletableFuture<Payment> getAsync(String id, CallContext context) {
        return gateway.async(() -> get(id, context));
    }

    /**
     * The latest payments.
     *
     * @param limit 1 to 100
     */
    public List<Payment> list(int limit) {
        return list(limit, CallContext.none());
    }

    public List<Payment> list(int limit, CallContext context) {
        return gateway.list(ApiRequest.get(Paths.of("payments"), limit(limit), context), Reading::payment);
    }

    public CompletableFuture<List<Payment>> listAsync(int limit, CallContext context) {
        return gateway.async(() -> list(limit, context));
    }

    /** See {@link Reconciliation}: one look at the last 100 payments. */
    public Reconciliation reconcile(String orderId, BigDecimal amount, Instant since) {
        return reconcile(orderId, amount, since, CallContext.none());
    }

    /**
     * Looks for a payment whose outcome is unknown.
     *
     * @param orderId as sent; must have been unique to the attempt
     * @param amount as sent; a payment with this order id and another amount is reported, not believed
     * @param since in Cardinity's clock, before the attempt (the {@code created} of an earlier payment): decides only whether the visible window
     *     reaches back far enough, never which payment matches
     */
    public Reconciliation reconcile(String orderId, BigDecimal amount, Instant since, CallContext context) {
        return Reconciliation.of(list(LIST_LIMIT_MAX, context), orderId, amount, since);
    }

    public CompletableFuture<Reconciliation> reconcileAsync(String orderId, BigDecimal amount, Instant since, CallContext context) {
        return gateway.async(() -> reconcile(orderId, amount, since, context));
    }

    static Map<String, String> limit(int limit) {
        var violations = new Violations();
        violations.check(limit >= 1 && limit <= LIST_LIMIT_MAX, "limit", "must be between 1 and 100, is " + limit);
        violations.finish();
        return Map.of("limit", Integer.toString(limit));
    }

    private PaymentOutcome finalizePayment(String id, String name, String value, CallContext context) {
        var violations = new Violations();
        violations.check(!value.isEmpty(), name, "must not be empty");
        violations.finish();
        return decide(
                ApiRequest.patch(Paths.of("payments", id), Map.of(name, value), context), Gateway.expecting("id", id, Reading::payment));
    }

    private PaymentOutcome decide(ApiRequest request, Function<JsonFields, Payment> reading) {
        return gateway.decide(request, reading, Payment::status, PaymentOutcome::of, PaymentOutcome.Unrecognized::new);
    }
}
