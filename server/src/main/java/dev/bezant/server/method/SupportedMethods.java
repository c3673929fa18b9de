package dev.bezant.server.method;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.Country;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_method_types}: with what an account's customers can pay, as its enabled provider accounts tell it.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, payment method types"
 */
public final class SupportedMethods {
    private final Connectors connectors;

    public SupportedMethods(Connectors connectors) {
        this.connectors = connectors;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/payment_method_types", this::list).under("payment_methods"));
    }

    /** One way to take a method. */
    private record Offer(ProviderAccount account, SupportedMethod method) {}

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Currency currency = currency(params);
        String country = Country.read(params, "country");
        params.ignore("expand");
        params.done();
        Map<String, List<Offer>> byType = new LinkedHashMap<>();
        for (ProviderAccount account : connectors.ordered(request.caller().accountId(), request.caller().livemode())) {
            if (connectors.of(account) instanceof TellsMethods tells) {
                (country == null || currency == null ? tells.supportedMethods() : tells.supportedMethods(country, currency)).stream()
                        .filter(method -> currency == null || method.mayTake(currency))
                        .filter(method -> country == null || method.mayServe(country))
                        .forEach(method -> byType.computeIfAbsent(method.type(), type -> new ArrayList<>()).add(new Offer(account, method)));
            }
        }
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", "/v1/payment_method_types");
        list.put("has_more", false);
        ArrayNode data = list.putArray("data");
        byType.forEach((type, offers) -> data.add(render(type, offers, request.caller().livemode())));
        return list;
    }

    private static ObjectNode render(String type, List<Offer> offers, boolean livemode) {
        ObjectNode shown = Json.object();
        shown.put("id", type);
        shown.put("object", "payment_method_type");
        shown.set("brands", Json.texts(List.copyOf(union(offers.stream().map(offer -> offer.method().brands()).toList()))));
        ArrayNode captures = shown.putArray("capture_methods");
        captures.add("automatic");
        if (offers.stream().anyMatch(offer -> offer.method().manualCapture())) {
            captures.add("manual");
        }
        put(shown, "countries", all(offers.stream().map(offer -> offer.method().countries()).toList()));
        put(shown, "currencies", all(offers.stream().map(offer -> offer.method().currencies()).toList()));
        shown.put("livemode", livemode);
        ArrayNode accounts = shown.putArray("provider_accounts");
        offers.forEach(offer -> {
            ObjectNode account = accounts.addObject();
            account.put("id", offer.account().id());
            account.set("brands", Json.texts(offer.method().brands()));
            put(account, "countries", offer.method().countries());
            put(account, "currencies", offer.method().currencies());
            account.put("provider", offer.account().provider());
        });
        shown.put("three_d_secure", offers.stream().anyMatch(offer -> offer.method().threeDSecure()));
        shown.put("type", type);
        return shown;
    }

    /** What all of them tell together; null as soon as one leaves it to its provider. */
    private static Optional<List<String>> all(List<Optional<List<String>>> told) {
        return told.stream().allMatch(Optional::isPresent)
                ? Optional.of(List.copyOf(union(told.stream().map(Optional::orElseThrow).toList())))
                : Optional.empty();
    }

    private static SortedSet<String> union(List<List<String>> lists) {
        var union = new TreeSet<String>();
        lists.forEach(union::addAll);
        return union;
    }

    private static void put(ObjectNode shown, String name, Optional<List<String>> values) {
        if (values.isPresent()) {
            shown.set(name, Json.texts(values.get()));
        } else {
            shown.putNull(name);
        }
    }

    private static @Nullable Currency currency(Params params) {
        String given = params.text("currency", 10);
        return given == null ? null : Currency.find(given.toLowerCase(Locale.ROOT)).orElseThrow(() ->
                ApiException.invalid("currency", "Invalid currency: expected an ISO 4217 code such as eur."));
    }
}
