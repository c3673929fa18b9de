package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what is known of the payer's browser. */
final class Browsers {
    /** A detail that is not shown. */
    private static final String HEADERS = "payer_headers";
    private static final int HEADER_MAX = 2000;

    private Browsers() {}

    /**
     * Keeps what the headers of a request tell, where the payer's browser sent it, among the intent's details: a request that has to be
     * repeated must say the same.
     */
    static void note(ApiRequest request, ObjectNode details) {
        details.remove(HEADERS);
        if (request.caller().kind() == Caller.KeyKind.PUBLISHABLE) {
            ApiRequest.PayerHeaders headers = request.payer();
            ObjectNode noted = Json.object();
            put(noted, "accept_header", headers.accept());
            put(noted, "browser_language", language(headers.acceptLanguage()));
            put(noted, "user_agent", headers.userAgent());
            put(noted, "ip_address", headers.ip());
            details.set(HEADERS, noted);
        }
    }

    /** From {@code payment_method_options[card][browser_info]}, else from the noted headers; what neither tells is null. */
    static Browser of(Intent intent) {
        JsonNode info = intent.details().path("payment_method_options").path("card").path("browser_info");
        JsonNode noted = intent.details().path(HEADERS);
        return new Browser(text(info, noted, "accept_header"), text(info, noted, "browser_language"), number(info, "screen_width"),
                number(info, "screen_height"), text(info, noted, "user_agent"), number(info, "color_depth"), number(info, "time_zone"),
                text(info, noted, "ip_address"));
    }

    /** The most wanted tag of an Accept-Language header: {@code lt} of {@code lt-LT,lt;q=0.9}. */
    private static @Nullable String language(@Nullable String header) {
        String tag = header == null ? "" : header.split("[,;]", 2)[0].trim();
        return tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?") ? tag : null;
    }

    private static void put(ObjectNode noted, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            noted.put(name, value.length() > HEADER_MAX ? value.substring(0, HEADER_MAX) : value);
        }
    }

    private static @Nullable String text(JsonNode info, JsonNode noted, String name) {
        JsonNode from = info.path(name).isString() ? info : noted;
        return from.path(name).isString() ? from.get(name).stringValue() : null;
    }

    private static @Nullable Integer number(JsonNode info, String name) {
        return info.path(name).isIntegralNumber() ? info.get(name).intValue() : null;
    }
}
