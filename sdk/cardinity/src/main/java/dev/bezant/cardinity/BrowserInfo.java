package dev.bezant.cardinity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payer's browser, as 3-D Secure v2 wants it described (docs/protocols/cardinity.md, section 2.2).
 *
 * @param timeZone minutes as JavaScript's {@code getTimezoneOffset()} gives them: -60 for UTC+1
 * @param ipAddress may be null, as may the last two
 */
public record BrowserInfo(
        String acceptHeader,
        String language,
        int screenWidth,
        int screenHeight,
        ChallengeWindowSize challengeWindowSize,
        String userAgent,
        int colorDepth,
        int timeZone,
        @Nullable String ipAddress,
        @Nullable Boolean javaEnabled,
        @Nullable Boolean javascriptEnabled) {

    void validate(Violations violations, String path) {
        violations.length(path + ".accept_header", acceptHeader, 1, 2048);
        violations.length(path + ".browser_language", language, 1, 35);
        violations.check(screenWidth > 0, path + ".screen_width", "must be above 0");
        violations.check(screenHeight > 0, path + ".screen_height", "must be above 0");
        violations.length(path + ".user_agent", userAgent, 1, 2048);
        violations.check(colorDepth >= 1 && colorDepth <= 48, path + ".color_depth", "must be between 1 and 48");
        violations.check(timeZone >= -840 && timeZone <= 720, path + ".time_zone", "must be between -840 and 720 minutes");
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("accept_header", acceptHeader);
        json.put("browser_language", language);
        json.put("screen_width", screenWidth);
        json.put("screen_height", screenHeight);
        json.put("challenge_window_size", challengeWindowSize.wireName());
        json.put("user_agent", userAgent);
        json.put("color_depth", colorDepth);
        json.put("time_zone", timeZone);
        Json.put(json, "ip_address", ipAddress);
        Json.put(json, "java_enabled", javaEnabled);
        Json.put(json, "javascript_enabled", javascriptEnabled);
        return json;
    }

    /** The address and the browser can identify a person. */
    @Override
    public String toString() {
        return "BrowserInfo[" + screenWidth + "x" + screenHeight + "]";
    }
}
