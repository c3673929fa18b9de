package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code errors} (section 5).
 *
 * @param status as {@code httpStatusCode}; mostly, not always, the answer's own
 * @param property where in the request, such as {@code order.amountOfMoney.amount}
 */
record ApiError(int status, String id, String errorCode, String code, String message, Category category, @Nullable String property) {
    enum Category { DIRECT_PLATFORM_ERROR, PAYMENT_PLATFORM_ERROR }

    /** A field that cannot be used. */
    static ApiError invalid(String property, String message) {
        return new ApiError(400, "INVALID_VALUE", "50001111", "1008", message, Category.DIRECT_PLATFORM_ERROR, property);
    }

    static ApiError missing(String property) {
        return new ApiError(400, "PARAMETER_NOT_FOUND_IN_REQUEST", "50001111", "20000000", property + " is required",
                Category.DIRECT_PLATFORM_ERROR, property);
    }

    /** For people, where the field is plain to see. */
    String messageBesideTheField() {
        return property != null && message.startsWith(property + " ") ? message.substring(property.length() + 1) : message;
    }

    ObjectNode json() {
        var json = Json.object()
                .put("errorCode", errorCode)
                .put("category", category.name())
                .put("code", code)
                .put("httpStatusCode", status)
                .put("id", id)
                .put("message", message)
                .put("retriable", false);
        if (property != null) {
            json.put("propertyName", property);
        }
        return json;
    }
}
