package dev.bezant.server.customer;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/customers/{customer}/balance_transactions}: every change of a customer's balance, in order. A balance never changes without one.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class CustomerBalances {
    private static final String OBJECT = "customer_balance_transaction";

    private final Session database;
    private final Customers customers;
    private final Ids ids;
    private final Clock clock;

    CustomerBalances(Session database, Customers customers, Ids ids, Clock clock) {
        this.database = database;
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param amount added to the balance: negative is credit of the customer */
    private record Entry(
            String accountId, String id, boolean livemode, String customerId, String type, long amount, String currency, long endingBalance,
            @Nullable String description, ObjectNode metadata, Instant createdAt) {
        static Entry read(Row row) throws SQLException {
            return new Entry(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("customer_id"), row.text("type"), row.number("amount"),
                    row.text("currency"), row.number("ending_balance"), row.textOrNull("description"), Json.readObject(row.text("metadata")),
                    row.moment("created_at"));
        }

        ObjectNode render() {
            ObjectNode shown = Json.object();
            shown.put("id", id);
            shown.put("object", OBJECT);
            shown.put("amount", amount);
            shown.putNull("checkout_session");
            shown.put("created", createdAt.getEpochSecond());
            shown.putNull("credit_note");
            shown.put("currency", currency);
            shown.put("customer", customerId);
            shown.putNull("customer_account");
            shown.put("description", description);
            shown.put("ending_balance", endingBalance);
            shown.putNull("invoice");
            shown.put("livemode", livemode);
            shown.set("metadata", metadata);
            shown.put("type", type);
            return shown;
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/customers/{customer}/balance_transactions", this::create).answering(OBJECT),
                Route.get("/v1/customers/{customer}/balance_transactions", this::list),
                Route.get("/v1/customers/{customer}/balance_transactions/{id}", this::retrieve),
                Route.post("/v1/customers/{customer}/balance_transactions/{id}", this::update).answering(OBJECT));
    }

    /**
     * Writes down that a customer's balance was set: the difference.
     *
     * @param customer as it is then; held by the caller, or new
     */
    void adjusted(Session tx, Customer customer, long before) {
        long after = customer.profile().balance();
        if (after != before) {
            insert(tx, new Entry(customer.accountId(), ids.next("cbtxn"), customer.livemode(), customer.id(), "adjustment", Math.subtractExact(after, before),
                    String.valueOf(customer.profile().currency()), after, null, Json.object(), now()));
        }
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        long amount = params.requiredInteger("amount", -CustomerProfile.BALANCE_MAX, CustomerProfile.BALANCE_MAX);
        String currency = params.requiredText("currency", 10).toLowerCase(Locale.ROOT);
        String description = params.text("description", 350);
        ObjectNode metadata = Metadata.merged(params, null);
        params.done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("customer")).orElseThrow(() -> noCustomer(request));
        check(customer, amount, currency);
        Customer after = customer.with(customer.profile().withBalance(customer.profile().balance() + amount, currency));
        var entry = new Entry(customer.accountId(), ids.next("cbtxn"), customer.livemode(), customer.id(), "adjustment", amount, currency,
                after.profile().balance(), description, metadata, now());
        insert(tx, entry);
        customers.store(tx, after);
        customers.updated(tx, Cause.of(request), customer, after);
        return entry.render();
    }

    private static void check(Customer customer, long amount, String currency) {
        if (Currency.find(currency).isEmpty()) {
            throw ApiException.invalid("currency", "Invalid currency: expected an ISO 4217 code such as eur.");
        }
        String balanced = customer.profile().currency();
        if (balanced != null && !balanced.equals(currency)) {
            throw ApiException.invalid("currency", "Invalid currency: the customer's balance is in " + balanced + ". A customer has one currency.");
        }
        if (amount == 0) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID_INTEGER, "amount", "Invalid amount: 0 would change nothing. Negative is credit of the customer.");
        }
        if (Math.abs(customer.profile().balance() + amount) > CustomerProfile.BALANCE_MAX) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_LARGE, "amount", "The balance would be beyond " + CustomerProfile.BALANCE_MAX + ".");
        }
    }

    private ObjectNode list(ApiRequest request) {
        Page page = Page.of(request.params());
        request.params().done();
        String customer = existing(request);
        if (page.cursor() != null && find(database, request, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("customer balance transaction", page.cursor(), page.cursorParam());
        }
        List<Entry> rows = database.sql("""
                        select * from customer_balance_transaction
                         where account_id = :account and livemode = :livemode and customer_id = :customer
                        """ + page.sql("id"))
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("customer", customer)
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Entry::read);
        return page.respond("/v1/customers/" + customer + "/balance_transactions", rows, Entry::render);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(database, request).render();
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        Entry stored = found(tx, request);
        String description = params.has("description") ? params.text("description", 350) : stored.description();
        ObjectNode metadata = Metadata.merged(params, stored.metadata());
        params.done();
        return tx.sql("""
                        update customer_balance_transaction set description = :description, metadata = :metadata::jsonb
                         where account_id = :account and id = :id returning *
                        """)
                .bind("description", description)
                .bind("metadata", Json.write(metadata))
                .bind("account", stored.accountId())
                .bind("id", stored.id())
                .one(Entry::read)
                .orElseThrow()
                .render();
    }

    private static Entry found(Session session, ApiRequest request) {
        String id = request.pathParam("id");
        return find(session, request, id).orElseThrow(() -> ApiException.noSuch("customer balance transaction", id, "id"));
    }

    private static Optional<Entry> find(Session session, ApiRequest request, String id) {
        return session.sql("""
                        select * from customer_balance_transaction
                         where account_id = :account and livemode = :livemode and id = :id and customer_id = :customer
                        """)
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .bind("customer", request.pathParam("customer"))
                .one(Entry::read);
    }

    private String existing(ApiRequest request) {
        String id = request.pathParam("customer");
        if (!customers.exists(database, request.caller(), id)) {
            throw noCustomer(request);
        }
        return id;
    }

    private static ApiException noCustomer(ApiRequest request) {
        return ApiException.noSuch("customer", request.pathParam("customer"), "customer");
    }

    private static void insert(Session tx, Entry entry) {
        tx.sql("""
                insert into customer_balance_transaction (account_id, id, livemode, customer_id, type, amount, currency, ending_balance, description,
                       metadata, created_at)
                values (:account, :id, :livemode, :customer, :type, :amount, :currency, :ending, :description, :metadata::jsonb, :created)
                """)
                .bind("account", entry.accountId())
                .bind("id", entry.id())
                .bind("livemode", entry.livemode())
                .bind("customer", entry.customerId())
                .bind("type", entry.type())
                .bind("amount", entry.amount())
                .bind("currency", entry.currency())
                .bind("ending", entry.endingBalance())
                .bind("description", entry.description())
                .bind("metadata", Json.write(entry.metadata()))
                .bind("created", entry.createdAt())
                .update();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
