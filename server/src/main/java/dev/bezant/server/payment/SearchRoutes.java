package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.Route;
import dev.bezant.server.search.SearchFields;
import dev.bezant.server.search.Searches;
import dev.bezant.server.search.Searches.Searched;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_intents/search} and {@code /v1/charges/search}.
 *
 * @see "docs/protocols/payments-api.md, section 2.5"
 */
final class SearchRoutes {
    private static final String CARD = "t.method_snapshot -> 'card'";

    private static final SearchFields INTENT_FIELDS = new SearchFields()
            .number("amount", "t.amount")
            .moment("created", "t.created_at")
            .token("currency", "t.currency")
            .token("customer", "t.customer_id")
            .metadata("t.details -> 'metadata'", "t.details ? 'metadata'")
            .token("status", "t.status");

    private static final SearchFields CHARGE_FIELDS = new SearchFields()
            .number("amount", "t.amount")
            .text("billing_details.address.postal_code", "(t.method_snapshot #>> '{billing_details,address,postal_code}')")
            .moment("created", "t.created_at")
            .token("currency", "t.currency")
            .token("customer", "t.customer_id")
            .flag("disputed", "t.disputed")
            .metadata("t.details -> 'metadata'", "t.details ? 'metadata'")
            .token("payment_method_details.card.brand", "(" + CARD + " ->> 'brand')")
            .number("payment_method_details.card.exp_month", "(" + CARD + " ->> 'exp_month')::int")
            .number("payment_method_details.card.exp_year", "(" + CARD + " ->> 'exp_year')::int")
            .token("payment_method_details.card.fingerprint", "(" + CARD + " ->> 'fingerprint')")
            .token("payment_method_details.card.last4", "(" + CARD + " ->> 'last4')")
            .flag("refunded", "(t.state = 'voided' or t.amount_captured > 0 and t.amount_refunded = t.amount_captured)")
            // As ChargeState tells it.
            .token("status", "(case when t.state = 'failed' then 'failed' when t.state in ('pending', 'requires_action', 'completing') then 'pending'"
                    + " else 'succeeded' end)");

    private final Database database;
    private final Searches searches;

    SearchRoutes(Database database, Searches searches) {
        this.database = database;
        this.searches = searches;
    }

    List<Route> routes() {
        var intents = new Searched<>("/v1/payment_intents/search", "payment_intent t", " and t.purpose = 'payment'", INTENT_FIELDS, Rows::intent, Intent::id, this::withCharges);
        var charges = new Searched<>("/v1/charges/search", "charge t", " and t.amount > 0", CHARGE_FIELDS, Rows::charge, Charge::id,
                rows -> rows.stream().map(Render::charge).toList());
        return List.of(
                Route.get("/v1/payment_intents/search", request -> searches.search(request, intents)),
                Route.get("/v1/charges/search", request -> searches.search(request, charges)));
    }

    private List<ObjectNode> withCharges(List<Intent> intents) {
        if (intents.isEmpty()) {
            return List.of();
        }
        Map<String, List<Charge>> charges = database.sql("""
                        select * from charge where account_id = :account and payment_intent_id = any (:ids) order by attempt desc
                        """)
                .bind("account", intents.getFirst().accountId())
                .bind("ids", intents.stream().map(Intent::id).toList())
                .list(Rows::charge).stream()
                .collect(Collectors.groupingBy(Charge::paymentIntentId));
        return intents.stream().map(intent -> Render.intent(intent, charges.getOrDefault(intent.id(), List.of()))).toList();
    }
}
