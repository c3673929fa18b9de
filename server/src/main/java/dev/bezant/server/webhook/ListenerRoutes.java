package dev.bezant.server.webhook;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.webhook.Listeners.Acknowledged;
import dev.bezant.server.webhook.Listeners.Delivered;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/listeners}: what {@code bezant listen} fetches events by. */
final class ListenerRoutes {
    private static final String FAMILY = "events";
    private static final int LISTENERS_MAX = 20;
    private static final int AT_ONCE_MAX = 100;
    private static final int WAIT_MAX_SECONDS = 25;

    private final Session database;
    private final Listeners listeners;
    private final Endpoints endpoints;
    private final Ids ids;
    private final Clock clock;

    /** @param database for reads outside of transactions */
    ListenerRoutes(Session database, Listeners listeners, Endpoints endpoints, Ids ids, Clock clock) {
        this.database = database;
        this.listeners = listeners;
        this.endpoints = endpoints;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/listeners", this::create).under(FAMILY),
                Route.get("/v1/listeners/{id}", this::retrieve).under(FAMILY),
                Route.delete("/v1/listeners/{id}", this::delete).under(FAMILY),
                Route.get("/v1/listeners/{id}/deliveries", this::fetch).under(FAMILY),
                Route.post("/v1/listeners/{id}/acknowledge", this::acknowledge).under(FAMILY));
    }

    /** One with a name that is there already goes on where it stopped. */
    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        Caller caller = request.caller();
        List<String> events = EventTypes.read(params);
        String name = params.text("name", 100);
        String version = EndpointParams.version(params);
        var fresh = new Listener(caller.accountId(), ids.next("lsn"), caller.livemode(), name, params.text("forward_to", 2048),
                events == null ? List.of(EventTypes.ANY) : events, version, version, clock.instant().truncatedTo(ChronoUnit.MICROS));
        params.done();
        endpoints.holdAccount(tx, caller);
        Optional<Listener> same = name == null ? Optional.empty() : listeners.named(tx, caller, name);
        if (same.isPresent()) {
            Listener again = new Listener(fresh.accountId(), same.get().id(), fresh.livemode(), name, fresh.forwardTo(), fresh.enabledEvents(), version,
                    version, same.get().createdAt());
            listeners.update(tx, again);
            return again.render();
        }
        if (endpoints.count(tx, caller, "listener") >= LISTENERS_MAX) {
            throw ApiException.invalid("name", "Too many listeners: an account has at most " + LISTENERS_MAX + " in each mode. Those that do not fetch"
                    + " for a day are forgotten.");
        }
        listeners.insert(tx, fresh);
        return fresh.render();
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(request, database).render();
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        Listener listener = found(request, tx);
        listeners.delete(tx, listener.accountId(), listener.id());
        return Json.object().put("id", listener.id()).put("object", "listener").put("deleted", true);
    }

    private ObjectNode fetch(ApiRequest request) {
        Long wait = request.params().integer("wait", 0, WAIT_MAX_SECONDS);
        Long limit = request.params().integer("limit", 1, AT_ONCE_MAX);
        List<String> held = request.params().texts("held", AT_ONCE_MAX, 255);
        request.params().done();
        Listener listener = found(request, database);
        listeners.seen(listener);
        int most = limit == null ? AT_ONCE_MAX : limit.intValue();
        List<Delivered> found = listeners.fetch(listener, most + 1, held == null ? List.of() : held, Duration.ofSeconds(wait == null ? 0 : wait));
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", "/v1/listeners/" + listener.id() + "/deliveries");
        list.put("has_more", found.size() > most);
        list.set("data", Json.array(found.stream().limit(most).map(ListenerRoutes::shown).toList()));
        return list;
    }

    private ObjectNode acknowledge(ApiRequest request, Session tx) {
        Listener listener = found(request, tx);
        List<Params> sent = request.params().maps("deliveries", AT_ONCE_MAX);
        if (sent == null || sent.isEmpty()) {
            throw ApiException.missing("deliveries");
        }
        var all = new ArrayList<Acknowledged>();
        for (Params one : sent) {
            Long status = one.integer("status_code", 100, 999);
            Long took = one.integer("duration_ms", 0, Integer.MAX_VALUE);
            all.add(new Acknowledged(one.requiredText("id", 255), status == null ? null : status.intValue(),
                    masked(one.text("response_body", Sender.ANSWER_BYTES_KEPT)), masked(one.text("error", 1000)), took == null ? 0 : took));
        }
        request.params().done();
        listeners.acknowledge(tx, listener, all);
        return Json.object().put("object", "listener_acknowledgement").put("listener", listener.id());
    }

    /** The event is a text: what is signed and forwarded are its very characters. */
    private static ObjectNode shown(Delivered delivered) {
        ObjectNode shown = Json.object();
        shown.put("id", delivered.id());
        shown.put("object", "listener_delivery");
        shown.put("event", delivered.eventId());
        shown.put("event_type", delivered.eventType());
        shown.put("object_id", delivered.objectId());
        shown.put("payload", delivered.payload());
        return shown;
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : CardNumbers.masked(text);
    }

    private Listener found(ApiRequest request, Session session) {
        String id = request.pathParam("id");
        return listeners.find(session, request.caller(), id).orElseThrow(() -> ApiException.noSuch("listener", id, "id"));
    }
}
