package dev.bezant.server.customer;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/customers/{customer}/tax_ids}: kept as given. Nobody is asked whether they are right.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
final class TaxIds {
    private static final String OBJECT = "tax_id";
    private static final int OF_CUSTOMER_MAX = 20;
    private static final int VALUE_MAX = 100;
    /** A country and what the number is called there: {@code gb_vat}, {@code us_ein}, {@code ca_pst_bc}. */
    private static final Pattern TYPE = Pattern.compile("([a-z]{2})_[a-z]{2,10}(_[a-z]{2,5})?");
    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries()).map(code -> code.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    private static final Page EMBEDDED = new Page(10, null, false);

    private final Session database;
    private final Customers customers;
    private final Events events;
    private final Ids ids;
    private final Clock clock;

    TaxIds(Session database, Customers customers, Events events, Ids ids, Clock clock) {
        this.database = database;
        this.customers = customers;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** As a request gives it. */
    record Given(String type, String value) {
        static Given read(Params params) {
            String type = params.requiredText("type", 50);
            var matcher = TYPE.matcher(type);
            if (!matcher.matches() || !(matcher.group(1).equals("eu") || COUNTRIES.contains(matcher.group(1)))) {
                throw ApiException.invalid(params.at("type"), "Invalid " + params.at("type")
                        + ": expected a country and the name of the number there, such as eu_vat, gb_vat or us_ein.");
            }
            return new Given(type, params.requiredText("value", VALUE_MAX));
        }
    }

    private record TaxId(String accountId, String id, boolean livemode, String customerId, Given given, Instant createdAt) {
        static TaxId read(Row row) throws SQLException {
            return new TaxId(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("customer_id"),
                    new Given(row.text("type"), row.text("value")), row.moment("created_at"));
        }

        ObjectNode render() {
            ObjectNode shown = Json.object();
            shown.put("id", id);
            shown.put("object", OBJECT);
            shown.put("country", country());
            shown.put("created", createdAt.getEpochSecond());
            shown.put("customer", customerId);
            shown.putNull("customer_account");
            shown.put("livemode", livemode);
            shown.putObject("owner").put("customer", customerId).put("type", "customer");
            shown.put("type", given.type());
            shown.put("value", given.value());
            ObjectNode verification = shown.putObject("verification");
            verification.put("status", "unavailable");
            verification.putNull("verified_address");
            verification.putNull("verified_name");
            return shown;
        }

        /** A European number says itself whose it is. */
        private @Nullable String country() {
            if (!given.type().startsWith("eu_")) {
                return given.type().substring(0, 2).toUpperCase(Locale.ROOT);
            }
            String prefix = given.value().length() < 2 ? "" : given.value().substring(0, 2).toLowerCase(Locale.ROOT);
            return prefix.equals("el") ? "GR" : COUNTRIES.contains(prefix) ? prefix.toUpperCase(Locale.ROOT) : null;
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/customers/{customer}/tax_ids", this::create).answering(OBJECT),
                Route.get("/v1/customers/{customer}/tax_ids", this::list),
                Route.get("/v1/customers/{customer}/tax_ids/{id}", this::retrieve),
                Route.delete("/v1/customers/{customer}/tax_ids/{id}", this::delete).answering(OBJECT));
    }

    void register(Expansion expansion) {
        expansion.list("customer", "tax_ids", OBJECT, this::ofCustomers)
                .field(OBJECT, "customer", "customer");
    }

    /** The {@code tax_id_data} of a new customer. */
    static List<Given> given(Params params) {
        List<Params> items = params.maps("tax_id_data", OF_CUSTOMER_MAX);
        return items == null ? List.of() : items.stream().map(Given::read).toList();
    }

    /** Adds one; the caller holds the customer. */
    ObjectNode add(Session tx, Cause cause, Customer customer, Given given) {
        var taxId = new TaxId(customer.accountId(), ids.next("txi"), customer.livemode(), customer.id(), given, clock.instant().truncatedTo(ChronoUnit.MICROS));
        tx.sql("""
                insert into customer_tax_id (account_id, id, livemode, customer_id, type, value, created_at)
                values (:account, :id, :livemode, :customer, :type, :value, :created)
                """)
                .bind("account", taxId.accountId())
                .bind("id", taxId.id())
                .bind("livemode", taxId.livemode())
                .bind("customer", taxId.customerId())
                .bind("type", given.type())
                .bind("value", given.value())
                .bind("created", taxId.createdAt())
                .update();
        ObjectNode shown = taxId.render();
        events.append(tx, cause, EventDraft.of("customer.tax_id.created", shown));
        return shown;
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Given given = Given.read(request.params());
        request.params().done();
        Customer customer = customers.locked(tx, request.caller(), request.pathParam("customer")).orElseThrow(() -> noCustomer(request));
        long has = tx.sql("select count(*) as n from customer_tax_id where account_id = :account and customer_id = :customer")
                .bind("account", customer.accountId())
                .bind("customer", customer.id())
                .one(row -> row.number("n"))
                .orElse(0L);
        if (has >= OF_CUSTOMER_MAX) {
            throw ApiException.invalid("customer", "The customer has " + has + " tax ids, which is as many as it may have. Delete one first.");
        }
        return add(tx, Cause.of(request), customer, given);
    }

    private ObjectNode list(ApiRequest request) {
        Page page = Page.of(request.params());
        request.params().done();
        String customer = request.pathParam("customer");
        if (!customers.exists(database, request.caller(), customer)) {
            throw noCustomer(request);
        }
        if (page.cursor() != null && find(database, request, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("tax id", page.cursor(), page.cursorParam());
        }
        List<TaxId> rows = database.sql("""
                        select * from customer_tax_id where account_id = :account and livemode = :livemode and customer_id = :customer
                        """ + page.sql("id"))
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("customer", customer)
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(TaxId::read);
        return page.respond("/v1/customers/" + customer + "/tax_ids", rows, TaxId::render);
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return found(database, request).render();
    }

    private ObjectNode delete(ApiRequest request, Session tx) {
        request.params().done();
        TaxId taxId = found(tx, request);
        tx.sql("delete from customer_tax_id where account_id = :account and id = :id")
                .bind("account", taxId.accountId())
                .bind("id", taxId.id())
                .update();
        events.append(tx, Cause.of(request), EventDraft.of("customer.tax_id.deleted", taxId.render()));
        return Json.object().put("id", taxId.id()).put("object", OBJECT).put("deleted", true);
    }

    private Map<String, ObjectNode> ofCustomers(Caller caller, Set<String> customerIds) {
        Map<String, List<TaxId>> rows = database.sql("""
                        select * from customer_tax_id
                         where account_id = :account and livemode = :livemode and customer_id = any (:ids) order by id desc
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("ids", List.copyOf(customerIds))
                .list(TaxId::read).stream().collect(Collectors.groupingBy(TaxId::customerId));
        return customerIds.stream().collect(Collectors.toMap(id -> id, id -> {
            List<TaxId> own = rows.getOrDefault(id, List.of());
            return EMBEDDED.respond("/v1/customers/" + id + "/tax_ids", own.subList(0, Math.min(own.size(), EMBEDDED.rows())), TaxId::render);
        }));
    }

    private static TaxId found(Session session, ApiRequest request) {
        String id = request.pathParam("id");
        return find(session, request, id).orElseThrow(() -> ApiException.noSuch("tax id", id, "id"));
    }

    private static Optional<TaxId> find(Session session, ApiRequest request, String id) {
        return session.sql("""
                        select * from customer_tax_id
                         where account_id = :account and livemode = :livemode and id = :id and customer_id = :customer
                        """)
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("id", id)
                .bind("customer", request.pathParam("customer"))
                .one(TaxId::read);
    }

    private static ApiException noCustomer(ApiRequest request) {
        return ApiException.noSuch("customer", request.pathParam("customer"), "customer");
    }
}
