package dev.bezant.server.balance;

import dev.bezant.server.balance.BalanceStore.Filter;
import dev.bezant.server.balance.BalanceStore.Sum;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/balance} and {@code /v1/balance_transactions}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class BalanceRoutes {
    private static final String FAMILY = "balance";
    /** Those that there are here, and those that clients of Stripe may ask for. */
    private static final List<String> TYPES = List.of("charge", "refund", "refund_failure", "adjustment", "application_fee", "application_fee_refund",
            "payment", "payment_refund", "payment_failure_refund", "payout", "payout_cancel", "payout_failure", "stripe_fee", "topup", "transfer",
            "transfer_cancel", "transfer_failure", "transfer_refund", "validation");

    private final BalanceStore store;
    private final Function<String, String> defaultCurrency;
    private final Duration delay;
    private final Clock clock;

    /** @param defaultCurrency of an account, by its id */
    BalanceRoutes(BalanceStore store, Function<String, String> defaultCurrency, Duration delay, Clock clock) {
        this.store = store;
        this.defaultCurrency = defaultCurrency;
        this.delay = delay;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/balance", this::balance),
                Route.get("/v1/balance_transactions", this::list).under(FAMILY),
                Route.get("/v1/balance_transactions/{id}", this::retrieve).under(FAMILY));
    }

    private ObjectNode balance(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        List<Sum> sums = store.sums(request.caller(), clock.instant().minus(delay));
        Map<String, Long> available = new TreeMap<>();
        Map<String, Long> pending = new TreeMap<>();
        // Every currency is in both lists, also where there is nothing in one of them.
        sums.forEach(sum -> {
            available.merge(sum.currency(), sum.available() ? sum.amount() : 0, Math::addExact);
            pending.merge(sum.currency(), sum.available() ? 0 : sum.amount(), Math::addExact);
        });
        if (sums.isEmpty()) {
            String currency = defaultCurrency.apply(request.caller().accountId());
            available.put(currency, 0L);
            pending.put(currency, 0L);
        }
        ObjectNode shown = Json.object();
        shown.put("object", "balance");
        shown.set("available", amounts(available));
        shown.set("connect_reserved", Json.array());
        shown.put("livemode", request.caller().livemode());
        shown.set("pending", amounts(pending));
        return shown;
    }

    private static ArrayNode amounts(Map<String, Long> byCurrency) {
        ArrayNode amounts = Json.array();
        byCurrency.forEach((currency, amount) -> {
            ObjectNode shown = amounts.addObject();
            shown.put("amount", amount);
            shown.put("currency", currency);
            shown.putObject("source_types").put("card", amount);
        });
        return amounts;
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String payout = params.text("payout", 255);
        var filter = new Filter(params.choice("type", TYPES), params.text("source", 255), currency(params), CreatedFilter.of(params));
        params.ignore("expand");
        params.done();
        if (page.cursor() != null && store.find(request.caller(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("balance transaction", page.cursor(), page.cursorParam());
        }
        // No provider tells which of them it paid out together.
        List<BalanceTransaction> rows = payout != null ? List.of() : store.list(request.caller(), filter, page);
        return page.respond("/v1/balance_transactions", rows, this::render);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return render(store.find(request.caller(), id).orElseThrow(() -> ApiException.noSuch("balance transaction", id, "id")));
    }

    Map<String, ObjectNode> load(Caller caller, Set<String> ids) {
        return store.find(caller, ids).stream()
                .filter(found -> ids.contains(found.id()))
                .collect(Collectors.toMap(BalanceTransaction::id, this::render));
    }

    private ObjectNode render(BalanceTransaction transaction) {
        return transaction.render(clock.instant(), delay);
    }

    private static @Nullable String currency(Params params) {
        String given = params.text("currency", 10);
        if (given == null) {
            return null;
        }
        String code = given.toLowerCase(Locale.ROOT);
        if (Currency.find(code).isEmpty()) {
            throw ApiException.invalid("currency", "Invalid currency: expected an ISO 4217 code such as eur.");
        }
        return code;
    }
}
