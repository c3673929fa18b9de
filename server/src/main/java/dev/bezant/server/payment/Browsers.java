package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what is known of the payer's browser. */
final class Browsers {
    private Browsers() {}

    /**
     * From {@code payment_method_options[card][browser_info]}, else from the request's own headers where a browser sent it; what
     * neither tells is null.
     */
    static Browser of(Intent intent, ApiRequest request) {
        Browser given = of(intent);
        if (request.caller().kind() != Caller.KeyKind.PUBLISHABLE) {
            return given;
        }
        ApiRequest.PayerHeaders headers = request.payer();
        return new Browser(first(given.acceptHeader(), headers.accept()), first(given.language(), language(headers.acceptLanguage())),
                given.screenWidth(), given.screenHeight(), first(given.userAgent(), headers.userAgent()), given.colorDepth(),
                given.timeZoneMinutes(), first(given.ip(), headers.ip()));
    }

    private static Browser of(Intent intent) {
        JsonNode info = intent.details().path("payment_method_options").path("card").path("browser_info");
        return new Browser(text(info, "accept_header"), text(info, "browser_language"), number(info, "screen_width"),
                number(info, "screen_height"), text(info, "user_agent"), number(info, "color_depth"), number(info, "time_zone"),
                text(info, "ip_address"));
    }

    private static @Nullable String first(@Nullable String given, @Nullable String other) {
        return given != null ? given : other == null || other.isBlank() ? null : other;
    }

    /** The most wanted tag of an Accept-Language header: {@code lt} of {@code lt-LT,lt;q=0.9}. */
    private static @Nullable String language(@Nullable String header) {
        String tag = header == null ? "" : header.split("[,;]", 2)[0].trim();
        return tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?") ? tag : null;
    }

    private static @Nullable String text(JsonNode info, String name) {
        return info.path(name).isString() ? info.get(name).stringValue() : null;
    }

    private static @Nullable Integer number(JsonNode info, String name) {
        return info.path(name).isIntegralNumber() ? info.get(name).intValue() : null;
    }
}
