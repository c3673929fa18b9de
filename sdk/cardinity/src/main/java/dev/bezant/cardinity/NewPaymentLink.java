package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment link to be created (docs/protocols/cardinity.md, section 2.4).
 *
 * @param amount 0.50 or more, at most 2 decimals
 * @param description 1 to 255 characters, shown to the payer
 * @param country ISO 3166-1 alpha-2, may be null
 * @param expirationDate in the future; about a year ahead is refused by Cardinity; null for its default
 * @param multipleUse whether it can be paid more than once
 */
public record NewPaymentLink(
        BigDecimal amount,
        String currency,
        String description,
        @Nullable String country,
        @Nullable Instant expirationDate,
        boolean multipleUse) {
    void validate(Violations violations, Instant now) {
        violations.amount(amount, new BigDecimal("0.50"));
        violations.matches("currency", currency, "[A-Z]{3}", "must be an ISO 4217 code in upper case");
        violations.length("description", description, 1, 255);
        violations.matches("country", country, "[A-Z]{2}", "must be an ISO 3166-1 alpha-2 code");
        violations.check(expirationDate == null || expirationDate.isAfter(now), "expiration_date", "must be a future date");
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("amount", Money.text(amount));
        json.put("currency", currency);
        json.put("description", description);
        Json.put(json, "country", country);
        if (expirationDate != null) {
            json.put("expiration_date", Json.time(expirationDate));
        }
        json.put("multiple_use", multipleUse);
        return json;
    }
}
