package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import tools.jackson.databind.JsonNode;

/** What a call of the API is answered. */
record Answer(int status, JsonNode body) {
    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body);
    }

    HttpResponse response() {
        return HttpResponse.json(status, Json.bytes(body));
    }
}
