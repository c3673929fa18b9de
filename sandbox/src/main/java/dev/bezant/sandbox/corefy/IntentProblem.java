package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;

/** A request of the intents dialect that is refused (section 13); nothing has happened. */
final class IntentProblem extends RuntimeException {
    private final int status;
    private final String code;

    IntentProblem(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    HttpResponse response() {
        return HttpResponse.json(status, body(code, String.valueOf(getMessage())));
    }

    static byte[] body(String code, String message) {
        return Json.bytes(Json.object().put("message", message).put("error_code", code));
    }
}
