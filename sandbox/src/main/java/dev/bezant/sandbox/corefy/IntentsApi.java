package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.Services.Service;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payment-intents dialect (section 13), served from the same invoices. Of its answers only the id is known from anywhere; everything
 * else about them is the simulator's choice.
 */
final class IntentsApi {
    /** A refused card ends nothing here: another may follow. */
    private static final int ATTEMPTS_MAX = 100;

    private final Store store;
    private final SandboxClock clock;
    private final Invoices invoices;
    private final Refunds refunds;
    private final IntentWire wire;
    private final IntentEvents events;

    IntentsApi(Store store, SandboxClock clock, Invoices invoices, Refunds refunds, IntentWire wire, IntentEvents events) {
        this.store = store;
        this.clock = clock;
        this.invoices = invoices;
        this.refunds = refunds;
        this.wire = wire;
        this.events = events;
    }

    HttpResponse answer(Operation operation, Account account, HttpRequest request) {
        try {
            return answerOrRefuse(operation, account, request);
        } catch (RefusedException e) {
            var complaint = e.complaints().getFirst();
            var pointer = complaint.pointer();
            var field = pointer == null ? "" : pointer.substring(1).replace('/', '.') + " ";
            throw new IntentProblem(e.status(), e.status() == 404 ? "not_found" : "validation_error", field + complaint.detail());
        }
    }

