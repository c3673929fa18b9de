package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Account;

/** A merchant of an acquirer, and through which of the merchant's accounts something was done. */
record Merchant(String acquirerId, String merchantId, String account) {
    static Merchant of(Account account) {
        return new Merchant(account.require("acquirer_id"), account.require("merchant_id"), account.name());
    }

    /** Several accounts of one merchant see the same. */
    boolean isSameAs(Merchant other) {
        return acquirerId.equals(other.acquirerId) && merchantId.equals(other.merchantId);
    }

    /** What an operation's id is known by. */
    String keyOf(String operationId) {
        return acquirerId + " " + merchantId + " " + operationId;
    }
}
