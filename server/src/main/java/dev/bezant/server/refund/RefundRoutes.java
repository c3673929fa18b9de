package dev.bezant.server.refund;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Intent;
import dev.bezant.server.payment.Purpose;
import dev.bezant.server.payment.Rows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/refunds}.
 *
 * @see "docs/protocols/payments-api.md, sections 1.6 and 2.4"
 */
public final class RefundRoutes {
    private static final List<String> REASONS = List.of("duplicate", "fraudulent", "requested_by_customer");

    /** As many as a list inside another object shows. */
    private static final Page EMBEDDED = new Page(10, null, false);

    private final Database database;
    private final Refunds refunds;
    private final Events events;

    public RefundRoutes(Database database, Refunds refunds, Events events) {
        this.database = database;
        this.refunds = refunds;
        this.events = events;
    }

    public List<Route> routes() {
        return List.of(
                Route.money("/v1/refunds", this::create),
                Route.get("/v1/refunds", this::list),
                Route.get("/v1/refunds/{id}", this::retrieve),
                Route.post("/v1/refunds/{id}", this::update),
                Route.post("/v1/refunds/{id}/cancel", this::cancel),
                Route.get("/v1/charges/{charge}/refunds", this::listOfCharge).under("refunds"),
                Route.get("/v1/charges/{charge}/refunds/{id}", this::retrieveOfCharge).under("refunds"));
    }

    /** Says how refunds are expanded, and charges' lists of them. */
    public void register(Expansion expansion) {
        expansion.loader("refund", (caller, ids) -> database.sql("select * from refund where account_id = :account and livemode = :livemode and id = any (:ids)")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("ids", List.copyOf(ids))
                .list(RefundRow::read).stream().collect(Collectors.toMap(RefundRow::id, RefundRow::render)));
        expansion.field("refund", "balance_transaction", "balance_transaction")
                .field("refund", "failure_balance_transaction", "balance_transaction")
                .list("charge", "refunds", "refund", this::ofCharges);
    }

    /** The latest refunds of each charge. */
    private Map<String, ObjectNode> ofCharges(Caller caller, Set<String> chargeIds) {
        Map<String, List<RefundRow>> rows = database.sql("""
                        select r.* from unnest(:ids::text[]) as wanted (id)
                         cross join lateral (select * from refund
                               where charge_id = wanted.id collate "C" and account_id = :account order by id desc limit :rows) r
                        """)
                .bind("ids", List.copyOf(chargeIds))
                .bind("account", caller.accountId())
                .bind("rows", EMBEDDED.rows())
                .list(RefundRow::read).stream().collect(Collectors.groupingBy(RefundRow::chargeId));
        return chargeIds.stream().collect(Collectors.toMap(id -> id, id ->
                EMBEDDED.respond("/v1/charges/" + id + "/refunds", rows.getOrDefault(id, List.of()), RefundRow::render)));
    }

    private ApiResponse create(ApiRequest request) {
        Params params = request.params();
        String chargeId = params.text("charge", 255);
        String intentId = params.text("payment_intent", 255);
        Long amount = params.amount("amount");
        String reason = params.choice("reason", REASONS);
        ObjectNode metadata = Metadata.merged(params, null);
        refuse(params, "reverse_transfer", "There are no transfers here that could be reversed.");
        refuse(params, "refund_application_fee", "There are no application fees here that could be refunded.");
        params.ignore("expand");
        params.done();
        if (chargeId == null && intentId == null) {
            throw new ApiException(ErrorCode.PARAMETER_MISSING, "charge", "One of charge and payment_intent is required.");
        }
        if (chargeId != null && intentId != null) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "payment_intent", "Send either charge or payment_intent, not both.");
        }
        if (amount != null && amount < 1) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_SMALL, "amount", "A refund's amount must be at least 1.");
        }
        return refunds.create(request, charge(request, chargeId, intentId), amount, reason, metadata);
    }

    private static void refuse(Params params, String name, String why) {
        Boolean value = params.flag(name);
        if (value != null && value) {
            throw ApiException.invalid(name, name + "=true is not supported. " + why);
        }
    }

    private Charge charge(ApiRequest request, @Nullable String chargeId, @Nullable String intentId) {
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (chargeId != null) {
            return Rows.charge(database, account, livemode, chargeId).filter(charge -> charge.amount().amount() > 0).orElseThrow(() -> ApiException.noSuch("charge", chargeId, "charge"));
        }
        String id = String.valueOf(intentId);
        Intent intent = Rows.intent(database, account, livemode, id).filter(it -> it.purpose() == Purpose.PAYMENT).orElseThrow(() -> ApiException.noSuch("PaymentIntent", id, "payment_intent"));
        String latest = intent.latestChargeId();
        if (latest == null) {
            throw new ApiException(ErrorCode.CHARGE_NOT_REFUNDABLE, "payment_intent", "This PaymentIntent has no charge to refund: its status is "
                    + intent.status().wireName() + ".");
        }
        return Rows.charge(database, account, livemode, latest).orElseThrow();
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        return find(database, request).render();
    }

    private ObjectNode retrieveOfCharge(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        RefundRow refund = find(database, request);
        if (!refund.chargeId().equals(request.pathParam("charge"))) {
            throw ApiException.noSuch("refund", refund.id(), "id");
        }
        return refund.render();
    }

    private ObjectNode listOfCharge(ApiRequest request) {
        String id = request.pathParam("charge");
        charge(request, id, null);
        return page(request, "/v1/charges/" + id + "/refunds", id, null);
    }

    private ObjectNode list(ApiRequest request) {
        return page(request, "/v1/refunds", request.params().text("charge", 255), request.params().text("payment_intent", 255));
    }

    private ObjectNode page(ApiRequest request, String url, @Nullable String charge, @Nullable String intent) {
        Params params = request.params();
        Page page = Page.of(params);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (page.cursor() != null && RefundStore.find(database, account, livemode, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("refund", page.cursor(), page.cursorParam());
        }
        List<RefundRow> rows = database.sql("""
                        select * from refund
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
                .list(RefundRow::read);
        return page.respond(url, rows, RefundRow::render);
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        RefundRow refund = find(tx, request);
        ObjectNode metadata = Metadata.merged(request.params(), refund.metadata());
        request.params().ignore("expand");
        request.params().done();
        if (metadata.equals(refund.metadata())) {
            return refund.render();
        }
        tx.sql("update refund set metadata = :metadata::jsonb where account_id = :account and id = :id")
                .bind("metadata", Json.write(metadata))
                .bind("account", refund.accountId())
                .bind("id", refund.id())
                .update();
        ObjectNode previous = Json.object();
        previous.set("metadata", refund.metadata());
        ObjectNode shown = refund.with(metadata).render();
        events.append(tx, Cause.of(request), EventDraft.updated("refund.updated", shown, previous));
        return shown;
    }

    /** Cards are refunded at once or by the provider alone: nothing of ours could still be stopped. */
    private ObjectNode cancel(ApiRequest request, Session tx) {
        RefundRow refund = find(tx, request);
        request.params().ignore("expand");
        request.params().done();
        throw new ApiException(ErrorCode.PARAMETER_INVALID, "id", "Refund " + refund.id() + " has a status of "
                + refund.render().path("status").asString() + " and cannot be canceled: a card refund cannot be taken back once it was sent to the provider.");
    }

    private static RefundRow find(Session session, ApiRequest request) {
        String id = request.pathParam("id");
        return RefundStore.find(session, request.caller().accountId(), request.caller().livemode(), id)
                .orElseThrow(() -> ApiException.noSuch("refund", id, "id"));
    }
}
