package dev.bezant.sandbox.cardinity;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator keeps of a valid {@code threeds2_data} (section 2.2). Unlike the real service it accepts loopback notification URLs,
 * because that is where tests listen.
 */
record ThreeDsRequest(String notificationUrl, String windowSize) {

    static ThreeDsRequest read(Fields fields) {
        var notificationUrl = fields.required("notification_url", 1, 2048);
        if (!notificationUrl.isEmpty() && !isWebUrl(notificationUrl)) {
            fields.refuse("notification_url", "must be an http or https URL");
        }
        var windowSize = browserInfo(fields.object("browser_info"));
        for (var address : new String[] {"billing_address", "delivery_address"}) {
            if (fields.has(address)) {
                address(fields.object(address));
            }
        }
        if (fields.has("cardholder_info")) {
            cardholder(fields.object("cardholder_info"));
        }
        return new ThreeDsRequest(notificationUrl, windowSize);
    }

    static boolean isWebUrl(@Nullable String text) {
        if (text == null) {
            return false;
        }
        try {
            var uri = URI.create(text);
            return uri.getHost() != null && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String browserInfo(Fields fields) {
        fields.required("accept_header", 1, 2048);
        fields.required("browser_language", 1, 35);
        fields.integer("screen_width", 1, 99_999);
        fields.integer("screen_height", 1, 99_999);
        fields.required("user_agent", 1, 2048);
        fields.integer("color_depth", 1, 48);
        fields.integer("time_zone", -840, 720);
        fields.text("ip_address", 45);
        fields.flag("javascript_enabled", true);
        fields.flag("java_enabled", false);
        var windowSize = fields.required("challenge_window_size", 1, 50);
        if (!windowSize.isEmpty() && !ChallengeMessages.isWindowSize(windowSize)) {
            fields.refuse("challenge_window_size", "unsupported value");
        }
        return windowSize;
    }

    private static void address(Fields fields) {
        fields.required("address_line1", 1, 50);
        fields.text("address_line2", 50);
        fields.text("address_line3", 50);
        fields.required("city", 1, 50);
        fields.required("country", 2, 10);
        fields.required("postal_code", 1, 16);
        fields.text("state", 50);
    }

    private static void cardholder(Fields fields) {
        fields.text("email_address", 254);
        fields.text("mobile_phone_number", 32);
        fields.text("home_phone_number", 32);
        fields.text("work_phone_number", 32);
    }
}
