package dev.bezant.server.http;

import dev.bezant.server.kernel.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The {@code metadata} of an object: at most 50 keys of 40 characters, values of 500; an update merges, an empty value removes. */
public final class Metadata {
    private static final int KEYS_MAX = 50;
    private static final int KEY_LENGTH_MAX = 40;
    private static final int VALUE_LENGTH_MAX = 500;

    private Metadata() {}

    /**
     * Applies what a request says to what is stored.
     *
     * @param stored null for a new object
     * @return the new metadata; the stored one, unchanged, if the request says nothing
     */
    public static ObjectNode merged(Params params, @Nullable ObjectNode stored) {
        ObjectNode merged = stored == null ? Json.object() : stored.deepCopy();
        Params.TextMap changes = params.textMap("metadata", KEYS_MAX, KEY_LENGTH_MAX, VALUE_LENGTH_MAX);
        if (changes == null) {
            return merged;
        }
        if (changes.unset()) {
            return Json.object();
        }
        changes.changes().forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        if (merged.size() > KEYS_MAX) {
            throw ApiException.invalid("metadata", "Invalid metadata: the object would have " + merged.size() + " keys, at most " + KEYS_MAX + " are allowed.");
        }
        return merged;
    }
}
