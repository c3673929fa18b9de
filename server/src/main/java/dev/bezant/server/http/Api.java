package dev.bezant.server.http;

import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.dialect.ApiVersion;
import dev.bezant.server.dialect.Dialect;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.http.Route.Download;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a request through key, permission, rate limit, decoding, idempotency, handler, expansion and dialect to an answer; every
 * failure becomes the error envelope here and nowhere else.
 */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final int FILE_BODY_BYTES_MAX = 17 << 20;

    /** Where client libraries of Stripe name the account that a request is for. */
    private static final List<String> ACCOUNT_HEADERS = List.of("Stripe-Account", "Stripe-Context");

    private final Router<Route> router;
    private final List<Route> routes;
    private final Tools tools;
    private final Envelope envelope;

    /**
     * What the front door works with.
     *
     * @param journal hears of every request
     */
    public record Tools(
            Keyring keyring,
            Idempotency idempotency,
            Expansion expansion,
            Shapes shapes,
            RateLimits limits,
            Exposure exposure,
            RequestJournal journal,
            MeterRegistry metrics,
            Ids ids,
            Clock clock) {}

    public Api(List<Route> routes, Tools tools) {
        this(routes, tools, Envelope.NONE);
    }

    /** @param envelope how some of the endpoints speak */
    public Api(List<Route> routes, Tools tools, Envelope envelope) {
        this.envelope = envelope;
        this.routes = List.copyOf(routes);
        this.router = new Router<>(routes, Route::method, Route::pattern);
        this.tools = tools;
    }

    /** Every endpoint. */
    public List<Route> routes() {
        return routes;
    }

    /** What answers may have expanded: by the object's name and its field, the kinds that it may hold. */
    public Map<String, Map<String, List<String>>> expandable() {
        return tools.expansion().fields();
    }

    /** How large a body may be that is sent to a path, in bytes. */
    int bodyBytesMax(String method, String rawPath) {
        try {
            Route route = router.find(method, rawPath).route();
            return route != null && route.terms().takesFiles() ? FILE_BODY_BYTES_MAX : BODY_BYTES_MAX;
        } catch (ApiException e) {
            return BODY_BYTES_MAX;
        }
    }

    /** An answer on its way out: JSON, or a file's bytes. */
    record Reply(int status, Map<String, String> headers, String contentType, byte[] content) {}

    /** @param failure what already went wrong while reading the request; null if nothing did */
    Reply handle(RawRequest raw, @Nullable ApiException failure) {
        var exchange = new Exchange(tools.ids().next("req"), tools.clock().instant(), raw.ip());
        exchange.enveloped = envelope.covers(raw.rawPath());
        MDC.put("request_id", exchange.requestId);
        ApiResponse response;
        Download download = null;
        try {
            if (failure != null) {
                throw failure;
            }
            Answer answer = answer(raw, exchange);
            response = answer.response();
            download = answer.download();
        } catch (ApiException e) {
            response = refusal(e, exchange);
        } catch (RuntimeException e) {
            LOG.error("Request failed", e);
            boolean overloaded = e instanceof DatabaseException failed && failed.transientFailure();
            response = refusal(overloaded
                    ? new ApiException(503, ErrorCode.Type.API, null, null, "The service cannot reach its database. Try again with the same Idempotency-Key.")
                            .header("Retry-After", "1")
                    : new ApiException(500, ErrorCode.Type.API, null, null, "An unexpected error on our side. Repeat with the same Idempotency-Key, or ask with this request_id."),
                    exchange);
        }
        long took = System.nanoTime() - exchange.beganNanos;
        var finished = finished(exchange, response, took);
        record(raw, exchange, finished, took);
        MDC.remove("request_id");
        return download == null ? json(finished) : new Reply(200, downloadHeaders(finished, download), download.contentType(), download.content());
    }

    /** The answer to a request that the server library could not read. */
    ApiResponse unread(int status) {
        var exchange = new Exchange(tools.ids().next("req"), tools.clock().instant(), "");
        ErrorCode.Type type = status >= 500 ? ErrorCode.Type.API : ErrorCode.Type.INVALID_REQUEST;
        ApiException told = new ApiException(status, type, null, null, status >= 500
                ? "An unexpected error on our side. Ask with this request_id."
                : "The HTTP request is malformed, or its head is too large.");
        return finished(exchange, refusal(told, exchange), 0);
    }

    private record Answer(ApiResponse response, @Nullable Download download) {
        static Answer of(ApiResponse response) {
            return new Answer(response, null);
        }
    }

    private Answer answer(RawRequest raw, Exchange exchange) {
        exchange.ip = tools.exposure().client(raw);
        Router.Match<Route> match = router.find(raw.method(), raw.rawPath());
        exchange.pattern = match.route() == null ? "unknown" : match.route().pattern();
        // An idempotency key is its sender's own text, long numbers included; one with a card number would have been refused.
        boolean cardInPath = match.pathParams().entrySet().stream()
                .anyMatch(it -> it.getKey().equals("key") ? CardNumbers.surelyIn(it.getValue()) : CardNumbers.maybeIn(it.getValue()));
        exchange.path = match.route() == null || cardInPath ? exchange.pattern : canonicalPath(raw.rawPath());
        if (Cors.isPreflight(raw) && browsersMay(raw)) {
            return Answer.of(Cors.preflight());
        }
        speak(raw, exchange);
        Caller caller = exchange.enveloped ? ofPair(raw, exchange.ip) : tools.keyring().authenticate(ApiKeyHeader.read(raw), exchange.ip);
        exchange.caller = caller;
        checkWay(raw, caller, exchange);
        checkAccount(raw, caller);
        Route route = match.route();
        if (route == null) {
            throw match.methods().isEmpty() ? unknownUrl(raw) : otherMethod(raw, match);
        }
        checkPermission(caller, route);
        if (cardInPath) {
            // Before anything is done with it: a path is stored with its idempotency key.
            throw ApiException.noSuch("object", raw.rawPath(), "id");
        }
        exchange.headers.putAll(tools.limits().check(caller, raw.method(), raw.rawPath()));
        Params params = params(raw, route, exchange);
        exchange.params = params;
        exchange.idempotencyKey = raw.method().equals("POST") ? Idempotency.checkedKey(raw.header("Idempotency-Key")) : null;
        List<String> expand = exchange.enveloped ? List.of() : expansions(params, caller);
        var payer = new ApiRequest.PayerHeaders(raw.header("User-Agent"), raw.header("Accept"), raw.header("Accept-Language"), exchange.ip);
        var request = new ApiRequest(raw.method(), canonicalPath(raw.rawPath()), match.pathParams(), params, caller,
                exchange.idempotencyKey, exchange.requestId, payer);
        return exchange.enveloped ? Answer.of(plain(route, request)) : run(route, request, expand, exchange.dialect);
    }

    /** Whatever is wrong with a pair of keys is told alike. */
    private Caller ofPair(RawRequest raw, String ip) {
        ApiKeyHeader.Pair pair = ApiKeyHeader.readPair(raw);
        try {
            return tools.keyring().authenticatePair(pair.publicKey(), pair.secretKey(), ip);
        } catch (ApiException e) {
            throw new ApiException(401, ErrorCode.Type.AUTHENTICATION, e.code(), null, String.valueOf(e.getMessage()))
                    .header("WWW-Authenticate", "Bearer realm=\"Bezant\"");
        }
    }

    /** The answer as the handler gives it: nobody's dialect. */
    private ApiResponse plain(Route route, ApiRequest request) {
        return switch (route.work()) {
            case Route.Reads reads -> ApiResponse.ok(reads.handle(request));
            case Route.Writes writes -> tools.idempotency().once(request, route.terms().answersSecret(), tx -> writes.handle(request, tx));
            case Route.MovesMoney money -> money.handle(request);
            case Route.Downloads d -> throw new IllegalStateException(route.endpoint() + " answers with a file, which no envelope holds");
        };
    }

    /** Which dialect, by the version asked for; a version of ours is taken, noted and told back, and means nothing yet. */
    private static void speak(RawRequest raw, Exchange exchange) {
        String stripe = raw.header("Stripe-Version");
        String ours = raw.header("Payments-Version");
        String header = stripe != null ? "Stripe-Version" : "Payments-Version";
        String asked = stripe != null ? stripe : ours;
        if (asked == null) {
            return;
        }
        ApiVersion version = ApiVersion.parse(asked.strip()).orElseThrow(() -> ApiException.invalid(header, "Invalid " + header
                + ": expected a date such as 2026-07-29, or with a name behind it, 2026-07-29.dahlia."));
        exchange.headers.put(header, version.text());
        exchange.version = version.text();
        if (stripe != null) {
            exchange.dialect = Dialect.stripe(version);
        }
    }

    private void checkWay(RawRequest raw, Caller caller, Exchange exchange) {
        String origin = raw.header("Origin");
        if (origin != null && !caller.publishable()) {
            tools.metrics().counter("bezant.keys.in_browser").increment();
            LOG.atWarn().addKeyValue("api_key_prefix", caller.keyPrefix()).log("A secret key is used in a browser");
        }
        exchange.headers.putAll(Cors.allow(origin, caller, tools.exposure()));
        if (caller.livemode() && !tools.exposure().confidential(raw)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, null, "Live keys are not taken over plain HTTP: they could be read on the way."
                    + " Use https; if a proxy encrypts, whoever runs this server names it in the setting server.trusted_proxies.");
        }
    }

    /** A request on behalf of another account must not be done for the key's own instead. */
    private static void checkAccount(RawRequest raw, Caller caller) {
        for (String header : ACCOUNT_HEADERS) {
            String account = raw.header(header);
            if (account != null && !account.isBlank() && !account.strip().equals(caller.accountId())) {
                throw new ApiException(ErrorCode.ACCOUNT_INVALID, null, "The provided key cannot act for the account that " + header
                        + " names: a key acts for its own account alone. Leave the header out, or use a key of that account.");
            }
        }
    }

    private static void checkPermission(Caller caller, Route route) {
        if (caller.publishable() && route.access() == Route.Access.SECRET_ONLY) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, null, "This endpoint needs a secret key (sk_...), not a publishable one.");
        }
        if (!caller.publishable() && !caller.permissions().allow(route.family(), route.writes())) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, null, "The provided key '" + caller.keyPrefix() + "' does not have the required"
                    + " permissions for this endpoint. It needs the permission '" + route.family() + (route.writes() ? ":write" : ":read") + "'.");
        }
    }

    private static Params params(RawRequest raw, Route route, Exchange exchange) {
        boolean post = raw.method().equals("POST");
        if (post && raw.rawQuery() != null && !raw.rawQuery().isEmpty()) {
            throw new ApiException(ErrorCode.PARAMETER_UNKNOWN, null, "Parameters of a POST belong in its body, not in the query string.");
        }
        Params params = post
                ? Decoder.body(raw.header("Content-Type"), raw.body(), route.terms().takesFiles())
                : Decoder.form(raw.rawQuery());
        exchange.dialect.ignored(route.endpoint()).forEach(params::drop);
        return params;
    }

    private static List<String> expansions(Params params, Caller caller) {
        List<String> expand = Expansion.paths(params);
        if (!expand.isEmpty() && caller.publishable()) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, "expand", "expand needs a secret key: it would show what is not for a payer's browser.");
        }
        return expand;
    }

    private Answer run(Route route, ApiRequest request, List<String> expand, Dialect dialect) {
        if (!(route.work() instanceof Route.Reads)) {
            tools.expansion().check(route.answers(), expand);
        }
        Caller caller = request.caller();
        return switch (route.work()) {
            case Route.Reads reads -> {
                ObjectNode answer = reads.handle(request);
                tools.expansion().apply(caller, answer, expand);
                yield Answer.of(ApiResponse.ok(shaped(caller, answer, dialect)));
            }
            case Route.Writes writes -> Answer.of(spoken(caller,
                    expanded(request, tools.idempotency().once(request, route.terms().answersSecret(), tx -> writes.handle(request, tx)), expand), dialect));
            case Route.MovesMoney money -> Answer.of(spoken(caller, expanded(request, money.handle(request), expand), dialect));
            case Route.Downloads downloads -> new Answer(ApiResponse.of(200, ""), downloads.handle(request));
        };
    }

    private ApiResponse expanded(ApiRequest request, ApiResponse response, List<String> expand) {
        if (expand.isEmpty() || response.status() != 200) {
            return response;
        }
        ObjectNode answer = Json.readObject(response.json());
        tools.expansion().apply(request.caller(), answer, expand);
        String json = Json.write(answer);
        if (!json.equals(response.json())) {
            tools.idempotency().storeExpanded(request, response.json(), json);
        }
        return response.withJson(json);
    }

    /** The answer in the caller's dialect. What is stored stays native: another client may ask for it. */
    private ApiResponse spoken(Caller caller, ApiResponse response, Dialect dialect) {
        return response.withJson(Json.write(linked(caller, shaped(caller, Json.readObject(response.json()), dialect))));
    }

    private ObjectNode shaped(Caller caller, ObjectNode answer, Dialect dialect) {
        if (!caller.publishable()) {
            boolean several = answer.path("data").isArray();
            JsonNode one = several ? answer.path("data").path(0) : answer;
            List<String> implied = dialect.impliedExpansions(one.path("object").asString(""));
            if (!implied.isEmpty()) {
                tools.expansion().apply(caller, answer, several ? implied.stream().map("data."::concat).toList() : implied);
            }
        }
        return tools.shapes().shape(dialect, answer);
    }

    private ApiResponse refusal(ApiException e, Exchange exchange) {
        if (exchange.enveloped) {
            return envelope.failure(exchange.caller, e.status(), e.body(exchange.requestId), e.headers());
        }
        ObjectNode body = linked(exchange.caller, tools.shapes().shape(exchange.dialect, e.body(exchange.requestId)));
        return new ApiResponse(e.status(), Json.write(body), e.headers(), 0);
    }

    /** An error with where the record of its request can be read, for those who may; a repeat's names the first request's. */
    private ObjectNode linked(@Nullable Caller caller, ObjectNode body) {
        if (caller != null && !caller.publishable() && body.get("error") instanceof ObjectNode error) {
            String url = tools.journal().url(error.path("request_id").asString(""));
            if (url != null) {
                error.put("request_log_url", url);
            }
        }
        return body;
    }

    private boolean browsersMay(RawRequest raw) {
        Route asked = router.find(Objects.requireNonNullElse(raw.header("Access-Control-Request-Method"), ""), raw.rawPath()).route();
        return asked != null && asked.access() == Route.Access.PUBLISHABLE_TOO;
    }

    private static ApiException unknownUrl(RawRequest raw) {
        return new ApiException(404, ErrorCode.Type.INVALID_REQUEST, null, null, "Unrecognized request URL (" + raw.method() + ": "
                + shortened(raw.rawPath()) + "). Check the path against the API reference.");
    }

    private static ApiException otherMethod(RawRequest raw, Router.Match<Route> match) {
        String methods = String.join(", ", match.methods());
        return new ApiException(405, ErrorCode.Type.INVALID_REQUEST, null, null, "This URL does not take " + raw.method() + ", only " + methods + ".")
                .header("Allow", methods);
    }

    private static ApiResponse finished(Exchange exchange, ApiResponse response, long took) {
        Map<String, String> headers = new LinkedHashMap<>(exchange.headers);
        headers.putAll(response.headers());
        headers.put("Request-Id", exchange.requestId);
        if (exchange.idempotencyKey != null) {
            headers.put("Idempotency-Key", exchange.idempotencyKey);
        }
        headers.put("Server-Timing", "total;dur=" + millis(took)
                + (response.providerNanos() > 0 ? ", provider;dur=" + millis(response.providerNanos()) : ""));
        return new ApiResponse(response.status(), response.json(), headers, response.providerNanos());
    }

    private static Reply json(ApiResponse response) {
        return new Reply(response.status(), response.headers(), "application/json", response.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Never shown in place: a file that somebody uploaded must not become a page of ours. */
    private static Map<String, String> downloadHeaders(ApiResponse response, Download download) {
        var headers = new LinkedHashMap<>(response.headers());
        headers.put("Content-Disposition", "attachment; filename=\"" + download.fileName().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }

    private void record(RawRequest raw, Exchange exchange, ApiResponse response, long took) {
        Timer.builder("bezant.http.requests")
                .tag("method", known(raw.method()))
                .tag("route", exchange.pattern)
                .tag("status", String.valueOf(response.status()))
                .register(tools.metrics())
                .record(took, TimeUnit.NANOSECONDS);
        String userAgent = Optional.ofNullable(raw.header("User-Agent")).map(Api::shortened).orElse(null);
        var line = response.status() >= 500 ? LOG.atError() : response.status() >= 400 ? LOG.atWarn() : LOG.atInfo();
        line.addKeyValue("method", known(raw.method()))
                .addKeyValue("path", exchange.path)
                .addKeyValue("status_code", response.status())
                .addKeyValue("processing_time_ms", BigDecimal.valueOf(took / 100_000, 1))
                .addKeyValue("user_agent", userAgent == null ? "" : userAgent)
                .addKeyValue("api_key_prefix", exchange.caller == null ? "" : exchange.caller.keyPrefix())
                .log("request");
        tools.journal().seen(new RequestJournal.Seen(exchange.requestId, exchange.began, took, response.providerNanos(), known(raw.method()),
                exchange.path, exchange.pattern, exchange.caller, exchange.params, exchange.idempotencyKey,
                response.headers().containsKey(ApiResponse.REPLAYED), exchange.dialect.name(), exchange.version, exchange.ip, userAgent,
                response.status(), response.json()));
    }

    private static String known(String method) {
        return List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS").contains(method) ? method : "other";
    }

    private static String canonicalPath(String rawPath) {
        return rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    }

    private static String shortened(String text) {
        // Masked before it is cut: the rest of a card number would not look like one.
        String safe = CardNumbers.masked(text).replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= 100 ? safe : safe.substring(0, 100) + "...";
    }

    private static String millis(long nanos) {
        return Objects.toString(nanos / 1_000_000) + "." + Objects.toString(nanos / 100_000 % 10);
    }

    /** The routes of several features, in order. */
    @SafeVarargs
    public static List<Route> routes(List<Route>... features) {
        var all = new ArrayList<Route>();
        for (List<Route> feature : features) {
            all.addAll(feature);
        }
        return all;
    }
}
