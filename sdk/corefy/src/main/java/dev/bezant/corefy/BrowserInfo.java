package dev.bezant.corefy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The payer's browser, as 3-D Secure wants it described; some brands refuse cards without it.
 *
 * @param ip of the payer
 * @param timeZone minutes as JavaScript's {@code getTimezoneOffset()} gives them: -60 for UTC+1
 * @see "docs/protocols/corefy.md, section 4"
 */
public record BrowserInfo(
        String acceptHeader,
        int colorDepth,
        String ip,
        boolean javaEnabled,
        String language,
        int screenHeight,
        int screenWidth,
        int timeZone,
        String userAgent,
        int windowHeight,
        int windowWidth) {
    /** A browser, as EMV 3-D Secure numbers the kinds of device. */
    private static final String CHANNEL_BROWSER = "02";

    void validate(Violations violations) {
        violations.length("browser_info.browser_accept_header", acceptHeader, 1, 2048);
        violations.length("browser_info.browser_language", language, 1, 35);
        violations.length("browser_info.browser_user_agent", userAgent, 1, 2048);
        violations.check(colorDepth >= 1 && colorDepth <= 48, "browser_info.browser_color_depth", "must be between 1 and 48");
        violations.check(screenHeight > 0 && screenWidth > 0, "browser_info.browser_screen_width", "and height must be above 0");
        violations.check(windowHeight > 0 && windowWidth > 0, "browser_info.window_width", "and height must be above 0");
        violations.check(timeZone >= -840 && timeZone <= 720, "browser_info.browser_tz", "must be between -840 and 720 minutes");
    }

    /** Everything is a text but for the one boolean. */
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("browser_accept_header", acceptHeader);
        json.put("browser_color_depth", Integer.toString(colorDepth));
        json.put("browser_ip", ip);
        json.put("browser_java_enabled", javaEnabled);
        json.put("browser_language", language);
        json.put("browser_screen_height", Integer.toString(screenHeight));
        json.put("browser_screen_width", Integer.toString(screenWidth));
        json.put("browser_tz", Integer.toString(timeZone));
        json.put("browser_user_agent", userAgent);
        json.put("device_channel", CHANNEL_BROWSER);
        json.put("window_height", Integer.toString(windowHeight));
        json.put("window_width", Integer.toString(windowWidth));
        return json;
    }

    /** The address and the browser can identify a person. */
    @Override
    public String toString() {
        return "BrowserInfo[" + screenWidth + "x" + screenHeight + "]";
    }
}
