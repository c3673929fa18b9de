package dev.bezant.sandbox.cardinity;

import org.jspecify.annotations.Nullable;

/**
 * One payer on the hosted page or on a payment link's page. Immutable.
 *
 * @param country null if the payer must choose
 * @param returnUrl where the browser goes with the signed result; null for a payment link, whose page shows it
 * @param linkId null for the hosted page
 * @param paymentId null until the payer has given a card
 */
record Checkout(String id, String account, long cents, String currency, @Nullable String country, @Nullable String orderId,
        String description, @Nullable String returnUrl, @Nullable String cancelUrl, @Nullable String notificationUrl,
        @Nullable String linkId, @Nullable String paymentId) {

    Checkout withPayment(String madePaymentId) {
        return new Checkout(id, account, cents, currency, country, orderId, description, returnUrl, cancelUrl, notificationUrl, linkId,
                madePaymentId);
    }
}
