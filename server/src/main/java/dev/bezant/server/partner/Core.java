package dev.bezant.server.partner;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rest of the API, asked in its own words by its own handlers. What a key may do has been checked for the request that is translated. */
final class Core {
    private final Map<String, Route> routes;
    private final Idempotency idempotency;

    Core(List<Route> routes, Idempotency idempotency) {
        this.routes = routes.stream().collect(Collectors.toMap(Route::endpoint, Function.identity()));
        this.idempotency = idempotency;
    }

    /** A request of our own. */
    record Call(Route route, ApiRequest request) {}

    /**
     * Makes a request of our own.
     *
     * @param endpoint such as {@code POST /v1/payment_intents/{id}/confirm}
     * @param id for the one placeholder; null if there is none
     * @param key under which it happens once; null = whenever it is sent
     */
    Call call(ApiRequest asked, String endpoint, @Nullable String id, Map<String, ? extends @Nullable Object> params, @Nullable String key) {
        Route route = Optional.ofNullable(routes.get(endpoint)).orElseThrow(() -> new IllegalArgumentException("There is no endpoint " + endpoint));
        String path = id == null ? route.pattern() : route.pattern().replace("{id}", id);
        return new Call(route, new ApiRequest(route.method(), path, id == null ? Map.of() : Map.of("id", id), Params.of(params), asked.caller(), key,
                asked.requestId(), asked.payer()));
    }

    /** Reads an object. */
    ObjectNode read(ApiRequest asked, String endpoint, String id) {
        return read(call(asked, endpoint, id, Map.of(), null));
    }

    ObjectNode read(Call call) {
        if (call.route().work() instanceof Route.Reads reads) {
            return reads.handle(call.request());
        }
        throw new IllegalArgumentException(call.route().endpoint() + " is not for reading");
    }

    /** Does something, once per idempotency key. */
    ApiResponse run(Call call) {
        return switch (call.route().work()) {
            case Route.Writes writes -> once(call.request(), tx -> writes.handle(call.request(), tx));
            case Route.MovesMoney money -> money.handle(call.request());
            case Route.Reads r -> throw new IllegalArgumentException(call.route().endpoint() + " does nothing");
            case Route.Downloads d -> throw new IllegalArgumentException(call.route().endpoint() + " does nothing");
        };
    }

    /** Does something as a part of a larger whole. */
    ObjectNode within(Session tx, Call call) {
        if (call.route().work() instanceof Route.Writes writes) {
            return writes.handle(call.request(), tx);
        }
        throw new IllegalArgumentException(call.route().endpoint() + " cannot be a part of something");
    }

    /** Several steps as one, once per idempotency key. */
    ApiResponse once(ApiRequest request, Function<Session, ObjectNode> work) {
        return idempotency.once(request, work);
    }

    /** What an earlier request under the same key was answered. */
    Optional<ApiResponse> replay(ApiRequest request) {
        return idempotency.replay(request);
    }
}
