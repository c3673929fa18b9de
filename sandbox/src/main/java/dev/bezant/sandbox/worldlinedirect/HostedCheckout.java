package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page on which a payer pays.
 *
 * @param id decimal; the payment made in it has the same base
 * @param page the secret part of its address
 * @param request the body it was created with, without card data: it has none
 * @param attempts how often the payer has tried
 * @param linkId the payment link it was opened from
 */
record HostedCheckout(String id, String merchantId, String account, String page, String returnMac, JsonNode request, Instant created,
        Instant ends, int attempts, Status status, @Nullable String linkId) {

    enum Status { IN_PROGRESS, PAYMENT_CREATED, CANCELLED_BY_CONSUMER }

    boolean isOpen() {
        return status == Status.IN_PROGRESS;
    }

    HostedCheckout tried() {
        return new HostedCheckout(id, merchantId, account, page, returnMac, request, created, ends, attempts + 1, status, linkId);
    }

    HostedCheckout as(Status next) {
        return new HostedCheckout(id, merchantId, account, page, returnMac, request, created, ends, attempts, next, linkId);
    }
}
