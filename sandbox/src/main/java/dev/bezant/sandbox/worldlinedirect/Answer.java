package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call of the API is answered.
 *
 * @param body null for none
 */
record Answer(int status, @Nullable JsonNode body) {
    static Answer of(int status, JsonNode body) {
        return new Answer(status, body);
    }

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer nothing() {
        return new Answer(204, null);
    }

    HttpResponse response() {
        return body == null ? new HttpResponse(status, Map.of(), new byte[0]) : HttpResponse.json(status, Json.bytes(body));
    }
}
