package dev.bezant.server.http;

import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a request through key, permission, rate limit, decoding, idempotency, handler and expansion to an answer; every failure
 * becomes the error envelope here and nowhere else.
 */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Router<Route> router;
    private final Keyring keyring;
    private final Idempotency idempotency;
    private final Expansion expansion;
    private final Ids ids;
    private final MeterRegistry metrics;
    private final RateLimits limits = new RateLimits();

    public Api(List<Route> routes, Keyring keyring, Idempotency idempotency, Expansion expansion, Ids ids, MeterRegistry metrics) {
        this.router = new Router<>(routes, Route::method, Route::pattern);
        this.keyring = keyring;
        this.idempotency = idempotency;
        this.expansion = expansion;
        this.ids = ids;
        this.metrics = metrics;
    }

    /** @param failure what already went wrong while reading the request; null if nothing did */
    ApiResponse handle(RawRequest raw, @Nullable ApiException failure) {
        long began = System.nanoTime();
        var exchange = new Exchange(ids.next("req"));
        MDC.put("request_id", exchange.requestId);
        ApiResponse response;
        try {
            if (failure != null) {
                throw failure;
            }
            response = answer(raw, exchange);
        } catch (ApiException e) {
            response = new ApiResponse(e.status(), Json.write(e.body(exchange.requestId)), e.headers(), 0);
        } catch (RuntimeException e) {
            LOG.error("Request failed", e);
            boolean overloaded = e instanceof DatabaseException failed && failed.transientFailure();
            ApiException told = overloaded
                    ? new ApiException(503, ErrorCode.Type.API, null, null, "The service cannot reach its database. Try again with the same Idempotency-Key.")
                            .header("Retry-After", "1")
                    : new ApiException(500, ErrorCode.Type.API, null, null, "An unexpected error on our side. Repeat with the same Idempotency-Key, or ask with this request_id.");
            response = new ApiResponse(told.status(), Json.write(told.body(exchange.requestId)), told.headers(), 0);
        }
        long took = System.nanoTime() - began;
        var finished = finished(exchange, response, took);
        record(raw, exchange, finished, took);
        MDC.remove("request_id");
        return finished;
    }

    /** The answer to a request that the server library could not read. */
    ApiResponse unread(int status) {
        var exchange = new Exchange(ids.next("req"));
        ErrorCode.Type type = status >= 500 ? ErrorCode.Type.API : ErrorCode.Type.INVALID_REQUEST;
        ApiException told = new ApiException(status, type, null, null, status >= 500
                ? "An unexpected error on our side. Ask with this request_id."
                : "The HTTP request is malformed, or its head is too large.");
        return finished(exchange, new ApiResponse(status, Json.write(told.body(exchange.requestId)), Map.of(), 0), 0);
    }

    private ApiResponse answer(RawRequest raw, Exchange exchange) {
        Router.Match<Route> match = router.find(raw.method(), raw.rawPath());
        exchange.pattern = match.route() == null ? "unknown" : match.route().pattern();
        boolean cardInPath = match.pathParams().values().stream().anyMatch(CardNumbers::maybeIn);
        exchange.path = match.route() == null || cardInPath ? exchange.pattern : canonicalPath(raw.rawPath());
        Caller caller = keyring.authenticate(key(raw));
        exchange.caller = caller;
        Route route = match.route();
        if (route == null) {
            throw match.methods().isEmpty()
                    ? new ApiException(404, ErrorCode.Type.INVALID_REQUEST, null, null, "Unrecognized request URL (" + raw.method() + ": "
                            + shortened(raw.rawPath()) + "). Check the path against the API reference.")
                    : new ApiException(405, ErrorCode.Type.INVALID_REQUEST, null, null, "This URL does not take " + raw.method() + ", only "
                            + String.join(", ", match.methods()) + ".").header("Allow", String.join(", ", match.methods()));
        }
        if (caller.kind() == Caller.KeyKind.PUBLISHABLE && route.access() == Route.Access.SECRET_ONLY) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, null, "This endpoint needs a secret key (sk_...), not a publishable one.");
        }
        if (cardInPath) {
            // Before anything is done with it: a path is stored with its idempotency key.
            throw ApiException.noSuch("object", raw.rawPath(), "id");
        }
        limits.check(caller, raw.method(), raw.rawPath());
        boolean post = raw.method().equals("POST");
        Params params = post ? Decoder.body(raw.header("Content-Type"), raw.body()) : Decoder.form(raw.rawQuery());
        if (post && raw.rawQuery() != null && !raw.rawQuery().isEmpty()) {
            throw new ApiException(ErrorCode.PARAMETER_UNKNOWN, null, "Parameters of a POST belong in its body, not in the query string.");
        }
        exchange.idempotencyKey = post ? Idempotency.checkedKey(raw.header("Idempotency-Key")) : null;
        List<String> expand = Expansion.paths(params);
        if (!expand.isEmpty() && caller.kind() == Caller.KeyKind.PUBLISHABLE) {
            throw new ApiException(ErrorCode.SECRET_KEY_REQUIRED, "expand", "expand needs a secret key: it would show what is not for a payer's browser.");
        }
        var payer = new ApiRequest.PayerHeaders(raw.header("User-Agent"), raw.header("Accept"), raw.header("Accept-Language"), raw.ip());
        var request = new ApiRequest(raw.method(), canonicalPath(raw.rawPath()), match.pathParams(), params, caller,
                exchange.idempotencyKey, exchange.requestId, payer);
        return run(route, request, expand);
    }

    private ApiResponse run(Route route, ApiRequest request, List<String> expand) {
        if (!(route.work() instanceof Route.Reads)) {
            expansion.check(route.pattern(), expand);
        }
        return switch (route.work()) {
            case Route.Reads reads -> {
                ObjectNode answer = reads.handle(request);
                expansion.apply(request.caller(), answer, expand);
                yield ApiResponse.ok(answer);
            }
            case Route.Writes writes -> expanded(request, idempotency.once(request, tx -> writes.handle(request, tx)), expand);
            case Route.MovesMoney money -> expanded(request, money.handle(request), expand);
        };
    }

    private ApiResponse expanded(ApiRequest request, ApiResponse response, List<String> expand) {
        if (expand.isEmpty() || response.status() != 200) {
            return response;
        }
        ObjectNode answer = Json.readObject(response.json());
        expansion.apply(request.caller(), answer, expand);
        String json = Json.write(answer);
        if (!json.equals(response.json())) {
            idempotency.storeExpanded(request, response.json(), json);
        }
        return response.withJson(json);
    }

    private static Secret key(RawRequest raw) {
        String header = raw.header("Authorization");
        if (header == null || header.isBlank()) {
            throw new ApiException(ErrorCode.INVALID_API_KEY, null, "You did not provide an API key. Send it as 'Authorization: Bearer sk_...',"
                    + " or as the user name of HTTP Basic with an empty password.").header("WWW-Authenticate", "Bearer realm=\"Bezant\"");
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space);
        String rest = header.substring(space + 1).trim();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return Secret.of(rest);
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            try {
                String pair = new String(Base64.getDecoder().decode(rest), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return Secret.of(colon < 0 ? pair : pair.substring(0, colon));
            } catch (IllegalArgumentException e) {
                throw new ApiException(ErrorCode.INVALID_API_KEY, null, "The Basic credentials are not base64.");
            }
        }
        throw new ApiException(ErrorCode.INVALID_API_KEY, null, "Unknown Authorization scheme. Send 'Authorization: Bearer sk_...'.");
    }

    private static ApiResponse finished(Exchange exchange, ApiResponse response, long took) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("Request-Id", exchange.requestId);
        if (exchange.idempotencyKey != null) {
            headers.put("Idempotency-Key", exchange.idempotencyKey);
        }
        headers.put("Server-Timing", "total;dur=" + millis(took)
                + (response.providerNanos() > 0 ? ", provider;dur=" + millis(response.providerNanos()) : ""));
        return new ApiResponse(response.status(), response.json(), headers, response.providerNanos());
    }

    private void record(RawRequest raw, Exchange exchange, ApiResponse response, long took) {
        Timer.builder("bezant.http.requests")
                .tag("method", known(raw.method()))
                .tag("route", exchange.pattern)
                .tag("status", String.valueOf(response.status()))
                .register(metrics)
                .record(took, TimeUnit.NANOSECONDS);
        var line = response.status() >= 500 ? LOG.atError() : response.status() >= 400 ? LOG.atWarn() : LOG.atInfo();
        line.addKeyValue("method", known(raw.method()))
                .addKeyValue("path", exchange.path)
                .addKeyValue("status_code", response.status())
                .addKeyValue("processing_time_ms", millis(took))
                .addKeyValue("api_key_prefix", exchange.caller == null ? "" : exchange.caller.keyPrefix())
                .log("request");
    }

    private static String known(String method) {
        return List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS").contains(method) ? method : "other";
    }

    private static String canonicalPath(String rawPath) {
        return rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    }

    private static String shortened(String path) {
        // Masked before it is cut: the rest of a card number would not look like one.
        String safe = CardNumbers.masked(path);
        return safe.length() <= 100 ? safe : safe.substring(0, 100) + "...";
    }

    private static String millis(long nanos) {
        return Objects.toString(nanos / 1_000_000) + "." + Objects.toString(nanos / 100_000 % 10);
    }

    /** What is learnt about a request on its way, for its log line and headers. */
    private static final class Exchange {
        final String requestId;
        String pattern = "unknown";
        String path = "unknown";
        @Nullable Caller caller;
        @Nullable String idempotencyKey;

        Exchange(String requestId) {
            this.requestId = requestId;
        }
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
