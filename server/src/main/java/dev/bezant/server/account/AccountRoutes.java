package dev.bezant.server.account;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/account} and {@code /v1/accounts/{id}}: the caller's own account, and no other.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
public final class AccountRoutes {
    private final Accounts accounts;
    private final Connectors connectors;

    public AccountRoutes(Accounts accounts, Connectors connectors) {
        this.accounts = accounts;
        this.connectors = connectors;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/account", this::own),
                Route.get("/v1/accounts/{id}", this::retrieve).under("account"));
    }

    private ObjectNode own(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        return render(request);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        if (!request.pathParam("id").equals(request.caller().accountId())) {
            throw ApiException.noSuch("account", request.pathParam("id"), "id");
        }
        return render(request);
    }

    private ObjectNode render(ApiRequest request) {
        Account account = accounts.find(request.caller().accountId())
                .orElseThrow(() -> ApiException.noSuch("account", request.caller().accountId(), "id"));
        boolean charges = !connectors.ordered(account.id(), request.caller().livemode()).isEmpty();
        ObjectNode shown = Json.object();
        shown.put("id", account.id());
        shown.put("object", "account");
        ObjectNode business = shown.putObject("business_profile");
        business.putNull("mcc");
        business.put("name", account.name());
        business.putNull("support_email");
        business.putNull("url");
        shown.putNull("business_type");
        ObjectNode capabilities = shown.putObject("capabilities");
        capabilities.put("card_payments", charges ? "active" : "inactive");
        capabilities.put("transfers", "inactive");
        shown.put("charges_enabled", charges);
        shown.put("country", account.profile().country());
        shown.put("created", account.createdAt().getEpochSecond());
        shown.put("default_currency", account.profile().currency());
        shown.put("details_submitted", true);
        shown.put("email", account.profile().email());
        shown.set("metadata", Json.object());
        // Providers pay out themselves; nothing here does.
        shown.put("payouts_enabled", false);
        ObjectNode settings = shown.putObject("settings");
        ObjectNode dashboard = settings.putObject("dashboard");
        dashboard.put("display_name", account.name());
        dashboard.put("timezone", "Etc/UTC");
        shown.put("type", "standard");
        return shown;
    }
}
