package dev.bezant.cardinity;

import java.util.Map;

/**
 * A payment without the payer, with the card of an earlier payment.
 *
 * @param paymentId of an approved payment
 */
public record RecurringPayment(PaymentTerms terms, String paymentId) implements PaymentRequest {
    void validate(Violations violations) {
        terms.validate(violations);
        violations.check(!paymentId.isBlank(), "payment_instrument.payment_id", "must not be empty");
    }

    Map<String, Object> json() {
        Map<String, Object> json = terms.json();
        json.put("payment_method", "recurring");
        json.put("payment_instrument", Map.of("payment_id", paymentId));
        return json;
    }
}
