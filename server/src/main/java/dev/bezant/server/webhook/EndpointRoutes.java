package dev.bezant.server.webhook;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.shape.PreviousAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/webhook_endpoints}, all but their deliveries.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class EndpointRoutes {
    /** Every event is written once for each of them. */
    static final int ENDPOINTS_MAX = 50;

    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Duration OVERLAP_MAX = Duration.ofDays(7);

    private final Session database;
    private final Endpoints endpoints;
    private final Secrets secrets;
    private final EndpointParams reader;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    /** @param database for reads outside of transactions */
    EndpointRoutes(Session database, Endpoints endpoints, Secrets secrets, WebhookSettings settings, Audit audit, Ids ids, Clock clock) {
        this.database = database;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.reader = new EndpointParams(settings);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/webhook_endpoints", this::create).answersSecret(),
                Route.get("/v1/webhook_endpoints", this::list),
                Route.get("/v1/webhook_endpoints/{id}", this::retrieve),
                Route.post("/v1/webhook_endpoints/{id}", this::update),
                Route.delete("/v1/webhook_endpoints/{id}", this::delete),
                Route.post("/v1/webhook_endpoints/{id}/roll_secret", this::roll).answersSecret());
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        Caller caller = request.caller();
        Endpoint fresh = reader.created(params, caller, ids.next("we"), clock.instant().truncatedTo(ChronoUnit.MICROS));
        Boolean upsert = params.flag("upsert");
        endpoints.holdAccount(tx, caller);
        Optional<Endpoint> same = upsert != null && upsert ? endpoints.withUrl(tx, caller, fresh.url()) : Optional.empty();
        if (same.isPresent()) {
            return update(request, tx, same.get());
        }
        params.done();
        if (endpoints.count(tx, caller, "endpoint") >= ENDPOINTS_MAX) {
            throw ApiException.invalid("url", "Too many webhook endpoints: an account has at most " + ENDPOINTS_MAX + " in each mode. Delete one first.");
        }
        endpoints.insert(tx, fresh);
        Secret secret = secrets.create(tx, fresh.accountId(), fresh.id());
        audit.record(tx, Actor.key(caller.keyId()), fresh.accountId(), "webhook_endpoint.create", fresh.id(), fresh.render());
        return fresh.render().put("secret", secret.reveal());
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(request).render();
    }

    private ObjectNode list(ApiRequest request) {
        Page page = Page.of(request.params());
        request.params().done();
        if (page.cursor() != null && endpoints.find(database, request.caller(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("webhook endpoint", page.cursor(), page.cursorParam());
        }
        return page.respond("/v1/webhook_endpoints", endpoints.page(database, request.caller(), page), Endpoint::render);
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        return update(request, tx, locked(request, tx));
    }

    private ObjectNode update(ApiRequest request, Session tx, Endpoint stored) {
        Endpoint changed = reader.changed(request.params(), request.caller(), stored);
        request.params().done();
        ObjectNode previous = PreviousAttributes.between(stored.render(), changed.render());
        if (!previous.isEmpty()) {
            endpoints.update(tx, stored, changed);
            ObjectNode details = Json.object();
            details.set("was", previous);
            details.set("is", PreviousAttributes.between(changed.render(), stored.render()));
            audit.record(tx, Actor.key(request.caller().keyId()), stored.accountId(), "webhook_endpoint.update", stored.id(), details);
        }
        return changed.render();
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        Endpoint endpoint = locked(request, tx);
        endpoints.delete(tx, endpoint);
        audit.record(tx, Actor.key(request.caller().keyId()), endpoint.accountId(), "webhook_endpoint.delete", endpoint.id(), endpoint.render());
        return Json.object().put("id", endpoint.id()).put("object", "webhook_endpoint").put("deleted", true);
    }

    /** The old secret signs beside the new one for {@code overlap} seconds. */
    private ObjectNode roll(ApiRequest request, Session tx) {
        Long seconds = request.params().integer("overlap", 0, OVERLAP_MAX.toSeconds());
        request.params().done();
        Duration overlap = seconds == null ? OVERLAP : Duration.ofSeconds(seconds);
        Endpoint endpoint = locked(request, tx);
        Secret secret = secrets.roll(tx, endpoint.accountId(), endpoint.id(), overlap);
        endpoints.touch(tx, endpoint);
        audit.record(tx, Actor.key(request.caller().keyId()), endpoint.accountId(), "webhook_endpoint.roll_secret", endpoint.id(),
                Json.object().put("overlap_seconds", overlap.toSeconds()));
        return endpoint.render().put("secret", secret.reveal());
    }

    private Endpoint found(ApiRequest request) {
        return endpoints.find(database, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
    }

    private Endpoint locked(ApiRequest request, Session tx) {
        return endpoints.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
    }

    static ApiException missing(ApiRequest request) {
        return ApiException.noSuch("webhook endpoint", request.pathParam("id"), "id");
    }
}
