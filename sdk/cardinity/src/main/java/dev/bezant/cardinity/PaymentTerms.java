package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every payment has, however it is paid.
 *
 * @param amount at most 2 decimals, 0.50 or more; 0 to verify a card, with {@code settle} false
 * @param currency ISO 4217, upper-case
 * @param country ISO 3166-1 alpha-2 of the payer
 * @param settle true takes the money at once, false only authorizes it: then settle it within 7 days
 * @param orderId 2 to 50 of letters, digits, {@code ' . -}; no underscore. Make it unique: Cardinity has no idempotency keys, and this is how an
 *     unknown outcome is found again
 * @param description at most 255 characters; {@code CRD-MOTO} in front marks a mail or telephone order
 * @param statementSuffix at most 20 characters on the payer's statement
 */
public record PaymentTerms(
        BigDecimal amount,
        String currency,
        String country,
        boolean settle,
        @Nullable String orderId,
        @Nullable String description,
        @Nullable String statementSuffix) {
    private static final BigDecimal AMOUNT_MIN = new BigDecimal("0.50");

    public static PaymentTerms of(BigDecimal amount, String currency, String country) {
        return new PaymentTerms(amount, currency, country, true, null, null, null);
    }

    public PaymentTerms authorizeOnly() {
        return new PaymentTerms(amount, currency, country, false, orderId, description, statementSuffix);
    }

    public PaymentTerms withOrderId(String value) {
        return new PaymentTerms(amount, currency, country, settle, value, description, statementSuffix);
    }

    public PaymentTerms withDescription(String value) {
        return new PaymentTerms(amount, currency, country, settle, orderId, value, statementSuffix);
    }

    public PaymentTerms withStatementSuffix(String value) {
        return new PaymentTerms(amount, currency, country, settle, orderId, description, value);
    }

    void validate(Violations violations) {
        boolean verification = amount.signum() == 0 && !settle;
        violations.amount(amount, verification ? BigDecimal.ZERO : AMOUNT_MIN);
        violations.matches("currency", currency, "[A-Z]{3}", "must be an ISO 4217 code in upper case");
        violations.matches("country", country, "[A-Z]{2}", "must be an ISO 3166-1 alpha-2 code");
        violations.length("order_id", orderId, 2, 50);
        violations.matches("order_id", orderId, "[A-Za-z0-9'.-]*", "must consist of letters, digits, apostrophes, dots and hyphens");
        violations.length("description", description, 0, 255);
        violations.length("statement_descriptor_suffix", statementSuffix, 0, 20);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("amount", Money.text(amount));
        json.put("currency", currency);
        json.put("settle", settle);
        Json.put(json, "order_id", orderId);
        Json.put(json, "description", description);
        Json.put(json, "statement_descriptor_suffix", statementSuffix);
        json.put("country", country);
        return json;
    }
}
