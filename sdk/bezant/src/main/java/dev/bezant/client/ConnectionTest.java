package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;

/**
 * Whether the provider could be reached.
 *
 * @param message what is wrong, if something is
 */
public record ConnectionTest(boolean success, String mode, String message) {
    static ConnectionTest of(JsonFields json) {
        return new ConnectionTest(Boolean.TRUE.equals(json.bool("success")), json.requiredText("mode"), json.requiredText("message"));
    }
}
