package dev.bezant.server.customer;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.search.SearchFields;
import dev.bezant.server.search.Searches;
import dev.bezant.server.search.Searches.Searched;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/customers}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
public final class CustomerRoutes {
    private static final String DEFAULT_METHOD = "invoice_settings[default_payment_method]";
    private static final String DEFAULT_SOURCE = "default_source";

    private static final SearchFields FIELDS = new SearchFields()
            .moment("created", "t.created_at")
            .text("email", "t.email")
            .metadata("t.metadata", "t.metadata <> '{}'")
            .text("name", "t.name")
            .text("phone", "t.phone");
    private static final Searched<Customer> SEARCHED = new Searched<>("/v1/customers/search", "customer t", " and t.deleted_at is null", FIELDS,
            Customer::read, Customer::id, rows -> rows.stream().map(Customer::render).toList());

    private final Session database;
    private final Customers customers;
    private final PaymentMethods methods;
    private final Events events;
    private final Function<String, String> defaultCurrency;
    private final Searches searches;
    private final CustomerBalances balances;
    private final TaxIds taxIds;
    private final Sources sources;
    private final Ids ids;
    private final Clock clock;

    /**
     * What the routes work with.
     *
     * @param database for reads outside of transactions
     * @param defaultCurrency of an account, by its id
     */
    public record Tools(
            Session database,
            Customers customers,
            PaymentMethods methods,
            Events events,
            Function<String, String> defaultCurrency,
            Searches searches,
            Ids ids,
            Clock clock) {}

    public CustomerRoutes(Tools tools) {
        this.database = tools.database();
        this.customers = tools.customers();
        this.methods = tools.methods();
        this.events = tools.events();
        this.defaultCurrency = tools.defaultCurrency();
        this.searches = tools.searches();
        this.balances = new CustomerBalances(database, customers, tools.ids(), tools.clock());
        this.taxIds = new TaxIds(database, customers, events, tools.ids(), tools.clock());
        this.sources = new Sources(database, customers, methods);
        this.ids = tools.ids();
        this.clock = tools.clock();
    }

    public List<Route> routes() {
        var all = new ArrayList<>(List.of(
                Route.post("/v1/customers", this::create),
                Route.get("/v1/customers", this::list),
                Route.get("/v1/customers/search", request -> searches.search(request, SEARCHED)),
                Route.get("/v1/customers/{id}", this::retrieve),
                Route.post("/v1/customers/{id}", this::update),
                Route.delete("/v1/customers/{id}", this::delete),
                Route.delete("/v1/customers/{id}/discount", this::deleteDiscount)));
        all.addAll(balances.routes());
        all.addAll(taxIds.routes());
        all.addAll(sources.routes());
        return all;
    }

