package dev.bezant.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fault at a provider behind {@link BezantProcess}, until closed. */
record SandboxFault(String id) implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** @param json as the sandbox's control API takes it */
    static SandboxFault of(String json) {
        return new SandboxFault(control("POST", "", json).path("id").asString());
    }

    boolean struck() {
        for (var fault : control("GET", "", "").path("data")) {
            if (fault.path("id").asString().equals(id)) {
                return fault.path("hits").asInt() > 0;
            }
        }
        throw new AssertionError("The fault " + id + " is not listed");
    }

    @Override
    public void close() {
        control("DELETE", "/" + id, "");
    }

    private static JsonNode control(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(BezantProcess.shared().sandboxUrl() + "/control/faults" + path))
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
