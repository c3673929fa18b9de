package dev.bezant.server.partner;

import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code payment-intent} is sent, as our own API takes it.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 4"
 */
record NewIntent(Map<String, @Nullable Object> params, @Nullable String reference) {
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000");

    static NewIntent read(Params sent) {
        var fields = new Fields(sent);
        Currency currency = fields.currency("currency", "usd");
        if (!fields.has("amount")) {
            fields.missing("amount");
        }
        Money amount = fields.money("amount", currency);
        if (amount != null && amount.toDecimal().compareTo(AMOUNT_MAX) > 0) {
            fields.wrong("amount", "amount must be at most " + AMOUNT_MAX + ".");
        }
        String method = fields.text("payment_method", 50);
        String customer = fields.text("customer_id", 100);
        String reference = fields.reference("reference_id");
        String returnUrl = fields.url("return_url");
        String failureUrl = fields.url("failure_url");
        String description = fields.text("description", 255);
        var kept = new LinkedHashMap<String, @Nullable String>();
        kept.put("reference_id", reference);
        kept.put("payment_method", method == null ? "card" : method);
        kept.put("customer_email", fields.email("customer_email"));
        kept.put("customer_name", fields.text("customer_name", 100));
        kept.put("customer_phone", fields.text("customer_phone", 20));
        kept.put("billing_first_name", fields.text("billing_first_name", 50));
        kept.put("billing_last_name", fields.text("billing_last_name", 50));
        kept.put("billing_address_line1", fields.text("billing_address_line1", 100));
        kept.put("billing_address_line2", fields.text("billing_address_line2", 100));
        kept.put("billing_city", fields.text("billing_city", 50));
        kept.put("billing_state", fields.text("billing_state", 50));
        kept.put("billing_postal_code", fields.text("billing_postal_code", 20));
        kept.put("billing_country", fields.country("billing_country"));
        Map<String, String> metadata = fields.metadata(View.INTENT_KEYS);
        if (!fields.has("customer_id") && !fields.has("customer_email")) {
            fields.wrong(Fields.NON_FIELD, "Send customer_id or customer_email.");
        }
        fields.done();
        var params = new LinkedHashMap<String, @Nullable Object>();
        params.put("amount", amount == null ? null : amount.amount());
        params.put("currency", currency == null ? null : currency.code());
        params.put("payment_method_types", List.of(method == null ? "card" : method));
        put(params, "customer", customer);
        put(params, "description", description);
        put(params, "return_url", returnUrl);
        put(params, "failure_url", failureUrl);
        var all = new LinkedHashMap<String, @Nullable Object>(metadata);
        kept.forEach((name, value) -> put(all, name, value));
        params.put("metadata", all);
        return new NewIntent(params, reference);
    }

    private static void put(Map<String, @Nullable Object> params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }
}
