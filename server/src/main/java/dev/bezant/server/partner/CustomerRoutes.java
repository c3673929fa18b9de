package dev.bezant.server.partner;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code customer/}, {@code payment-method/} and what hangs on a customer: all of it kept here, as Corefy keeps neither.
 *
 * @see "docs/protocols/corefy-integration-api.md, sections 3 and 4"
 */
final class CustomerRoutes {
    private static final String RETRIEVE = "GET /v1/customers/{id}";
    private static final int PAGE = 100;
    /** More cards than anybody has. */
    private static final int METHODS_MAX = 1000;

    private final Database database;
    private final Core core;
    private final References references;
    private final PaymentMethods methods;
    private final View view;
    private final Answers answers;
    private final Clock clock;

    /** What these routes work with. */
    record Tools(Database database, Core core, References references, PaymentMethods methods, View view, Answers answers, Clock clock) {}

    CustomerRoutes(Tools tools) {
        this.database = tools.database();
        this.core = tools.core();
        this.references = tools.references();
        this.methods = tools.methods();
        this.view = tools.view();
        this.answers = tools.answers();
        this.clock = tools.clock();
    }

    List<Route> routes() {
        return List.of(
                Route.money(PartnerFeature.BASE + "/customer", this::create).under(PartnerFeature.FAMILY),
                Route.get(PartnerFeature.BASE + "/customer/{customer_id}", this::retrieve).under(PartnerFeature.FAMILY),
                Route.money(PartnerFeature.BASE + "/payment-method", this::save).under(PartnerFeature.FAMILY),
                Route.get(PartnerFeature.BASE + "/customer/{customer_id}/payment-methods", this::list).under(PartnerFeature.FAMILY));
    }

    private ApiResponse create(ApiRequest request) {
        var fields = new Fields(request.params());
        var params = new LinkedHashMap<String, @Nullable Object>();
        if (!fields.has("email")) {
            fields.missing("email");
        }
        put(params, "email", fields.email("email"));
        put(params, "name", fields.text("name", 100));
        put(params, "phone", fields.text("phone", 20));
        var address = new LinkedHashMap<String, @Nullable Object>();
        put(address, "line1", fields.text("address_line1", 100));
        put(address, "line2", fields.text("address_line2", 100));
        put(address, "city", fields.text("city", 50));
        put(address, "state", fields.text("state", 50));
        put(address, "postal_code", fields.text("postal_code", 20));
        put(address, "country", fields.country("country"));
        if (!address.isEmpty()) {
            params.put("address", address);
        }
        String reference = fields.reference("reference_id");
        var metadata = new LinkedHashMap<String, @Nullable Object>(fields.metadata(View.CUSTOMER_KEYS));
        put(metadata, "reference_id", reference);
        params.put("metadata", metadata);
        fields.done();
        Core.Call call = core.call(request, "POST /v1/customers", null, params, References.key(request, "customer", reference));
        ApiResponse made = references.once(call.request(), "customer", reference, () -> core.run(call));
        return answers.of(request.caller(), made, 201, "Customer created", view::customer);
    }

    private ObjectNode retrieve(ApiRequest request) {
        new Fields(request.params()).done();
        return Answers.success("Customer", view.customer(customer(request)));
    }

    /** Keeps a card with a customer: made and attached in one commit. */
    private ApiResponse save(ApiRequest request) {
        var fields = new Fields(request.params());
        String customer = fields.required("customer_id", 255);
        String type = fields.text("payment_method_type", 50);
        Map<String, @Nullable Object> card = CardFields.read(fields, false, clock.instant());
        String holder = fields.text("card_holder_name", 100);
        if (type != null && !type.equals("card")) {
            fields.wrong("payment_method_type", "payment_method_type must be card: nothing else can be kept for later.");
        }
        if (fields.object("payment_method_data") != null) {
            fields.wrong("payment_method_data", "payment_method_data is for other types than card, and nothing else can be kept for later.");
        }
        fields.done();
        var params = new LinkedHashMap<String, @Nullable Object>();
        params.put("type", "card");
        params.put("card", card);
        if (holder != null) {
            params.put("billing_details", Map.of("name", holder));
        }
        Core.Call make = core.call(request, "POST /v1/payment_methods", null, params, request.idempotencyKey());
        var whole = new LinkedHashMap<>(params);
        whole.put("customer", customer);
        ApiRequest once = core.call(request, "POST /v1/payment_methods", null, whole, request.idempotencyKey()).request();
        ApiResponse saved = core.once(once, tx -> {
            String id = core.within(tx, make).path("id").asString();
            core.within(tx, core.call(request, "POST /v1/payment_methods/{id}/attach", id, Map.of("customer", Objects.requireNonNull(customer)), null));
            return View.method(methods.find(tx, request.caller().accountId(), request.caller().livemode(), id).orElseThrow());
        });
        return answers.of(request.caller(), saved, 201, "Payment method created", it -> it);
    }

    private ObjectNode list(ApiRequest request) {
        new Fields(request.params()).done();
        String customer = customer(request).path("id").asString();
        var found = new ArrayList<PaymentMethod>();
        Page page = new Page(PAGE, null, false);
        boolean more = true;
        while (more && found.size() < METHODS_MAX) {
            List<PaymentMethod> rows = methods.ofCustomer(database, request.caller(), customer, page);
            more = rows.size() > PAGE;
            found.addAll(more ? rows.subList(0, PAGE) : rows);
            page = new Page(PAGE, found.isEmpty() ? null : found.getLast().id(), false);
        }
        ObjectNode data = Json.object();
        data.put("customer_id", customer);
        ArrayNode shown = data.putArray("payment_methods");
        found.forEach(method -> shown.add(View.method(method)));
        return Answers.success("Payment methods", data);
    }

    /** One that was deleted is not there for a partner. */
    private ObjectNode customer(ApiRequest request) {
        String id = request.pathParam("customer_id");
        return Optional.of(core.read(request, RETRIEVE, id)).filter(customer -> !customer.path("deleted").asBoolean(false))
                .orElseThrow(() -> ApiException.noSuch("customer", id, "customer"));
    }

    private static void put(Map<String, @Nullable Object> params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }
}
