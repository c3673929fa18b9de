package dev.bezant.server.http;

import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.testing.PlainSealer;
import dev.bezant.server.testing.RawHttp;
import dev.bezant.server.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The front door with one small feature behind it, {@code /v1/things}, and an impatient socket. */
final class FrontDoor implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    final TestDatabase db = TestDatabase.create();
    final AtomicInteger made = new AtomicInteger();
    final Idempotency idempotency;
    private final Api api;
    private final HttpServer server;

    FrontDoor() {
        this(null, null);
    }

    /** With limits per minute, of requests and of writes of payment intents; null = none. */
    FrontDoor(@Nullable Integer requests, @Nullable Integer payments) {
        this(requests, payments, new LocalBuckets(), Exposure.DIRECT);
    }

    FrontDoor(@Nullable Integer requests, @Nullable Integer payments, Buckets buckets, Exposure exposure) {
        var ids = new Ids(Clock.systemUTC());
        idempotency = new Idempotency(db.database(), ids, canonical -> canonical.getBytes(StandardCharsets.UTF_8), PlainSealer.INSTANCE);
        var routes = List.of(
                Route.get("/v1/things", this::show),
                Route.get("/v1/open_things", this::show).publishableToo(),
                Route.post("/v1/open_things", (request, tx) -> make(request)).publishableToo().under("things"),
                Route.get("/v1/payment_intents", this::show),
                Route.post("/v1/things", (request, tx) -> make(request)),
                Route.post("/v1/payment_intents", (request, tx) -> make(request)));
        var api = new Api(routes, new Api.Tools(
                (key, ip) -> caller(key.reveal(), requests, payments),
                idempotency, new Expansion(), new Shapes(), new RateLimits(buckets, false), exposure, RequestJournal.NONE,
                new SimpleMeterRegistry(), ids, Clock.systemUTC()));
        this.api = api;
        server = at(0);
    }

    /** One more, on a port of its own. */
    HttpServer at(int port) {
        return HttpServer.start(new HttpServer.Settings("127.0.0.1", port, 16 << 10, PATIENCE), api, List.of(), List.of(), Map.of());
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    RawHttp connect() {
        return RawHttp.connect(url());
    }

    /** The head of a request, ready for more headers. */
    static String head(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk_test_1\r\n";
    }

    static String get(String target) {
        return head("GET", target) + "\r\n";
    }

    static String post(String target, String body, String... headers) {
        return head("POST", target) + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** One request on a connection of its own. */
    RawHttp.Response once(String request) {
        try (RawHttp http = connect()) {
            return http.send(request).read();
        }
    }

    @Override
    public void close() {
        server.close();
        db.close();
    }

    /** {@code rk_test_read} and {@code rk_test_write} may do that with things, {@code rk_test_none} nothing. */
    private static Caller caller(String key, @Nullable Integer requests, @Nullable Integer payments) {
        String[] parts = key.split("_", 3);
        return switch (parts[0]) {
            case "pk" -> caller(key, Caller.KeyKind.PUBLISHABLE, Permissions.ALL, requests, payments);
            case "rk" -> caller(key, Caller.KeyKind.RESTRICTED,
                    Permissions.only(Map.of("things", Permissions.Level.valueOf(parts[2].toUpperCase(java.util.Locale.ROOT)))), requests, payments);
            default -> caller(key, Caller.KeyKind.SECRET, Permissions.ALL, requests, payments);
        };
    }

    private static Caller caller(String key, Caller.KeyKind kind, Permissions may, @Nullable Integer requests, @Nullable Integer payments) {
        return new Caller("acct_1", Mode.of(key.contains("_live_")), kind, key, key.substring(0, 8) + "...", may, requests, payments);
    }

    private ObjectNode show(ApiRequest request) {
        ObjectNode shown = Json.object();
        shown.put("object", "thing");
        var texts = request.params().textMap("metadata", 50, 40, 500);
        shown.put("metadata", texts == null ? "" : texts.changes().toString());
        request.params().done();
        return shown;
    }

    private ObjectNode make(ApiRequest request) {
        ObjectNode shown = Json.object();
        shown.put("object", "thing");
        shown.put("name", request.params().requiredText("name", 100));
        request.params().done();
        shown.put("number", made.incrementAndGet());
        return shown;
    }
}
