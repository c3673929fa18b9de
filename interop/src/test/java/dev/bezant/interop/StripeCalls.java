package dev.bezant.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client library has called, by the server's own log of requests. */
final class StripeCalls {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private StripeCalls() {}

    /**
     * Calls, each once, such as {@code POST /v1/customers/{id}}; a refusal included, those of unknown paths not.
     *
     * @param bindings as the library calls itself in {@code User-Agent}, such as {@code JavaBindings}
     */
    static SortedSet<String> distinct(String bindings) {
        var calls = new TreeSet<String>();
        var cursor = "";
        while (true) {
            var page = get("/v1/request_logs?limit=100" + cursor);
            for (var request : page.path("data")) {
                if (request.path("user_agent").asString("").contains(bindings) && request.path("route").asString("").startsWith("/v1/")) {
                    calls.add(request.path("method").asString() + " " + request.path("route").asString());
                }
            }
            if (!page.path("has_more").asBoolean()) {
                return calls;
            }
            cursor = "&starting_after=" + page.path("data").path(page.path("data").size() - 1).path("id").asString();
        }
    }

    /** Every call that the server's own description has. */
    static SortedSet<String> described() {
        var calls = new TreeSet<String>();
        for (var path : get("/openapi.json").path("paths").properties()) {
            for (var method : List.of("get", "post", "delete")) {
                if (path.getValue().has(method)) {
                    calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return calls;
    }

    private static JsonNode get(String path) {
        var bezant = BezantProcess.shared();
        var request = HttpRequest.newBuilder(URI.create(bezant.url() + path)).header("Authorization", "Bearer " + bezant.secretKey()).build();
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
