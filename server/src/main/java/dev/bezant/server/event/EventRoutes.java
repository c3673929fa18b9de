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

    /** The endpoints that have not got it yet: those it will be handed to, or has been without success so far. */
    private static final String COLUMNS = EventRow.COLUMNS + """
            , case when e.undispatched
                   then (select count(*) from webhook_endpoint w
                          where w.account_id = e.account_id and w.livemode = e.livemode
                            and ('*' = any (w.enabled_events) or e.type = any (w.enabled_events)))
                   else (select count(distinct d.endpoint_id) from webhook_delivery d
                          where d.account_id = e.account_id and d.event_id = e.id and d.state = 'pending')
               end as pending_webhooks
            """;

    /** On its way to some endpoint, or given up there; what reached it by being sent again counts as delivered. */
    private static final String UNDELIVERED = """
            (e.undispatched or exists (
                select 1 from webhook_delivery d
                 where d.account_id = e.account_id and d.event_id = e.id and d.state in ('pending', 'failed')
                   and not exists (select 1 from webhook_delivery s
                                    where s.account_id = d.account_id and s.event_id = d.event_id and s.endpoint_id = d.endpoint_id
                                      and s.state = 'delivered')))
            """;

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
        Boolean delivered = params.flag("delivery_success");
        params.ignore("expand");
        params.done();
        if (page.cursor() != null && find(request, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("event", page.cursor(), page.cursorParam());
        }
        List<String> wanted = type != null ? List.of(type) : types == null ? List.of() : types;
        // Ids tell the time, so that only what was written while the request ran is looked at.
        Instant began = cause == null ? Instant.EPOCH : Ids.moment(cause).orElse(Instant.EPOCH);
        List<ObjectNode> rows = database.sql("select " + COLUMNS + """
                          from event e
                         where e.account_id = :account and e.livemode = :livemode
                           and (cardinality(:types::text[]) = 0 or e.type = any (:types))
                           and (:request::text is null or (e.request_id = :request and e.id >= :first and e.id < :last))
                        """ + (delivered == null ? "" : " and " + (delivered ? "not " : "") + UNDELIVERED)
                        + Page.mode(request.caller()) + created.sql("e.created_at") + page.sql("e.id"))
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
        return database.sql("select " + COLUMNS + " from event e where e.account_id = :account and e.livemode = :livemode and e.id = :id")
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .one(EventRoutes::render);
    }

    private static ObjectNode render(Row row) throws SQLException {
        return EventRow.read(row).render(row.whole("pending_webhooks"));
    }
}
