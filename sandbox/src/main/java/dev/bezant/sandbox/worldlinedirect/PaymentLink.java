package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An address that leads to a hosted checkout. Immutable.
 *
 * @param page the secret part of its address
 * @param request the body of the hosted checkouts it opens
 * @param paymentId of the payment that paid it, on the wire
 */
record PaymentLink(String id, String merchantId, String account, String page, Money money, References references, JsonNode request,
        boolean reusable, boolean qrCode, @Nullable String recipientName, Instant expires, Status status, @Nullable String paymentId,
        List<Happening> events) {

    enum Status { ACTIVE, PAID, CANCELLED, EXPIRED }

    record Happening(String type, Instant at, String details) {}

    boolean isActive() {
        return status == Status.ACTIVE;
    }

    PaymentLink as(Status next, @Nullable String payment, Instant at, String details) {
        var all = new ArrayList<>(events);
        all.add(new Happening(next.name(), at, details));
        return new PaymentLink(id, merchantId, account, page, money, references, request, reusable, qrCode, recipientName, expires, next,
                payment, all);
    }

    /** A reusable one was paid, and may be again. */
    PaymentLink paidOnce(String payment, Instant at) {
        var paid = as(Status.PAID, payment, at, "paid by " + payment);
        return reusable
                ? new PaymentLink(id, merchantId, account, page, money, references, request, true, qrCode, recipientName, expires,
                        Status.ACTIVE, payment, paid.events())
                : paid;
    }
}
