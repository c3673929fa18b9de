package dev.bezant.server.event;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/events}.
 *
 * @see "docs/protocols/payments-api.md, section 6.4"
 */
public final class EventRoutes {
    private static final int TYPES_MAX = 20;
    /** A request is answered long before; what comes of it later has no request. */
    private static final Duration REQUEST_TAKES_MAX = Duration.ofHours(1);

    private final Database database;

    public EventRoutes(Database database) {
        this.database = database;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/events", this::list), Route.get("/v1/events/{id}", this::retrieve));
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return find(request, id).orElseThrow(() -> ApiException.noSuch("event", id, "id"));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String type = params.text("type", 100);
        List<String> types = params.texts("types", TYPES_MAX, 100);
        if (type != null && types != null) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "types", "Send either type or types, not both.");
        }
        String cause = params.text("request", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        if (page.cursor() != null && find(request, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("event", page.cursor(), page.cursorParam());
        }
        List<String> wanted = type != null ? List.of(type) : types == null ? List.of() : types;
        // Ids tell the time, so that only what was written while the request ran is looked at.
        Instant began = cause == null ? Instant.EPOCH : Ids.moment(cause).orElse(Instant.EPOCH);
        List<ObjectNode> rows = database.sql("""
                        select * from event
                         where account_id = :account and livemode = :livemode
                           and (cardinality(:types::text[]) = 0 or type = any (:types))
                           and (:request::text is null or (request_id = :request and id >= :first and id < :last))
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("types", wanted)
                .bind("request", cause)
                .bind("first", "evt_" + Ids.lowerBound(began))
                .bind("last", "evt_" + Ids.lowerBound(began.plus(REQUEST_TAKES_MAX)))
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(EventRoutes::render);
        return page.respond("/v1/events", rows, row -> row);
    }

    private Optional<ObjectNode> find(ApiRequest request, String id) {
        return database.sql("select * from event where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .one(EventRoutes::render);
    }

    private static ObjectNode render(Row row) throws SQLException {
        ObjectNode shown = Json.object();
        shown.put("id", row.text("id"));
        shown.put("object", "event");
        shown.putNull("api_version");
        shown.put("created", row.moment("created_at").getEpochSecond());
        shown.set("data", Json.readObject(row.text("data")));
        shown.put("livemode", row.flag("livemode"));
        shown.put("pending_webhooks", 0);
        ObjectNode request = Json.object();
        request.put("id", row.textOrNull("request_id"));
        request.put("idempotency_key", row.textOrNull("idempotency_key"));
        shown.set("request", request);
        shown.put("type", row.text("type"));
        return shown;
    }
}
