package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be paid on the hosted page (docs/protocols/cardinity.md, section 7).
 *
 * @param returnUrl the payer's browser posts the signed result here
 * @param notificationUrl gets the same from server to server
 * @param language such as {@code EN}
 */
public record HostedOrder(
        BigDecimal amount,
        String currency,
        String country,
        String orderId,
        @Nullable String description,
        URI returnUrl,
        @Nullable URI cancelUrl,
        @Nullable URI notificationUrl,
        @Nullable String language,
        @Nullable String emailAddress,
        @Nullable String mobilePhone) {

    /** What must be there; the rest is empty. */
    public static HostedOrder of(BigDecimal amount, String currency, String country, String orderId, URI returnUrl) {
        return new HostedOrder(amount, currency, country, orderId, null, returnUrl, null, null, null, null, null);
    }

    public HostedOrder withDescription(String text) {
        return new HostedOrder(
                amount, currency, country, orderId, text, returnUrl, cancelUrl, notificationUrl, language, emailAddress, mobilePhone);
    }

    public HostedOrder withCancelUrl(URI url) {
        return new HostedOrder(
                amount, currency, country, orderId, description, returnUrl, url, notificationUrl, language, emailAddress, mobilePhone);
    }

    public HostedOrder withNotificationUrl(URI url) {
        return new HostedOrder(
                amount, currency, country, orderId, description, returnUrl, cancelUrl, url, language, emailAddress, mobilePhone);
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "HostedOrder[" + orderId + ", " + amount + " " + currency + "]";
    }

    /** Sorted as the signature wants them; absent ones are left out, since empty ones must not be sent. */
    Map<String, String> fields(String projectId) {
        var violations = new Violations();
        new PaymentTerms(amount, currency, country, true, orderId, description, null).validate(violations);
        violations.finish();
        var fields = new TreeMap<String, String>();
        fields.put("amount", Money.text(amount));
        fields.put("currency", currency);
        fields.put("country", country);
        fields.put("order_id", orderId);
        fields.put("project_id", projectId);
        fields.put("return_url", returnUrl.toString());
        putText(fields, "description", description);
        putText(fields, "cancel_url", cancelUrl == null ? null : cancelUrl.toString());
        putText(fields, "notification_url", notificationUrl == null ? null : notificationUrl.toString());
        putText(fields, "language", language);
        putText(fields, "email_address", emailAddress);
        // A leading plus breaks the real page (docs/protocols/cardinity.md, section 7).
        putText(fields, "mobile_phone_number", mobilePhone == null ? null : mobilePhone.replaceFirst("^\\+", "0"));
        return fields;
    }

    private static void putText(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
