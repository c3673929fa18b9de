package dev.bezant.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A merchant's program: calls the API with one key, holds every answer against its description, and remembers it word for word. */
final class Merchant {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    static final JsonMapper JSON = JsonMapper.shared();

    /** What came back. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        /** A member at a JSON pointer such as {@code /next_action/type}; empty if absent. */
        String text(String pointer) {
            return json().at(pointer).asString("");
        }

        String id() {
            return text("/id");
        }

        String state() {
            return text("/status");
        }
    }

    private final String origin;
    private final String key;
    private final @Nullable Description description;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

    Merchant(String origin, String key) {
        this(origin, key, null);
    }

    /** @param description what answers are held against; null = nothing */
    private Merchant(String origin, String key, @Nullable Description description) {
        this.origin = origin;
        this.key = key;
        this.description = description;
    }

    /** With the secret key of quickstart.env. */
    static Merchant of(Server server) {
        String origin = server.variable("BEZANT_URL");
        String key = server.variable("BEZANT_SECRET_KEY");
        return new Merchant(origin, key, new Description(new Merchant(origin, key).get("/openapi.json").body()));
    }

    /** The sandbox's control API, which asks for no key. */
    static Merchant ofSandbox(Server server) {
        return new Merchant(server.variable("BEZANT_SANDBOX_URL"), "none");
    }

    /** @param form as it goes over the wire */
    Answer post(String path, String form) {
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)));
    }

    Answer postJson(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + key);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
            answers.add(answer);
            if (description != null) {
                description.check(response.request().method(), response.request().uri(), answer.status(), answer.body());
            }
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every answer so far, head and body. */
    List<Answer> answers() {
        return List.copyOf(answers);
    }
}
