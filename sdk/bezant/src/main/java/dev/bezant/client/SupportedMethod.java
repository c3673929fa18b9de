package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;

/**
 * What can be paid with.
 *
 * @param code such as {@code card}
 */
public record SupportedMethod(String code, String name) {
    static SupportedMethod of(JsonFields json) {
        return new SupportedMethod(json.requiredText("code"), json.requiredText("name"));
    }
}
