package dev.bezant.server.webhook;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.webhook.NewDeliveries.Origin;
import dev.bezant.server.webhook.Redelivery.Past;
import dev.bezant.server.webhook.Redelivery.Range;
import dev.bezant.server.webhook.Redelivery.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What was delivered and how, and delivering again. */
final class DeliveryRoutes {
    /** Of one call: each becomes a row in its transaction. */
    private static final int REPLAY_MAX = 10_000;
    private static final int ATTEMPTS_SHOWN = 100;

    private final Session database;
    private final Endpoints endpoints;
    private final Redelivery redelivery;
    private final Audit audit;

    /** @param database for reads outside of transactions */
    DeliveryRoutes(Session database, Endpoints endpoints, Redelivery redelivery, Audit audit) {
        this.database = database;
        this.endpoints = endpoints;
        this.redelivery = redelivery;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/webhook_endpoints/{id}/deliveries", this::list),
                Route.get("/v1/webhook_endpoints/{id}/deliveries/{delivery}", this::retrieve),
                Route.post("/v1/webhook_endpoints/{id}/replay", this::replay),
                Route.post("/v1/events/{id}/resend", this::resend));
    }

    private ObjectNode list(ApiRequest request) {
        Endpoint endpoint = found(request, database);
        Params params = request.params();
        Page page = Page.of(params);
        String status = params.choice("status", Delivery.STATES);
        String event = params.text("event", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.done();
        if (page.cursor() != null && find(endpoint, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("webhook delivery", page.cursor(), page.cursorParam());
        }
        List<Delivery> rows = database.sql("select " + Delivery.COLUMNS + """
                         from webhook_delivery d
                         where d.endpoint_id = :endpoint and d.account_id = :account
                           and (:status::text is null or d.state = :status) and (:event::text is null or d.event_id = :event)
                        """ + created.sql("d.created_at") + page.sql("d.id"))
                .bind("endpoint", endpoint.id())
                .bind("account", endpoint.accountId())
                .bind("status", status)
                .bind("event", event)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Delivery::read);
        return page.respond("/v1/webhook_endpoints/" + endpoint.id() + "/deliveries", rows, Delivery::render);
    }

    private ObjectNode retrieve(ApiRequest request) {
        Endpoint endpoint = found(request, database);
        request.params().done();
        String id = request.pathParam("delivery");
        Delivery delivery = find(endpoint, id).orElseThrow(() -> ApiException.noSuch("webhook delivery", id, "delivery"));
        List<ObjectNode> attempts = database.sql("""
                        select id, number, url, request_headers, status_code, response_body, error, duration_ms, next_try_at, created_at
                          from webhook_attempt
                         where delivery_id = :delivery and account_id = :account
                         order by id limit :most
                        """)
                .bind("delivery", id)
                .bind("account", endpoint.accountId())
                .bind("most", ATTEMPTS_SHOWN)
                .list(row -> Delivery.Attempt.read(row).render());
        ObjectNode shown = delivery.render();
        shown.set("attempts", Json.array(attempts));
        return shown;
    }

    /** To every endpoint and listener that asks for its type, or to one that is named, whatever that asks for. */
    private ObjectNode resend(ApiRequest request, Session tx) {
        String named = request.params().text("webhook_endpoint", 255);
        request.params().done();
        String id = request.pathParam("id");
        Past event = redelivery.event(tx, request.caller(), id).orElseThrow(() -> ApiException.noSuch("event", id, "id"));
        List<Target> targets = redelivery.targets(tx, request.caller()).stream()
                .filter(target -> named == null ? target.enabled() && target.wants(event.type()) : target.id().equals(named)).toList();
        if (named != null && targets.isEmpty()) {
            throw ApiException.noSuch("webhook endpoint", named, "webhook_endpoint");
        }
        checkEnabled(targets, "webhook_endpoint");
        List<String> made = redelivery.send(tx, request.caller(), List.of(event), targets, Origin.RESEND);
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", "/v1/events/" + id + "/resend");
        list.put("has_more", false);
        list.set("data", Json.array(tx.sql("select " + Delivery.COLUMNS + """
                         from webhook_delivery d where d.account_id = :account and d.id = any (:ids::text[]) order by d.id
                        """)
                .bind("account", request.caller().accountId())
                .bind("ids", made)
                .list(row -> Delivery.read(row).render())));
        return list;
    }

    private ObjectNode replay(ApiRequest request, Session tx) {
        Endpoint endpoint = found(request, tx);
        Target target = redelivery.targets(tx, request.caller()).stream().filter(it -> it.id().equals(endpoint.id())).findFirst()
                .orElseThrow(() -> EndpointRoutes.missing(request));
        checkEnabled(List.of(target), "id");
        Range range = range(request.params());
        if (range.after() != null && redelivery.event(tx, request.caller(), range.after()).isEmpty()) {
            throw ApiException.noSuch("event", range.after(), "starting_after");
        }
        List<Past> events = redelivery.events(tx, request.caller(), target, range);
        boolean more = events.size() > REPLAY_MAX;
        List<Past> sent = more ? events.subList(0, REPLAY_MAX) : events;
        redelivery.send(tx, request.caller(), sent, List.of(target), Origin.REPLAY);
        audit.record(tx, Actor.key(request.caller().keyId()), endpoint.accountId(), "webhook_endpoint.replay", endpoint.id(),
                Json.object().put("events", sent.size()).put("last_event", last(sent)));
        ObjectNode shown = Json.object();
        shown.put("object", "webhook_replay");
        shown.put("events", sent.size());
        shown.put("has_more", more);
        shown.put("last_event", last(sent));
        shown.put("livemode", endpoint.livemode());
        shown.put("webhook_endpoint", endpoint.id());
        return shown;
    }

    private static Range range(Params params) {
        CreatedFilter created = CreatedFilter.of(params);
        if (created.from() == null) {
            throw new ApiException(ErrorCode.PARAMETER_MISSING, "created[gte]",
                    "Missing required param: created[gte]. Say from when on events are to be sent again, as Unix seconds.");
        }
        List<String> types = params.texts("types", 20, 100);
        Boolean undelivered = params.flag("undelivered");
        String after = params.text("starting_after", 255);
        params.done();
        return new Range(created, types == null ? List.of() : types, after, undelivered != null && undelivered, REPLAY_MAX + 1);
    }

    private static void checkEnabled(List<Target> targets, String param) {
        targets.stream().filter(target -> !target.enabled()).findFirst().ifPresent(target -> {
            throw ApiException.invalid(param, "The webhook endpoint " + target.id() + " is disabled. Enable it first, with disabled=false.");
        });
    }

    private Optional<Delivery> find(Endpoint endpoint, String id) {
        return database.sql("select " + Delivery.COLUMNS
                        + " from webhook_delivery d where d.account_id = :account and d.id = :id and d.endpoint_id = :endpoint")
                .bind("account", endpoint.accountId())
                .bind("id", id)
                .bind("endpoint", endpoint.id())
                .one(Delivery::read);
    }

    private Endpoint found(ApiRequest request, Session session) {
        return endpoints.find(session, request.caller(), request.pathParam("id")).orElseThrow(() -> EndpointRoutes.missing(request));
    }

    private static @Nullable String last(List<Past> events) {
        return events.isEmpty() ? null : events.getLast().id();
    }
}