    /** Says how what belongs to customers is expanded. */
    public void register(Expansion expansion) {
        taxIds.register(expansion);
        sources.register(expansion);
        // There is no billing yet, hence no subscription.
        expansion.list("customer", "subscriptions", "subscription", (caller, customerIds) -> customerIds.stream()
                .collect(Collectors.toMap(id -> id, id -> new Page(10, null, false).respond("/v1/subscriptions?customer=" + id, List.<ObjectNode>of(), it -> it))));
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        CustomerProfile profile = CustomerProfile.empty(ids.secret(8).toUpperCase(Locale.ROOT)).merged(params);
        String wanted = params.text("payment_method", 255);
        String token = params.text("source", 255);
        List<TaxIds.Given> taxNumbers = TaxIds.given(params);
        params.done();
        if (profile.defaultSource() != null) {
            throw notAttached(profile.defaultSource(), DEFAULT_SOURCE);
        }
        String source = token == null ? null : methods.insert(tx, methods.draftFromSource(request.caller(), token, "source")).id();
        profile = profile.withDefaultSource(source);
        if (profile.balance() != 0) {
            profile = profile.withBalance(profile.balance(), defaultCurrency.apply(request.caller().accountId()));
        }
        String method = wanted == null
                ? null
                : methods.draftFromToken(request.caller(), wanted, "payment_method")
                        .map(draft -> methods.insert(tx, draft).id())
                        .orElse(wanted);
        if (profile.defaultPaymentMethod() != null) {
            if (!profile.defaultPaymentMethod().equals(wanted)) {
                throw notAttached(profile.defaultPaymentMethod(), DEFAULT_METHOD);
            }
            profile = profile.withDefaultPaymentMethod(method);
        }
        var customer = new Customer(request.caller().accountId(), ids.next("cus"), request.caller().livemode(), profile,
                clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        insert(tx, customer);
        balances.adjusted(tx, customer, 0);
        events.append(tx, Cause.of(request), EventDraft.of("customer.created", customer.render()));
        if (method != null) {
            methods.attach(tx, Cause.of(request), method, customer.id(), "payment_method");
        }
        if (source != null) {
            methods.attach(tx, Cause.of(request), source, customer.id(), "source");
        }
        taxNumbers.forEach(given -> taxIds.add(tx, Cause.of(request), customer, given));
        return customer.render();
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(request).render();
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Customer stored = customers.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
        Params params = request.params();
        CustomerProfile profile = stored.profile().merged(params);
        String token = params.text("source", 255);
        params.done();
        if (!Objects.equals(profile.defaultPaymentMethod(), stored.profile().defaultPaymentMethod())) {
            checkDefault(tx, stored, profile.defaultPaymentMethod(), DEFAULT_METHOD);
        }
        if (!Objects.equals(profile.defaultSource(), stored.profile().defaultSource())) {
            checkDefault(tx, stored, profile.defaultSource(), DEFAULT_SOURCE);
        }
        if (token != null) {
            String source = methods.insert(tx, methods.draftFromSource(request.caller(), token, "source")).id();
            methods.attach(tx, Cause.of(request), source, stored.id(), "source");
            profile = profile.withDefaultSource(source);
        }
        if (profile.balance() != stored.profile().balance() && profile.currency() == null) {
            profile = profile.withBalance(profile.balance(), defaultCurrency.apply(stored.accountId()));
        }
        Customer changed = stored.with(profile);
        customers.store(tx, changed);
        balances.adjusted(tx, changed, stored.profile().balance());
        customers.updated(tx, Cause.of(request), stored, changed);
        return changed.render();
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        tx.sql("update customer set deleted_at = :now, default_payment_method = null, default_source = null where account_id = :account and id = :id")
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

    private ObjectNode deleteDiscount(ApiRequest request, Session tx) {
        request.params().done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("id")).orElseThrow(() -> missing(request));
        throw new ApiException(ErrorCode.RESOURCE_MISSING, "id", "No discount of customer " + customer.id() + ": there are no coupons yet.");
    }

    private static void insert(Session tx, Customer customer) {
        tx.sql("""
                insert into customer (account_id, id, livemode, email, name, phone, description, address, shipping, preferred_locales,
                       tax_exempt, balance, invoice_prefix, next_invoice_sequence, default_payment_method, default_source, currency,
                       invoice_settings, metadata, created_at)
                values (:account, :id, :livemode, :email, :name, :phone, :description, :address::jsonb, :shipping::jsonb, :locales,
                       :tax_exempt, :balance, :invoice_prefix, :next_invoice_sequence, :default_payment_method, :default_source, :currency,
                       :invoice_settings::jsonb, :metadata::jsonb, :created)
                """)
                .bind(customer.profile().values())
                .bind("account", customer.accountId())
                .bind("id", customer.id())
                .bind("livemode", customer.livemode())
                .bind("created", customer.createdAt())
                .update();
    }

    private void checkDefault(Session tx, Customer customer, @Nullable String methodId, String param) {
        if (methodId == null) {
            return;
        }
        PaymentMethod method = methods.find(tx, customer.accountId(), customer.livemode(), methodId)
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", methodId, param));
        if (!customer.id().equals(method.customerId())) {
            throw notAttached(methodId, param);
        }
    }

    private Customer found(ApiRequest request) {
        return customers.find(database, request.caller().accountId(), request.caller().livemode(), request.pathParam("id"))
                .orElseThrow(() -> missing(request));
    }

    private static ApiException missing(ApiRequest request) {
        return ApiException.noSuch("customer", request.pathParam("id"), "id");
    }

    private static ApiException notAttached(String methodId, String param) {
        return new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, param, "The payment method " + methodId
                + " is not attached to this customer. Attach it with POST /v1/payment_methods/" + methodId + "/attach first.");
    }
}
