package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.Email;
import dev.bezant.server.shape.PreviousAttributes;
import dev.bezant.server.shape.Shipping;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * {@code /v1/charges}, and how charges and intents are expanded.
 *
 * @see "docs/protocols/payments-api.md, sections 1.3 and 2.4"
 */
final class ChargeRoutes {
    private static final List<String> REPORTS = List.of("safe", "fraudulent");

    private final Database database;
    private final Events events;
    private final PaymentRoutes intents;

    /** @param intents whose capture is the charges' too */
    ChargeRoutes(Database database, Events events, PaymentRoutes intents) {
        this.database = database;
        this.events = events;
        this.intents = intents;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/charges", this::list),
                Route.get("/v1/charges/{id}", this::retrieve),
                Route.post("/v1/charges/{id}", this::update),
                Route.money("/v1/charges/{id}/capture", this::capture));
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        return Render.charge(find(request));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String customer = params.text("customer", 255);
        String intent = params.text("payment_intent", 255);
        String group = params.text("transfer_group", 255);
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (page.cursor() != null && Rows.charge(database, account, livemode, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("charge", page.cursor(), page.cursorParam());
        }
        List<Charge> rows = database.sql("""
                        select * from charge
                         where account_id = :account and livemode = :livemode and amount > 0
                           and (:customer::text is null or customer_id = :customer)
                           and (:intent::text is null or payment_intent_id = :intent)
                           and (:group::text is null or details ->> 'transfer_group' = :group)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("customer", customer)
                .bind("intent", intent)
                .bind("group", group)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Rows::charge);
        return page.respond("/v1/charges", rows, Render::charge);
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Charge stored = locked(request, tx);
        ObjectNode details = details(params, stored.extras().details());
        String customer = params.text("customer", 255);
        params.ignore("expand");
        params.done();
        Charge after = stored.with(stored.extras().with(details));
        if (customer != null && !customer.equals(stored.customerId())) {
            after = after.ofCustomer(customer(request, tx, stored, customer));
        }
        ObjectNode shown = Render.charge(after);
        ObjectNode previous = PreviousAttributes.between(Render.charge(stored), shown);
        if (!previous.isEmpty()) {
            tx.sql("update charge set details = :details::jsonb, customer_id = :customer where account_id = :account and id = :id")
                    .bind("details", after.extras().storedDetails())
                    .bind("customer", after.customerId())
                    .bind("account", stored.accountId())
                    .bind("id", stored.id())
                    .update();
            events.append(tx, Cause.of(request), EventDraft.updated("charge.updated", shown, previous));
        }
        return shown;
    }

    private static ObjectNode details(Params params, ObjectNode stored) {
        ObjectNode details = stored.deepCopy();
        put(params, details, "description", params.text("description", 1000));
        put(params, details, "receipt_email", Email.read(params, "receipt_email"));
        put(params, details, "transfer_group", params.text("transfer_group", 255));
        ObjectNode metadata = Metadata.merged(params, details.get("metadata") instanceof ObjectNode old ? old : null);
        set(details, "metadata", metadata.isEmpty() ? null : metadata);
        set(details, "shipping", Shipping.OF_PAYMENT.merged(params, details.get("shipping") instanceof ObjectNode old ? old : null));
        Params fraud = params.map("fraud_details");
        if (fraud != null) {
            String report = fraud.hasValue("user_report") ? fraud.choice("user_report", REPORTS) : null;
            fraud.ignore("user_report");
            set(details, "fraud_details", report == null ? null : Json.object().put("user_report", report));
        } else if (params.has("fraud_details")) {
            details.remove("fraud_details");
        }
        return details;
    }

    /** A charge is given a customer once: whose it was when it was made stays. */
    private static String customer(ApiRequest request, Session tx, Charge charge, String customer) {
        if (charge.customerId() != null) {
            throw ApiException.invalid("customer", "Invalid customer: charge " + charge.id() + " has a customer already, and keeps it.");
        }
        boolean exists = tx.sql("select 1 from customer where account_id = :account and livemode = :livemode and id = :id and deleted_at is null")
                .bind("account", charge.accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", customer)
                .one(row -> true)
                .isPresent();
        if (!exists) {
            throw ApiException.noSuch("customer", customer, "customer");
        }
        return customer;
    }

    /** The capture of the charge's intent, told as the charge. */
    private ApiResponse capture(ApiRequest request) {
        Charge charge = find(request);
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        try {
            ApiResponse captured = intents.capture(request, intent, "amount");
            return captured.withJson(asCharge(captured.json(), charge.id()));
        } catch (ApiException e) {
            if (ErrorCode.PAYMENT_INTENT_UNEXPECTED_STATE.wireName().equals(e.code()) && charge.amountCaptured() > 0) {
                throw new ApiException(ErrorCode.CHARGE_ALREADY_CAPTURED, "id", "Charge " + charge.id() + " has been captured already.");
            }
            throw e;
        }
    }

    private Charge find(ApiRequest request) {
        String id = request.pathParam("id");
        return Rows.charge(database, request.caller().accountId(), request.caller().livemode(), id)
                .filter(charge -> charge.amount().amount() > 0)
                .orElseThrow(() -> ApiException.noSuch("charge", id, "id"));
    }

    private static Charge locked(ApiRequest request, Session tx) {
        String id = request.pathParam("id");
        return tx.sql("select * from charge where account_id = :account and livemode = :livemode and id = :id and amount > 0 for update")
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .one(Rows::charge)
                .orElseThrow(() -> ApiException.noSuch("charge", id, "id"));
    }

    /** Of an intent's answer, the charge as an object of its own; an error stays what it is. */
    private static String asCharge(String json, String chargeId) {
        ObjectNode answer = Json.readObject(json);
        for (JsonNode each : answer.path("charges").path("data")) {
            if (each instanceof ObjectNode charge && chargeId.equals(charge.path("id").asString(""))) {
                charge.set("payment_method", charge.path("payment_method").path("id"));
                return Json.write(charge);
            }
        }
        return json;
    }

    private static void put(Params params, ObjectNode details, String name, @Nullable String value) {
        if (params.has(name)) {
            set(details, name, value == null ? null : StringNode.valueOf(value));
        }
    }

    private static void set(ObjectNode details, String name, @Nullable JsonNode value) {
        if (value == null) {
            details.remove(name);
        } else {
            details.set(name, value);
        }
    }

    static void register(Expansion expansion, Database database) {
        expansion.loader("charge", (caller, ids) -> database.sql("select * from charge where account_id = :account and livemode = :livemode and id = any (:ids)")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("ids", List.copyOf(ids))
                .list(Rows::charge).stream().collect(Collectors.toMap(Charge::id, Render::charge)));
        expansion.loader("payment_intent", (caller, ids) -> database.sql("select * from payment_intent where account_id = :account and livemode = :livemode and id = any (:ids)")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("ids", List.copyOf(ids))
                .list(Rows::intent).stream().collect(Collectors.toMap(Intent::id, Render::snapshot)));
        expansion.field("payment_intent", "latest_charge", "charge")
                .field("payment_intent", "customer", "customer")
                .field("payment_intent", "payment_method", "payment_method")
                .field("setup_intent", "customer", "customer")
                .field("setup_intent", "payment_method", "payment_method")
                .field("mandate", "payment_method", "payment_method")
                .field("charge", "payment_intent", "payment_intent")
                .field("charge", "customer", "customer")
                .field("charge", "balance_transaction", "balance_transaction")
                .list("payment_intent", "charges", "charge")
                .field("refund", "charge", "charge")
                .field("refund", "payment_intent", "payment_intent");
    }
}
