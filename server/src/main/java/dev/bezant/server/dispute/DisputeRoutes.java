package dev.bezant.server.dispute;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.file.Files;
import dev.bezant.server.file.Purpose;
import dev.bezant.server.file.StoredFile;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/disputes}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, disputes"
 */
final class DisputeRoutes {
    private static final Set<Purpose> EVIDENCE = Set.of(Purpose.DISPUTE_EVIDENCE, Purpose.CUSTOMER_SIGNATURE);

    private final Database database;
    private final Disputes disputes;
    private final DisputeView view;
    private final Files files;
    private final Clock clock;

    DisputeRoutes(Database database, Disputes disputes, DisputeView view, Files files, Clock clock) {
        this.database = database;
        this.disputes = disputes;
        this.view = view;
        this.files = files;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/disputes", this::list),
                Route.get("/v1/disputes/{id}", this::retrieve),
                Route.post("/v1/disputes/{id}", this::update),
                Route.post("/v1/disputes/{id}/close", this::close));
    }

    void register(Expansion expansion) {
        expansion.loader("dispute", this::load)
                .field("dispute", "charge", "charge")
                .field("dispute", "payment_intent", "payment_intent");
        Evidence.FILES.forEach(name -> expansion.field("dispute", "evidence." + name, "file"));
    }

    private Map<String, ObjectNode> load(Caller caller, Set<String> ids) {
        return view.of(database, DisputeStore.find(database, caller.accountId(), caller.livemode(), ids)).stream()
                .collect(Collectors.toMap(dispute -> dispute.path("id").asString(), Function.identity()));
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        return view.of(database, DisputeStore.find(database, request.caller().accountId(), request.caller().livemode(), request.pathParam("id"))
                .orElseThrow(() -> missing(request)));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String charge = params.text("charge", 255);
        String intent = params.text("payment_intent", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (page.cursor() != null && DisputeStore.find(database, account, livemode, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("dispute", page.cursor(), page.cursorParam());
        }
        List<Dispute> rows = database.sql("""
                        select * from dispute
                         where account_id = :account and livemode = :livemode
                           and (:charge::text is null or charge_id = :charge) and (:intent::text is null or payment_intent_id = :intent)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("charge", charge)
                .bind("intent", intent)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Dispute::read);
        return page.respond("/v1/disputes", view.of(database, rows), row -> row);
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Dispute stored = held(request, tx);
        Boolean submit = params.flag("submit");
        boolean says = params.has("evidence");
        Dispute said = stored.saying(Evidence.merged(params, stored.evidence()), Metadata.merged(params, stored.metadata()));
        params.ignore("expand");
        params.done();
        boolean submits = submit == null ? says && !said.evidence().isEmpty() : submit;
        if ((says || submits) && !stored.status().needsResponse()) {
            throw wrongStatus(stored, "Evidence is taken once, while a dispute needs a response.");
        }
        if (submits && said.evidence().isEmpty()) {
            throw ApiException.missing("evidence");
        }
        checkFiles(tx, stored, said);
        Dispute after = submits ? said.submitted(clock.instant().truncatedTo(ChronoUnit.MICROS)) : said;
        return after.equals(stored) ? view.of(tx, stored) : disputes.change(tx, Cause.of(request), stored, after);
    }

    private ObjectNode close(ApiRequest request, Session tx) {
        Dispute stored = held(request, tx);
        request.params().ignore("expand");
        request.params().done();
        if (!stored.status().needsResponse()) {
            throw wrongStatus(stored, "Only one that needs a response can be given up.");
        }
        return disputes.change(tx, Cause.of(request), stored, stored.now(stored.heard(), stored.status().givenUp()));
    }

    /** Files that are named anew must be the account's own, and made for this. */
    private void checkFiles(Session tx, Dispute stored, Dispute said) {
        Map<String, String> before = Evidence.files(stored.evidence());
        Evidence.files(said.evidence()).forEach((field, id) -> {
            if (id.equals(before.get(field))) {
                return;
            }
            String param = "evidence[" + field + "]";
            StoredFile file = files.find(tx, stored.accountId(), stored.livemode(), id).orElseThrow(() -> ApiException.noSuch("file", id, param));
            if (!EVIDENCE.contains(file.purpose())) {
                throw ApiException.invalid(param, "Invalid " + param + ": the file was uploaded with the purpose " + file.purpose().wireName()
                        + ". Upload it again with purpose=dispute_evidence.");
            }
        });
    }

    private static Dispute held(ApiRequest request, Session tx) {
        return DisputeStore.locked(tx, request.caller().accountId(), request.pathParam("id"))
                .filter(dispute -> dispute.livemode() == request.caller().livemode())
                .orElseThrow(() -> missing(request));
    }

    private static ApiException wrongStatus(Dispute dispute, String rule) {
        return new ApiException(ErrorCode.STATUS_TRANSITION_INVALID, "id", "This dispute has a status of " + dispute.status().wireName() + ". " + rule);
    }

    private static ApiException missing(ApiRequest request) {
        return ApiException.noSuch("dispute", request.pathParam("id"), "id");
    }
}
