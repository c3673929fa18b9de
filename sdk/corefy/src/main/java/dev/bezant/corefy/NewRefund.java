package dev.bezant.corefy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund to be made.
 *
 * @param referenceId ours, required by Corefy. Whether it refuses a second refund of one reference is not documented: make it unique, and never
 *     send it again without having looked
 * @param amount major units, at most what is left of the payment
 */
public record NewRefund(String referenceId, BigDecimal amount, @Nullable String description) {
    public static NewRefund of(String referenceId, BigDecimal amount) {
        return new NewRefund(referenceId, amount, null);
    }

    public NewRefund withDescription(String text) {
        return new NewRefund(referenceId, amount, text);
    }

    void validate(Violations violations, boolean wholeAmounts) {
        violations.check(!referenceId.isBlank(), "reference_id", "must not be blank");
        violations.amount(amount, wholeAmounts);
    }

    /** Older documents name the invoice in {@code id}, newer ones in {@code invoiceId}: both are sent. */
    Map<String, Object> json(String invoiceId, boolean wholeAmounts) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("amount", Amounts.written(amount, wholeAmounts));
        attributes.put("invoiceId", invoiceId);
        attributes.put("reference_id", referenceId);
        Json.put(attributes, "description", description);
        return Map.of("data", NewInvoice.ordered("type", "refund", "id", invoiceId, "attributes", attributes));
    }
}
