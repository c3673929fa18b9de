package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.ops.ServerAccess.Login;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Calls a running server's API for a command. */
final class ApiClient {
    /** Longer than a server lets anybody wait for events. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Supplier<Login> login;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    /** @param login asked before every call */
    ApiClient(Supplier<Login> login) {
        this.login = login;
    }

    /** The server answered, with an error. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient ObjectNode answer;

        RefusedException(int status, ObjectNode answer) {
            super(answer.at("/error/message").asString("HTTP " + status));
            this.status = status;
            this.answer = answer;
        }

        /** All that it answered. */
        ObjectNode answer() {
            return answer;
        }

        int status() {
            return status;
        }

        /** Whether the same call may succeed later. */
        boolean passing() {
            return status >= 500 || status == 429 || status == 409;
        }
    }

    /** @throws IOException if there is no answer */
    ObjectNode get(String path) throws IOException {
        return call(path, "GET", BodyPublishers.noBody());
    }

    /** @param params sent in the query */
    ObjectNode get(String path, Map<String, String> params) throws IOException {
        return get(path + params.entrySet().stream().map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue())).collect(Collectors.joining("&", "?", "")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    ObjectNode post(String path, ObjectNode body) throws IOException {
        return call(path, "POST", BodyPublishers.ofString(Json.write(body)));
    }

    ObjectNode delete(String path) throws IOException {
        return call(path, "DELETE", BodyPublishers.noBody());
    }

    private ObjectNode call(String path, String method, HttpRequest.BodyPublisher body) throws IOException {
        Login to = login.get();
        HttpRequest request = HttpRequest.newBuilder(URI.create(to.url() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + to.key().reveal())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            ObjectNode answer = Json.readObject(response.body());
            if (response.statusCode() != 200) {
                throw new RefusedException(response.statusCode(), answer);
            }
            return answer;
        } catch (JacksonException | ClassCastException e) {
            throw new IOException(to.url() + " does not answer as Bezant does", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
