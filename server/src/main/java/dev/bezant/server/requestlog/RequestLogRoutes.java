package dev.bezant.server.requestlog;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/request_logs} and {@code /v1/idempotency_keys}.
 *
 * @see "docs/protocols/payments-api.md, sections 4 and 10.1"
 */
final class RequestLogRoutes {
    private final RequestLog log;
    private final RequestLogStore store;
    private final Idempotency idempotency;

    RequestLogRoutes(RequestLog log, RequestLogStore store, Idempotency idempotency) {
        this.log = log;
        this.store = store;
        this.idempotency = idempotency;
    }

    List<Route> routes() {
        return List.of(
                Route.get(RequestLog.PATH, this::list),
                Route.get(RequestLog.PATH + "/{id}", this::retrieve),
                Route.get("/v1/idempotency_keys/{key}", this::retrieveKey).under("request_logs"));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        Filter filter = Filter.of(params);
        params.done();
        // So that whoever asks sees what this server has answered until now.
        log.write();
        if (page.cursor() != null && store.find(request.caller(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("request", page.cursor(), page.cursorParam());
        }
        return page.respond(RequestLog.PATH, store.list(request.caller(), filter, page), row -> row);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        String id = request.pathParam("id");
        log.write();
        return store.find(request.caller(), id).orElseThrow(() -> ApiException.noSuch("request", id, "id"));
    }

    private ObjectNode retrieveKey(ApiRequest request) {
        request.params().done();
        String key = request.pathParam("key");
        return idempotency.look(request.caller(), key).orElseThrow(() -> ApiException.noSuch("idempotency key", key, "key"));
    }
}
