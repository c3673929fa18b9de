package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/charges}, and how charges and intents are expanded. */
final class ChargeRoutes {
    private final Database database;

    ChargeRoutes(Database database) {
        this.database = database;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/charges", this::list), Route.get("/v1/charges/{id}", this::retrieve));
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return Render.charge(Rows.charge(database, request.caller().accountId(), request.caller().livemode(), id)
                .filter(charge -> charge.amount().amount() > 0)
                .orElseThrow(() -> ApiException.noSuch("charge", id, "id")));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String customer = params.text("customer", 255);
        String intent = params.text("payment_intent", 255);
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
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("customer", customer)
                .bind("intent", intent)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Rows::charge);
        return page.respond("/v1/charges", rows, Render::charge);
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
                .field("refund", "charge", "charge")
                .field("refund", "payment_intent", "payment_intent");
    }
}
