package dev.bezant.server.testing;

import dev.bezant.server.database.Database;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.http.Api;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Exposure;
import dev.bezant.server.http.HttpServer;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.LocalBuckets;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.RateLimits;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.openapi.Conformance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some features' routes over real HTTP, with three fixed keys of account {@code acct_a} and one of {@code acct_b}.
 *
 * <p>Bodies are forms unless they begin with a brace.
 */
public final class TestApi implements AutoCloseable {
    public static final String SECRET = "sk_test_a";
    public static final String PUBLISHABLE = "pk_test_a";
    public static final String LIVE = "sk_live_a";
    public static final String STRANGER = "sk_test_b";

    private static final Map<String, Caller> CALLERS = Map.of(
            SECRET, caller("acct_a", Mode.TEST, Caller.KeyKind.SECRET),
            PUBLISHABLE, caller("acct_a", Mode.TEST, Caller.KeyKind.PUBLISHABLE),
            LIVE, caller("acct_a", Mode.LIVE, Caller.KeyKind.SECRET),
            STRANGER, caller("acct_b", Mode.TEST, Caller.KeyKind.SECRET));

    /** An answer: its status and its JSON. */
    public record Answer(int status, ObjectNode body) {
        /** A member by path, such as {@code /card/brand}, as text; null if it is null or absent. */
        public @Nullable String text(String pointer) {
            JsonNode node = body.at(pointer);
            return node.isNull() || node.isMissingNode() ? null : node.asString();
        }

        public String id() {
            return body.path("id").asString();
        }

        /** {@code 402 card_error incorrect_number number}. */
        public String error() {
            return status + " " + text("/error/type") + " " + text("/error/code") + " " + text("/error/param");
        }
    }

    private final HttpServer server;
    private final Conformance conformance;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestApi(HttpServer server, Conformance conformance) {
        this.server = server;
        this.conformance = conformance;
    }

    public static TestApi start(Database database, Ids ids, Expansion expansion, Idempotency.Fingerprint fingerprint, List<Route> routes) {
        var conformance = new Conformance(routes);
        var api = new Api(routes, new Api.Tools(
                (key, ip) -> {
                    Caller caller = CALLERS.get(key.reveal());
                    if (caller == null) {
                        throw new ApiException(ErrorCode.INVALID_API_KEY, null, "Invalid API key");
                    }
                    return caller;
                },
                new Idempotency(database, ids, fingerprint, PlainSealer.INSTANCE),
                expansion,
                new Shapes(),
                new RateLimits(new LocalBuckets(), false),
                Exposure.DIRECT,
                conformance,
                new SimpleMeterRegistry(),
                ids,
                Clock.systemUTC()));
        return new TestApi(HttpServer.start(HttpServer.Settings.of("127.0.0.1", 0), api, List.of(), List.of(), Map.of()), conformance);
    }

    public static Caller caller(String key) {
        Caller caller = CALLERS.get(key);
        if (caller == null) {
            throw new IllegalArgumentException(key);
        }
        return caller;
    }

    public Answer get(String path) {
        return send("GET", path, null, SECRET);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, SECRET);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body, SECRET);
    }

    public Answer send(String method, String path, @Nullable String body, String key, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path.replace("[", "%5B").replace("]", "%5D")))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", body != null && body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            conformance.check();
            return new Answer(response.statusCode(), Json.readObject(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        conformance.check();
    }

    private static Caller caller(String account, Mode mode, Caller.KeyKind kind) {
        return new Caller(account, mode, kind, "key_1", "test", Permissions.ALL, null, null);
    }
}
