package dev.bezant.server.customer;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/customers}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
public final class CustomerRoutes {
    private static final String DEFAULT_METHOD = "invoice_settings[default_payment_method]";

    private final Session database;
    private final Customers customers;
    private final PaymentMethods methods;
    private final Events events;
    private final Ids ids;
    private final Clock clock;

    /** @param database for reads outside of transactions */
    public CustomerRoutes(Session database, Customers customers, PaymentMethods methods, Events events, Ids ids, Clock clock) {
        this.database = database;
        this.customers = customers;
        this.methods = methods;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/customers", this::create),
                Route.get("/v1/customers", this::list),
                Route.get("/v1/customers/{id}", this::retrieve),
                Route.post("/v1/customers/{id}", this::update),
                Route.delete("/v1/customers/{id}", this::delete),
                Route.get("/v1/customers/{id}/sources", this::sources));
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        CustomerProfile profile = CustomerProfile.empty(ids.secret(8).toUpperCase(Locale.ROOT)).merged(params);
        String wanted = params.text("payment_method", 255);
        params.done();
        String method = wanted == null
                ? null
                : methods.draftFromToken(request.caller(), wanted, "payment_method")
                        .map(draft -> methods.insert(tx, draft).id())
                        .orElse(wanted);
        if (profile.defaultPaymentMethod() != null) {
            if (!profile.defaultPaymentMethod().equals(wanted)) {
                throw notAttached(profile.defaultPaymentMethod());
            }
            profile = profile.withDefaultPaymentMethod(method);
        }
        var customer = new Customer(request.caller().accountId(), ids.next("cus"), request.caller().livemode(), profile,
                clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        insert(tx, customer);
        events.append(tx, Cause.of(request), EventDraft.of("customer.created", customer.render()));
        if (method != null) {
            methods.attach(tx, Cause.of(request), method, customer.id(), "payment_method");
        }
        return customer.render();
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(request).render();
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Customer stored = customers.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
        CustomerProfile profile = stored.profile().merged(request.params());
        request.params().done();
        if (!Objects.equals(profile.defaultPaymentMethod(), stored.profile().defaultPaymentMethod())) {
            checkDefault(tx, stored, profile.defaultPaymentMethod());
        }
        Customer changed = stored.with(profile);
        tx.sql("""
                update customer
                   set email = :email, name = :name, phone = :phone, description = :description, address = :address::jsonb,
                       shipping = :shipping::jsonb, preferred_locales = :locales, tax_exempt = :tax_exempt, balance = :balance,
                       invoice_prefix = :invoice_prefix, next_invoice_sequence = :next_invoice_sequence,
                       default_payment_method = :default_payment_method, metadata = :metadata::jsonb
                 where account_id = :account and id = :id
                """)
                .bind(profile.values())
                .bind("account", stored.accountId())
                .bind("id", stored.id())
                .update();
        customers.updated(tx, Cause.of(request), stored, changed);
        return changed.render();
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        tx.sql("update customer set deleted_at = :now, default_payment_method = null where account_id = :account and id = :id")
                .bind("now", now)
                .bind("account", customer.accountId())
                .bind("id", customer.id())
                .update();
        methods.detachAll(tx, Cause.of(request), customer.id());
        // The event shows the customer as it was: afterwards there is nothing more to be learnt of it.
        events.append(tx, Cause.of(request), EventDraft.of("customer.deleted", customer.render()));
        return new Customer(customer.accountId(), customer.id(), customer.livemode(), customer.profile(), customer.createdAt(), now).render();
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        String email = params.text("email", 512);
        CreatedFilter created = CreatedFilter.of(params);
        Page page = Page.of(params);
        params.done();
        if (page.cursor() != null) {
            String cursor = page.cursor();
            if (customers.find(database, request.caller().accountId(), request.caller().livemode(), cursor).isEmpty()) {
                throw ApiException.noSuch("customer", cursor, page.cursorParam());
            }
        }
        List<Customer> rows = database.sql("select " + Customers.COLUMNS + """
                  from customer c
                 where c.account_id = :account and c.livemode = :livemode and c.deleted_at is null
                   and (:email::text is null or c.email = :email)
                """ + Page.mode(request.caller()) + created.sql("c.created_at") + page.sql("c.id"))
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("email", email)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Customer::read);
        return page.respond("/v1/customers", rows, Customer::render);
    }

    /** Sources are what payment methods replaced; clients of old still ask. */
    private ObjectNode sources(ApiRequest request) {
        Page.of(request.params());
        request.params().ignore("object");
        request.params().done();
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", "/v1/customers/" + found(request).id() + "/sources");
        list.put("has_more", false);
        list.set("data", Json.array());
        return list;
    }

    private static void insert(Session tx, Customer customer) {
        tx.sql("""
                insert into customer (account_id, id, livemode, email, name, phone, description, address, shipping, preferred_locales,
                       tax_exempt, balance, invoice_prefix, next_invoice_sequence, default_payment_method, metadata, created_at)
                values (:account, :id, :livemode, :email, :name, :phone, :description, :address::jsonb, :shipping::jsonb, :locales,
                       :tax_exempt, :balance, :invoice_prefix, :next_invoice_sequence, :default_payment_method, :metadata::jsonb,
                       :created)
                """)
                .bind(customer.profile().values())
                .bind("account", customer.accountId())
                .bind("id", customer.id())
                .bind("livemode", customer.livemode())
                .bind("created", customer.createdAt())
                .update();
    }

    private void checkDefault(Session tx, Customer customer, @Nullable String methodId) {
        if (methodId == null) {
            return;
        }
        PaymentMethod method = methods.find(tx, customer.accountId(), customer.livemode(), methodId)
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", methodId, DEFAULT_METHOD));
        if (!customer.id().equals(method.customerId())) {
            throw notAttached(methodId);
        }
    }

    private Customer found(ApiRequest request) {
        return customers.find(database, request.caller().accountId(), request.caller().livemode(), request.pathParam("id"))
                .orElseThrow(() -> missing(request));
    }

    private static ApiException missing(ApiRequest request) {
        return ApiException.noSuch("customer", request.pathParam("id"), "id");
    }

    private static ApiException notAttached(String methodId) {
        return new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, DEFAULT_METHOD, "The payment method " + methodId
                + " is not attached to this customer. Attach it with POST /v1/payment_methods/" + methodId + "/attach first.");
    }
}
