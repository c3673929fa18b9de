package dev.bezant.server.customer;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/customers/{customer}/sources}: a customer's payment methods in the older shape, for clients that know no other.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class Sources {
    private static final String OBJECT = "card";
    private static final Page EMBEDDED = new Page(10, null, false);

    private final Session database;
    private final Customers customers;
    private final PaymentMethods methods;

    Sources(Session database, Customers customers, PaymentMethods methods) {
        this.database = database;
        this.customers = customers;
        this.methods = methods;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/customers/{customer}/sources", this::create).answering(OBJECT),
                Route.get("/v1/customers/{customer}/sources", this::list),
                Route.get("/v1/customers/{customer}/sources/{id}", this::retrieve),
                Route.delete("/v1/customers/{customer}/sources/{id}", this::delete).answering(OBJECT));
    }

    void register(Expansion expansion) {
        expansion.loader(OBJECT, (caller, ids) -> methods.find(database, caller, ids).stream()
                        .collect(Collectors.toMap(PaymentMethod::id, PaymentMethods::renderSource)))
                .field(OBJECT, "customer", "customer")
                .list("customer", "sources", OBJECT, this::ofCustomers);
    }

    /** Attaches the card behind a token and makes it the default where there was none. */
    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        String token = params.requiredText("source", 255);
        params.done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("customer")).orElseThrow(() -> noCustomer(request));
        String id = methods.insert(tx, methods.draftFromSource(request.caller(), token, "source")).id();
        PaymentMethod attached = methods.attach(tx, Cause.of(request), id, customer.id(), "source");
        if (customer.profile().defaultSource() == null) {
            Customer after = customer.with(customer.profile().withDefaultSource(id));
            customers.store(tx, after);
            customers.updated(tx, Cause.of(request), customer, after);
        }
        return PaymentMethods.renderSource(attached);
    }

    private ObjectNode list(ApiRequest request) {
        Page page = Page.of(request.params());
        String object = request.params().text("object", 50);
        request.params().done();
        String customer = request.pathParam("customer");
        if (!customers.exists(database, request.caller(), customer)) {
            throw noCustomer(request);
        }
        if (page.cursor() != null && methods.find(database, request.caller().accountId(), request.caller().livemode(), page.cursor()).isEmpty()) {
            throw ApiException.noSuch("source", page.cursor(), page.cursorParam());
        }
        // There are cards only.
        List<PaymentMethod> rows = object != null && !object.equals(OBJECT) ? List.of() : methods.ofCustomer(database, request.caller(), customer, page);
        return page.respond("/v1/customers/" + customer + "/sources", rows, PaymentMethods::renderSource);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return PaymentMethods.renderSource(found(database, request));
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        String customer = request.pathParam("customer");
        if (!customers.hold(tx, request.caller(), customer)) {
            throw noCustomer(request);
        }
        PaymentMethod method = found(tx, request);
        methods.detach(tx, Cause.of(request), method.id());
        customers.detached(tx, Cause.of(request), customer, method.id());
        return Json.object().put("id", method.id()).put("object", OBJECT).put("deleted", true);
    }

    private Map<String, ObjectNode> ofCustomers(Caller caller, Set<String> customerIds) {
        return customerIds.stream().collect(Collectors.toMap(id -> id, id ->
                EMBEDDED.respond("/v1/customers/" + id + "/sources", methods.ofCustomer(database, caller, id, EMBEDDED), PaymentMethods::renderSource)));
    }

    private PaymentMethod found(Session session, ApiRequest request) {
        String id = request.pathParam("id");
        return methods.find(session, request.caller().accountId(), request.caller().livemode(), id)
                .filter(method -> request.pathParam("customer").equals(method.customerId()))
                .orElseThrow(() -> ApiException.noSuch("source", id, "id"));
    }

    private static ApiException noCustomer(ApiRequest request) {
        return ApiException.noSuch("customer", request.pathParam("customer"), "customer");
    }
}
