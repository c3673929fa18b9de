package dev.bezant.server.method;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.BillingDetails;
import dev.bezant.server.shape.PreviousAttributes;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_methods} and {@code /v1/customers/{customer}/payment_methods}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
public final class PaymentMethodRoutes {
    private static final String PARAM = "payment_method";

    private final Session database;
    private final PaymentMethods methods;
    private final CustomerDoor customers;
    private final Events events;
    private final Clock clock;

    /** @param database for reads outside of transactions */
    public PaymentMethodRoutes(Session database, PaymentMethods methods, CustomerDoor customers, Events events, Clock clock) {
        this.database = database;
        this.methods = methods;
        this.customers = customers;
        this.events = events;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/payment_methods", this::create).publishableToo(),
                Route.get("/v1/payment_methods", this::list),
                Route.get("/v1/payment_methods/{id}", this::retrieve),
                Route.post("/v1/payment_methods/{id}", this::update),
                Route.post("/v1/payment_methods/{id}/attach", this::attach),
                Route.post("/v1/payment_methods/{id}/detach", this::detach),
                Route.get("/v1/customers/{customer}/payment_methods", this::listOfCustomer),
                Route.get("/v1/customers/{customer}/payment_methods/{id}", this::retrieveOfCustomer));
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        NewPaymentMethod input = NewPaymentMethod.read(request.params(), request.caller().livemode(), clock.instant());
        request.params().done();
        ObjectNode object = PaymentMethods.render(methods.insert(tx, methods.draft(request.caller(), input)));
        if (request.caller().kind() == Caller.KeyKind.PUBLISHABLE) {
            // What the merchant knows about the payer is not for the payer's browser.
            object.remove("metadata");
            object.remove("customer");
        }
        return object;
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().done();
        return PaymentMethods.render(found(request, request.pathParam("id")));
    }

    private ObjectNode update(ApiRequest request, Session tx) {
        Params params = request.params();
        String id = request.pathParam("id");
        PaymentMethod stored = methods.locked(tx, request.caller().accountId(), request.caller().livemode(), id, PARAM);
        ObjectNode billing = BillingDetails.merged(params, stored.billingDetails());
        ObjectNode metadata = Metadata.merged(params, stored.metadata());
        String redisplay = params.choice("allow_redisplay", NewPaymentMethod.REDISPLAY);
        YearMonth expiry = stored.instrument() instanceof PaymentMethod.Card card ? expiry(params.map("card"), card) : null;
        params.done();
        if (!stored.usable()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, PARAM,
                    "The payment method " + id + " was detached from a customer and cannot be changed any more.");
        }
        PaymentMethod updated = tx.sql("""
                update payment_method m
                   set billing_details = :billing::jsonb, metadata = :metadata::jsonb, allow_redisplay = :redisplay,
                       exp_month = :month::smallint, exp_year = :year::smallint
                 where m.account_id = :account and m.id = :id
                returning\s""" + PaymentMethod.columns("m"))
                .bind("billing", Json.write(billing))
                .bind("metadata", Json.write(metadata))
                .bind("redisplay", redisplay == null ? stored.allowRedisplay() : redisplay)
                .bind("month", expiry == null ? null : expiry.getMonthValue())
                .bind("year", expiry == null ? null : expiry.getYear())
                .bind("account", stored.accountId())
                .bind("id", id)
                .one(PaymentMethod::read)
                .orElseThrow();
        ObjectNode object = PaymentMethods.render(updated);
        ObjectNode previous = PreviousAttributes.between(PaymentMethods.render(stored), object);
        if (!previous.isEmpty()) {
            events.append(tx, Cause.of(request), EventDraft.updated("payment_method.updated", object, previous));
        }
        return object;
    }

    private ObjectNode attach(ApiRequest request, Session tx) {
        String customerId = request.params().requiredText("customer", 255);
        request.params().done();
        if (!customers.hold(tx, request.caller(), customerId)) {
            throw ApiException.noSuch("customer", customerId, "customer");
        }
        String id = methods.draftFromToken(request.caller(), request.pathParam("id"), PARAM)
                .map(draft -> methods.insert(tx, draft).id())
                .orElse(request.pathParam("id"));
        return PaymentMethods.render(methods.attach(tx, Cause.of(request), id, customerId, PARAM));
    }

    private ObjectNode detach(ApiRequest request, Session tx) {
        request.params().done();
        String id = request.pathParam("id");
        String customerId = methods.find(tx, request.caller().accountId(), request.caller().livemode(), id)
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", id, PARAM))
                .customerId();
        if (customerId == null) {
            throw PaymentMethods.notAttached(id);
        }
        if (!customers.hold(tx, request.caller(), customerId)) {
            // Deleted between the look and the lock, and the method detached with it.
            throw PaymentMethods.notAttached(id);
        }
        PaymentMethod detached = methods.detach(tx, Cause.of(request), id);
        customers.detached(tx, Cause.of(request), customerId, id);
        return PaymentMethods.render(detached);
    }

    private ObjectNode list(ApiRequest request) {
        String customerId = request.params().text("customer", 255);
        return page(request, "/v1/payment_methods", customerId);
    }

    private ObjectNode listOfCustomer(ApiRequest request) {
        String customerId = request.pathParam("customer");
        return page(request, "/v1/customers/" + customerId + "/payment_methods", customerId);
    }

    private ObjectNode retrieveOfCustomer(ApiRequest request) {
        request.params().done();
        String id = request.pathParam("id");
        PaymentMethod method = found(request, id);
        if (!request.pathParam("customer").equals(method.customerId())) {
            throw ApiException.noSuch("PaymentMethod", id, PARAM);
        }
        return PaymentMethods.render(method);
    }

    private ObjectNode page(ApiRequest request, String url, @Nullable String customerId) {
        Params params = request.params();
        String type = params.text("type", 100);
        String redisplay = params.choice("allow_redisplay", NewPaymentMethod.REDISPLAY);
        Page page = Page.of(params);
        params.done();
        if (customerId != null && !customers.exists(database, request.caller(), customerId)) {
            throw ApiException.noSuch("customer", customerId, "customer");
        }
        if (page.cursor() != null) {
            String cursor = page.cursor();
            if (methods.find(database, request.caller().accountId(), request.caller().livemode(), cursor).isEmpty()) {
                throw ApiException.noSuch("PaymentMethod", cursor, page.cursorParam());
            }
        }
        List<PaymentMethod> rows = database.sql("select " + PaymentMethod.columns("m") + """
                  from payment_method m
                 where m.account_id = :account and m.livemode = :livemode
                   and (:customer::text is null or m.customer_id = :customer)
                   and (:type::text is null or m.type = :type)
                   and (:redisplay::text is null or m.allow_redisplay = :redisplay)
                """ + Page.mode(request.caller()) + page.sql("m.id"))
                .bind("account", request.caller().accountId())
                .bind("livemode", request.caller().livemode())
                .bind("customer", customerId)
                .bind("type", type)
                .bind("redisplay", redisplay)
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(PaymentMethod::read);
        return page.respond(url, rows, PaymentMethods::render);
    }

    private PaymentMethod found(ApiRequest request, String id) {
        return methods.find(database, request.caller().accountId(), request.caller().livemode(), id)
                .orElseThrow(() -> ApiException.noSuch("PaymentMethod", id, PARAM));
    }

    /** A new month or year is checked together with what stays of the other. */
    private YearMonth expiry(@Nullable Params card, PaymentMethod.Card stored) {
        if (card == null || !(card.has("exp_month") || card.has("exp_year"))) {
            if (card != null) {
                card.ignore("networks");
            }
            return YearMonth.of(stored.expYear(), stored.expMonth());
        }
        card.ignore("networks");
        long month = card.has("exp_month") ? card.requiredInteger("exp_month", Long.MIN_VALUE, Long.MAX_VALUE) : stored.expMonth();
        long year = card.has("exp_year") ? card.requiredInteger("exp_year", Long.MIN_VALUE, Long.MAX_VALUE) : stored.expYear();
        return CardDetails.expiry(month, year, clock.instant());
    }
}
