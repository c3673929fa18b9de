package dev.bezant.sandbox.worldlinedirect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A SEPA mandate.
 *
 * @param reference unique within the merchant
 * @param request the body it was created with
 * @param page the secret part of the address where it is signed; null if there is nothing to sign
 * @param signed whether the payer has signed, or need not
 */
record Mandate(String reference, String merchantId, JsonNode request, Status status, @Nullable String page, String returnMac,
        boolean signed) {

    enum Status { ACTIVE, BLOCKED, REVOKED }

    String key() {
        return key(merchantId, reference);
    }

    static String key(String merchantId, String reference) {
        return merchantId + "/" + reference;
    }

    Mandate as(Status next) {
        return new Mandate(reference, merchantId, request, next, page, returnMac, signed);
    }

    Mandate asSigned() {
        return new Mandate(reference, merchantId, request, status, page, returnMac, true);
    }
}
