package dev.bezant.server.partner;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Envelope;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Failures as the Corefy integration API tells them. Whatever a provider answered, its status is never ours: a 401 from there is not the
 * partner's.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 6"
 */
final class Failures implements Envelope {
    static final String INVALID_STATE = "invalid_state";
    static final String PROVIDER_ERROR = "provider_error";
    static final String PROVIDER_AUTH_ERROR = "provider_auth_error";
    static final String PROVIDER_TIMEOUT = "provider_timeout";
    static final String UNSUPPORTED = "unsupported_feature";

    /** Codes of this API, which are told as they are. */
    private static final Set<String> OWN = Set.of(INVALID_STATE, PROVIDER_ERROR, PROVIDER_AUTH_ERROR, PROVIDER_TIMEOUT, UNSUPPORTED,
            Fields.VALIDATION_ERROR);
    /** What is wrong with the state of things, not with the request. */
    private static final Set<String> OF_STATE = Set.of("payment_intent_unexpected_state", "payment_method_unexpected_state", "charge_already_refunded",
            "charge_disputed", "charge_not_refundable", "charge_already_captured", "status_transition_invalid");
    /** What is wrong with a card as it is written; nobody was asked. */
    private static final Set<String> OF_FIELDS = Set.of("invalid_number", "invalid_expiry_month", "invalid_expiry_year", "invalid_cvc");
    /** Our names and this API's. */
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("number", "card_number"), Map.entry("exp_month", "card_expiry_month"),
            Map.entry("exp_year", "card_expiry_year"), Map.entry("cvc", "card_cvv"), Map.entry("customer", "customer_id"),
            Map.entry("payment_method", "payment_method_id"), Map.entry("payment_method_types[0]", "payment_method"),
            Map.entry("charge", "payment_id"), Map.entry("payment_intent", "payment_id"), Map.entry("intent", "payment_intent_id"));

    private final View view;

    Failures(View view) {
        this.view = view;
    }

    @Override
    public boolean covers(String path) {
        return path.equals(PartnerFeature.BASE) || path.startsWith(PartnerFeature.BASE + "/");
    }

    @Override
    public ApiResponse failure(@Nullable Caller caller, int status, ObjectNode body, Map<String, String> headers) {
        JsonNode error = body.path("error");
        String code = error.path("code").asString("");
        String message = error.path("message").asString("");
        JsonNode intent = error.path("payment_intent");
        boolean declined = status == 402 && !OF_FIELDS.contains(code) && intent.isObject();
        Told told = declined && !asked(intent) ? unasked(intent) : told(status, code, error);
        ObjectNode shown = Json.object();
        shown.put("status", "failed");
        shown.put("error", told.title());
        shown.put("error_code", told.code());
        shown.put("message", message);
        if (told.status() == 401) {
            // Under which name the document's own server told it.
            shown.put("detail", message);
        }
        shown.set("details", details(told, error, message));
        if (declined && told.status() == 402) {
            shown.set("decline_code", error.path("decline_code"));
        }
        shown.set("provider", declined ? View.provider(View.latest(intent)) : error.path("provider").isObject() ? error.path("provider") : null);
        if (intent instanceof ObjectNode object && caller != null) {
            shown.set("data", view.intent(caller, object));
        } else if (error.path("data").isObject()) {
            shown.set("data", error.path("data"));
        }
        shown.set("request_id", error.path("request_id"));
        return new ApiResponse(told.status(), Json.write(shown), headers, 0);
    }

    /** What was not done because it is not known whether it happened. */
    static ApiException unknown(ObjectNode data, String message) {
        return new ApiException(504, ErrorCode.Type.API, PROVIDER_TIMEOUT, null, message).with("data", data);
    }

    private record Told(int status, String code, String title) {}

    private static Told told(int status, String code, JsonNode error) {
        boolean noParam = error.path("param").isMissingNode();
        return switch (status) {
            case 400 -> of400(code, error, noParam);
            case 401 -> new Told(401, "authentication_error", "Authentication failed");
            case 402 -> OF_FIELDS.contains(code) || (!error.path("payment_intent").isObject() && code.equals("incorrect_number"))
                    ? new Told(400, Fields.VALIDATION_ERROR, "Invalid request data")
                    : new Told(402, "card_declined", "The card was declined");
            case 403 -> new Told(403, "permission_denied", "Permission denied");
            case 404 -> new Told(404, "not_found", "Not found");
            case 405 -> new Told(405, "method_not_allowed", "Method not allowed");
            case 408 -> new Told(408, "request_timeout", "The request did not arrive in time");
            case 409 -> new Told(409, INVALID_STATE, "Not possible now");
            case 413 -> new Told(413, "payload_too_large", "The request is too large");
            case 415 -> new Told(415, "unsupported_media_type", "Unsupported media type");
            case 429 -> new Told(429, "rate_limited", "Too many requests");
            case 502 -> new Told(502, OWN.contains(code) ? code : PROVIDER_ERROR, "The payment provider failed");
            case 504 -> new Told(504, PROVIDER_TIMEOUT, "The payment provider did not answer in time");
            case 503 -> new Told(503, "internal_error", "The service is not available just now");
            default -> new Told(500, "internal_error", "An unexpected error on our side");
        };
    }

    private static Told of400(String code, JsonNode error, boolean noParam) {
        if (error.path("type").asString("").equals("idempotency_error") || OF_STATE.contains(code)) {
            return new Told(409, INVALID_STATE, "Not possible now");
        }
        if (code.equals(UNSUPPORTED)) {
            return new Told(400, UNSUPPORTED, "Not supported");
        }
        return noParam && !OWN.contains(code) && !error.path("details").isObject()
                ? new Told(400, "invalid_json", "The body cannot be read")
                : new Told(400, Fields.VALIDATION_ERROR, "Invalid request data");
    }

    /** What is wrong with which field; null where that is not what failed. */
    private static @Nullable JsonNode details(Told told, JsonNode error, String message) {
        if (error.path("details").isObject()) {
            return error.get("details");
        }
        String param = error.path("param").asString("");
        boolean ofFields = told.status() == 400 || told.status() == 404 || told.status() == 409;
        // Of a path it says which id.
        if (!ofFields || param.equals("id") || told.code().equals("invalid_json") || (param.isEmpty() && told.status() != 400)) {
            return null;
        }
        ObjectNode details = Json.object();
        details.set(param.isEmpty() ? Fields.NON_FIELD : NAMES.getOrDefault(param, param), Json.texts(List.of(message)));
        return details;
    }

    /** Whether an issuer said no; else no provider could be asked, or it refused us. */
    private static boolean asked(JsonNode intent) {
        JsonNode charge = View.latest(intent);
        return !charge.path("outcome").path("network_status").asString("").equals("not_sent_to_network");
    }

    private static Told unasked(JsonNode intent) {
        String says = View.latest(intent).path("outcome").path("network_decline_code").asString("");
        return says.equals("401") || says.equals("403") || says.equals("unauthorized") || says.equals("forbidden")
                ? new Told(502, PROVIDER_AUTH_ERROR, "The payment provider refused our credentials")
                : new Told(502, PROVIDER_ERROR, "The payment provider failed");
    }
}