    private HttpResponse answerOrRefuse(Operation operation, Account account, HttpRequest request) {
        return switch (operation.id()) {
            case "createPaymentIntent" -> json(201, wire.intent(create(account, Attributes.flat(Attributes.body(request))), account));
            case "confirmPaymentIntent" -> confirm(account, request);
            case "getPayment" -> json(200, wire.intent(intent(account, Operations.segment(request, 1)), account));
            case "createIntentRefund" -> refund(account, request);
            case "createCustomer" -> json(201, IntentWire.customer(createCustomer(account, request)));
            case "getCustomer" -> json(200, IntentWire.customer(customer(account, Operations.segment(request, 1))));
            case "createPaymentMethod" -> json(201, IntentWire.method(createMethod(account, request)));
            case "listPaymentMethods" -> {
                var customer = customer(account, Operations.segment(request, 1));
                var body = Json.object().put("customer_id", customer.id());
                var methods = body.putArray("payment_methods");
                store.savedCards(account.name(), customer.id()).forEach(saved -> methods.add(IntentWire.method(saved)));
                yield json(200, body);
            }
            case "listSupportedMethods" -> {
                var body = Json.object();
                body.putArray("payment_methods").addObject().put("code", "card").put("name", "Bank card");
                yield json(200, body);
            }
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private Invoice create(Account account, Attributes json) {
        var currency = json.currency("currency");
        var customerId = json.text("customer_id");
        if (customerId != null && store.customer(account.name(), customerId) == null) {
            json.refuse("customer_id", "is not a customer");
        }
        var returnUrl = json.webAddress("callback_url");
        var failureUrl = json.webAddress("failure_url");
        var method = json.text("payment_method");
        if (method != null && !method.equals("card")) {
            json.refuse("payment_method", "is not supported");
        }
        var reference = json.text("reference_id");
        var customer = customerId == null ? null : Json.object().put("reference_id", customerId);
        var service = new Service(Services.CARD_METHOD + "_" + Money.lower(currency) + "_hpp", Services.CARD_METHOD, currency, true);
        var request = new InvoiceRequest(reference == null ? "" : reference, service, currency, json.amount("amount", currency),
                false, true, json.text("description"), null, customer, json.raw("metadata"),
                new Invoice.Urls(returnUrl, returnUrl, failureUrl, null), null, null, false, false, ATTEMPTS_MAX, "merchant_api");
        json.refuseIfAny();
        return invoices.createForIntent(account, request);
    }

    private HttpResponse confirm(Account account, HttpRequest request) {
        var found = intent(account, Operations.segment(request, 1));
        var json = Attributes.flat(Attributes.body(request));
        var savedId = json.text("payment_method_id");
        var card = savedId == null ? card(json) : saved(account, savedId).card();
        var invoice = invoices.pay(found.id(), card, ATTEMPTS_MAX, true);
        if (invoice.state().failures() > found.state().failures()) {
            var refused = Json.object().put("message", "The card was refused: " + invoice.state().resolution()).put("error_code", "card_declined")
                    .put("decline_code", IntentWire.declineCode(invoice.state().resolution()));
            refused.set("payment_intent", wire.intent(invoice, account));
            return json(402, refused);
        }
        return json(200, wire.intent(invoice, account));
    }

    /** Years of four digits, as the dialect writes them, or of two. */
    private static Card card(Attributes json) {
        var year = json.required("card_expiry_year");
        var holder = json.text("card_holder_name");
        var cvv = json.text("card_cvv");
        if (cvv != null && !cvv.matches("\\d{3,4}")) {
            json.refuse("card_cvv", "must be 3 or 4 digits");
        }
        json.refuseIfAny();
        var plain = Json.object().put("card_number", json.text("card_number")).put("card_expiry_month", json.text("card_expiry_month"))
                .put("card_expiry_year", year.replaceFirst("^20(?=\\d\\d$)", "")).put("card_holder_name", holder == null ? "CARD HOLDER" : holder);
        return CardGate.card(Attributes.flat(plain), "card_number", "card_holder_name", "card_expiry_month", "card_expiry_year");
    }

    private HttpResponse refund(Account account, HttpRequest request) {
        var json = Attributes.flat(Attributes.body(request));
        var paymentId = json.required("payment_id");
        var reason = json.text("reason");
        json.refuseIfAny();
        var invoice = intent(account, paymentId);
        var currency = invoice.terms().currency();
        @Nullable Long amount = json.has("amount") ? json.amount("amount", currency) : null;
        json.refuseIfAny();
        var refund = refunds.create(account, invoice, new Refunds.Asked(amount, null, reason), CommerceApi.opening(account, currency));
        return json(201, IntentWire.refund(refund, invoice));
    }

    private IntentCustomer createCustomer(Account account, HttpRequest request) {
        var json = Attributes.flat(Attributes.body(request));
        var email = json.required("email");
        if (!email.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+")) {
            json.refuse("email", "must be an e-mail address");
        }
        var customer = new IntentCustomer(Ids.next("cust_"), account.name(), email, json.text("name"), json.text("phone"), json.raw("metadata"),
                json.text("reference_id"), clock.instant());
        json.refuseIfAny();
        store.commit(List.of(customer), List.of());
        events.send(account.name(), "customer.created", Json.object().put("customer_id", customer.id()));
        return customer;
    }

    private SavedCard createMethod(Account account, HttpRequest request) {
        var json = Attributes.flat(Attributes.body(request));
        var customer = customer(account, json.required("customer_id"));
        var type = json.text("type");
        if (type != null && !type.equals("card")) {
            json.refuse("type", "is not supported");
        }
        json.refuseIfAny();
        var data = json.object("data");
        var year = data.text("expiry_year");
        var holder = data.text("holder_name");
        var plain = Json.object().put("card_number", data.text("card_number")).put("expiry_month", data.text("expiry_month"))
                .put("expiry_year", year == null ? null : year.replaceFirst("^20(?=\\d\\d$)", ""))
                .put("holder_name", holder == null ? "CARD HOLDER" : holder);
        var card = CardGate.card(Attributes.flat(plain), "card_number", "holder_name", "expiry_month", "expiry_year");
        var saved = new SavedCard(Ids.next("pm_"), account.name(), customer.id(), card, true);
        store.commit(List.of(saved), List.of());
        events.send(account.name(), "payment_method.updated", Json.object().put("customer_id", customer.id()));
        return saved;
    }

    private SavedCard saved(Account account, String id) {
        var saved = store.savedCard(account.name(), id);
        if (saved == null || !saved.intents()) {
            throw RefusedException.notFound("Payment method " + id);
        }
        return saved;
    }

    private IntentCustomer customer(Account account, String id) {
        var customer = store.customer(account.name(), id);
        if (customer == null) {
            throw RefusedException.notFound("Customer " + id);
        }
        return customer;
    }

    /** By the intent's id or its payment's. */
    private Invoice intent(Account account, String id) {
        var invoice = store.invoiceOf(id);
        if (invoice == null || !invoice.standsBehindIntent() || !invoice.account().equals(account.name())) {
            throw RefusedException.notFound("Payment " + id);
        }
        return invoice;
    }

    private static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.json(status, Json.bytes(body));
    }
}
