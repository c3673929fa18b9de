package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The commerce account. {@link #balances} is documented and a harmless probe of host, account id and key; that the other calls exist is known from
 * other clients, their paths are not certain.
 *
 * @see "docs/protocols/corefy.md, section 2"
 */
public final class Account {
    private final Gateway gateway;

    Account(Gateway gateway) {
        this.gateway = gateway;
    }

    public List<Balance> balances() {
        return balances(CallContext.none());
    }

    public List<Balance> balances(CallContext context) {
        return gateway.call(ApiRequest.get("/account/balances", context), json -> {
            var balances = new ArrayList<Balance>();
            Resource.of(json).attributes().object("currency_accounts").ifPresent(accounts -> accounts.node().properties().forEach(
                    member -> balances.add(balance(member.getKey(), JsonFields.of(member.getValue())))));
            return List.copyOf(balances);
        });
    }

    public CompletableFuture<List<Balance>> balancesAsync(CallContext context) {
        return gateway.async(() -> balances(context));
    }

    public ApiResource profile(CallContext context) {
        return gateway.call(ApiRequest.get("/account", context), json -> ApiResource.of(Resource.of(json)));
    }

    public CompletableFuture<ApiResource> profileAsync(CallContext context) {
        return gateway.async(() -> profile(context));
    }

    public ApiResource paymentOptions(CallContext context) {
        return gateway.call(ApiRequest.get("/account/payment-options", context), json -> ApiResource.of(Resource.of(json)));
    }

    public CompletableFuture<ApiResource> paymentOptionsAsync(CallContext context) {
        return gateway.async(() -> paymentOptions(context));
    }

    public List<ApiResource> paymentServices(CallContext context) {
        return gateway.call(ApiRequest.get("/payment-services", context), json -> Resource.list(json, ApiResource::of));
    }

    public CompletableFuture<List<ApiResource>> paymentServicesAsync(CallContext context) {
        return gateway.async(() -> paymentServices(context));
    }

    public ApiResource paymentService(String id, CallContext context) {
        return gateway.call(ApiRequest.get(Paths.of("payment-services", id), context), json -> ApiResource.of(Resource.of(json).withId(id)));
    }

    public CompletableFuture<ApiResource> paymentServiceAsync(String id, CallContext context) {
        return gateway.async(() -> paymentService(id, context));
    }

    private static Balance balance(String currency, JsonFields json) {
        return new Balance(currency, json.text("account_id"), json.decimal("active_balance"), json.decimal("pending_balance"),
                json.decimal("reserved_balance"), json.decimal("overdraft_limit"), json.decimal("balance_lower_limit"));
    }
}
