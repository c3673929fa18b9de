package dev.bezant.server.partner;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code supported-methods/} and {@code test-connection/}.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 5"
 */
final class UtilityRoutes {
    private static final String AMOUNT_MAX = "1000000.00";

    private final Core core;
    private final Providers providers;
    private final Clock clock;

    UtilityRoutes(Core core, Providers providers, Clock clock) {
        this.core = core;
        this.providers = providers;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PartnerFeature.BASE + "/supported-methods", this::methods).under(PartnerFeature.FAMILY),
                Route.get(PartnerFeature.BASE + "/test-connection", this::test).under(PartnerFeature.FAMILY));
    }

    private ObjectNode methods(ApiRequest request) {
        new Fields(request.params()).done();
        ObjectNode data = Json.object();
        ArrayNode shown = data.putArray("payment_methods");
        ObjectNode told = core.read(core.call(request, "GET /v1/payment_method_types", null, Map.of(), null));
        told.path("data").forEach(type -> shown.add(method(type)));
        return Answers.success("Supported payment methods", data);
    }

    /** Empty lists mean that the provider decides when it is asked. */
    private static ObjectNode method(JsonNode type) {
        String code = type.path("type").asString();
        ObjectNode shown = Json.object();
        shown.put("code", code);
        shown.put("name", code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('_', ' '));
        ArrayNode currencies = shown.putArray("currencies");
        type.path("currencies").forEach(currency -> currencies.add(currency.asString().toUpperCase(Locale.ROOT)));
        shown.set("countries", type.path("countries").isArray() ? type.path("countries") : Json.array());
        shown.set("brands", type.path("brands"));
        shown.putNull("min_amount");
        shown.put("max_amount", AMOUNT_MAX);
        shown.set("flows", Json.texts(List.of(code.equals("card") ? "h2h" : "redirect")));
        shown.set("providers", Json.texts(type.path("provider_accounts").valueStream().map(it -> it.path("provider").asString()).distinct().toList()));
        return shown;
    }

    private ObjectNode test(ApiRequest request) {
        new Fields(request.params()).done();
        ProviderAccount account = providers.any(request).orElseThrow(() -> failed(request, null, "There is no provider account of "
                + request.caller().mode().word() + " mode to pay through. Set COREFY_API_KEY and its siblings, or run 'bezant providers add'.", 0));
        long before = System.nanoTime();
        Optional<String> problem = providers.test(account);
        long took = (System.nanoTime() - before) / 1_000_000;
        if (problem.isPresent()) {
            throw failed(request, account, problem.get(), took);
        }
        ObjectNode data = result(request, account, true, took);
        data.put("message", "Connected");
        return Answers.success("Connection test passed", data);
    }

    private ApiException failed(ApiRequest request, @Nullable ProviderAccount account, String problem, long took) {
        boolean credentials = problem.contains("(401)") || problem.contains("(403)");
        String code = credentials ? Failures.PROVIDER_AUTH_ERROR : Failures.PROVIDER_ERROR;
        ObjectNode data = result(request, account, false, took);
        data.put("message", problem);
        return new ApiException(502, ErrorCode.Type.API, code, null, problem).with("data", data);
    }

    private ObjectNode result(ApiRequest request, @Nullable ProviderAccount account, boolean success, long took) {
        ObjectNode data = Json.object();
        data.put("success", success);
        data.put("latency_ms", took);
        data.put("mode", request.caller().mode().word());
        data.put("provider", account == null ? null : account.provider());
        data.put("account", account == null ? null : account.id());
        data.put("timestamp", clock.instant().toString());
        return data;
    }
}
