package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the answers of the intents dialect have in common; of them only {@code id} is certain, everything else may be absent. */
final class IntentReading {
    private IntentReading() {}

    /** A time with zone, or unix seconds. */
    static @Nullable Instant time(JsonFields json, String name) {
        String text = json.text(name);
        return text == null || text.matches("[0-9]+(\\.[0-9]+)?") ? Json.time(json, name) : json.instant(name);
    }

    /** Some answers put the object into {@code data}. */
    static JsonFields unwrapped(JsonFields json) {
        return json.has("id") ? json : json.object("data").orElse(json);
    }
}
