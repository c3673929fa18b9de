package dev.bezant.corefy;

import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent to be created.
 *
 * @param amount major units, at most 2 decimals
 * @param referenceId ours; whether it must be unique is not known
 * @param returnUrl where the payer comes back to; the dialect calls it {@code callback_url}
 */
public record NewIntent(
        BigDecimal amount,
        String currency,
        String paymentMethod,
        @Nullable String referenceId,
        @Nullable String description,
        @Nullable String customerId,
        @Nullable URI returnUrl,
        @Nullable URI failureUrl,
        @Nullable Address billingAddress,
        Map<String, String> metadata) {
    public NewIntent {
        metadata = Map.copyOf(metadata);
    }

    public static NewIntent of(BigDecimal amount, String currency, String referenceId) {
        return new NewIntent(amount, currency, "card", referenceId, null, null, null, null, null, Map.of());
    }

    public NewIntent withCustomer(String id) {
        return new NewIntent(amount, currency, paymentMethod, referenceId, description, id, returnUrl, failureUrl, billingAddress, metadata);
    }

    public NewIntent withDescription(String text) {
        return new NewIntent(amount, currency, paymentMethod, referenceId, text, customerId, returnUrl, failureUrl, billingAddress, metadata);
    }

    public NewIntent withUrls(URI success, URI failure) {
        return new NewIntent(amount, currency, paymentMethod, referenceId, description, customerId, success, failure, billingAddress, metadata);
    }

    Map<String, Object> json() {
        var violations = new Violations();
        violations.amount(amount, false);
        violations.check(amount.stripTrailingZeros().scale() <= 2, "amount", "must have at most 2 decimals, is " + amount.toPlainString());
        violations.currency(currency);
        violations.length("payment_method", paymentMethod, 1, 50);
        violations.length("reference_id", referenceId, 1, 100);
        violations.length("description", description, 0, 255);
        violations.webAddress("callback_url", returnUrl);
        violations.webAddress("failure_url", failureUrl);
        violations.finish();
        var json = new LinkedHashMap<String, Object>();
        json.put("amount", Amounts.written(amount, false));
        json.put("currency", currency);
        json.put("payment_method", paymentMethod);
        Json.put(json, "description", description);
        var more = new LinkedHashMap<String, Object>(metadata);
        Json.putObject(more, "billing_address", billingAddress == null ? Map.of() : billingAddress.json());
        Json.putObject(json, "metadata", more);
        Json.put(json, "reference_id", referenceId);
        Json.put(json, "callback_url", returnUrl == null ? null : returnUrl.toString());
        Json.put(json, "failure_url", failureUrl == null ? null : failureUrl.toString());
        Json.put(json, "customer_id", customerId);
        return json;
    }

    /** Without what may be personal. */
    @Override
    public String toString() {
        return "NewIntent[" + referenceId + ", " + amount + " " + currency + "]";
    }
}
