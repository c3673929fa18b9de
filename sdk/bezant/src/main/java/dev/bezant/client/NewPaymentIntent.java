package dev.bezant.client;

import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an intent is made of; a customer's id or e-mail address is needed besides the amount. Not for several threads. */
public final class NewPaymentIntent {
    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private NewPaymentIntent() {}

    /** @param amount in the currency's major unit, more than 0 */
    public static NewPaymentIntent of(BigDecimal amount, String currency) {
        return new NewPaymentIntent().set("amount", amount.toPlainString()).set("currency", currency);
    }

    public NewPaymentIntent customerId(String value) {
        return set("customer_id", value);
    }

    public NewPaymentIntent customerEmail(String value) {
        return set("customer_email", value);
    }

    public NewPaymentIntent customerName(String value) {
        return set("customer_name", value);
    }

    public NewPaymentIntent customerPhone(String value) {
        return set("customer_phone", value);
    }

    public NewPaymentIntent description(String value) {
        return set("description", value);
    }

    /** Yours; a repeat with the same one gives the same intent. */
    public NewPaymentIntent reference(String value) {
        return set("reference_id", value);
    }

    /** Where the payer comes back to. */
    public NewPaymentIntent returnUrl(URI value) {
        return set("return_url", value.toString());
    }

    /** The same, where the payment failed. */
    public NewPaymentIntent failureUrl(URI value) {
        return set("failure_url", value.toString());
    }

    public NewPaymentIntent billingName(String first, String last) {
        return set("billing_first_name", first).set("billing_last_name", last);
    }

    /** @param country ISO 3166-1 alpha-2 */
    public NewPaymentIntent billingAddress(String line1, String city, String postalCode, String country) {
        return set("billing_address_line1", line1).set("billing_city", city).set("billing_postal_code", postalCode).set("billing_country", country);
    }

    public NewPaymentIntent billingState(String value) {
        return set("billing_state", value);
    }

    public NewPaymentIntent metadata(String key, String value) {
        metadata.put(key, value);
        body.put("metadata", metadata);
        return this;
    }

    Map<String, Object> body() {
        return body;
    }

    private NewPaymentIntent set(String name, String value) {
        body.put(name, value);
        return this;
    }
}
