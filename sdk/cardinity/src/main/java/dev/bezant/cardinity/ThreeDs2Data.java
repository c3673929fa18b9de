package dev.bezant.cardinity;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for 3-D Secure v2; without it a card payment is made without authentication, or as v1.
 *
 * @param notificationUrl where the payer's browser posts the challenge's result; http or https
 */
public record ThreeDs2Data(
        URI notificationUrl,
        BrowserInfo browserInfo,
        @Nullable Address billingAddress,
        @Nullable Address deliveryAddress,
        @Nullable CardholderInfo cardholderInfo) {

    public static ThreeDs2Data of(URI notificationUrl, BrowserInfo browserInfo) {
        return new ThreeDs2Data(notificationUrl, browserInfo, null, null, null);
    }

    void validate(Violations violations) {
        boolean http = "https".equals(notificationUrl.getScheme()) || "http".equals(notificationUrl.getScheme());
        violations.check(http && notificationUrl.getHost() != null, "threeds2_data.notification_url", "must be an http or https address");
        browserInfo.validate(violations, "threeds2_data.browser_info");
        if (billingAddress != null) {
            billingAddress.validate(violations, "threeds2_data.billing_address");
        }
        if (deliveryAddress != null) {
            deliveryAddress.validate(violations, "threeds2_data.delivery_address");
        }
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("notification_url", notificationUrl.toString());
        json.put("browser_info", browserInfo.json());
        if (billingAddress != null) {
            json.put("billing_address", billingAddress.json());
        }
        if (deliveryAddress != null) {
            json.put("delivery_address", deliveryAddress.json());
        }
        if (cardholderInfo != null) {
            json.put("cardholder_info", cardholderInfo.json());
        }
        return json;
    }
}
