package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.Services.Service;
import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What a public key opens (section 2): which services there are, and invoices made and read from a browser. */
final class PublicApi {
    private final Store store;
    private final Accounts accounts;
    private final Invoices invoices;
    private final Wire wire;

    /** An account named by one of its public keys. */
    private record Caller(Account account, boolean testMode) {}

    PublicApi(Store store, Accounts accounts, Invoices invoices, Wire wire) {
        this.store = store;
        this.accounts = accounts;
        this.invoices = invoices;
        this.wire = wire;
    }

    /** The account whose public key is in the query, the form or the JSON body. */
    @Nullable Account accountOf(HttpRequest request) {
        var caller = caller(publicKey(request));
        return caller == null ? null : caller.account();
    }

    HttpResponse answer(Operation operation, HttpRequest request) {
        if (operation.id().equals("processPublicPaymentInvoice")) {
            return HttpResponse.redirect(createFromBrowser(request.form()));
        }
        var caller = caller(publicKey(request));
        if (caller == null) {
            throw new RefusedException(401, "The public key is not valid");
        }
        return switch (operation.id()) {
            case "paymentPrerequest" -> json(200, prerequest(caller, request, true));
            case "payoutPrerequest" -> json(200, prerequest(caller, request, false));
            case "createPublicPaymentInvoice" -> {
                var invoice = create(caller, Attributes.flat(Attributes.body(request)));
                yield json(201, wire.document(invoice, caller.account()));
            }
            case "getPublicPaymentInvoice" -> json(200, wire.document(invoice(caller, Operations.segment(request, 1)), caller.account()));
            case "getPublicPayoutInvoice" -> json(200, wire.document(payout(caller, Operations.segment(request, 1))));
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    /**
     * Makes an invoice from what a browser sent, as a form or a link.
     *
     * @return where the browser goes on
     */
    String createFromBrowser(List<Forms.Pair> fields) {
        var caller = caller(Forms.first(fields, "public_key"));
        if (caller == null) {
            throw new RefusedException(401, "The public key is not valid");
        }
        var body = Json.object();
        fields.forEach(field -> body.put(field.name(), field.value()));
        if (!body.has("reference_id")) {
            body.put("reference_id", Ids.text(20));
        }
        return wire.hostedPage(create(caller, Attributes.flat(body)));
    }

    private Invoice create(Caller caller, Attributes json) {
        if (Credentials.is(caller.account(), "public_creation", "false")) {
            throw new RefusedException(403, "This account takes no invoices by public key");
        }
        return invoices.create(caller.account(), InvoiceRequest.readPublic(json, caller.testMode()));
    }

    private ObjectNode prerequest(Caller caller, HttpRequest request, boolean payIn) {
        var json = Attributes.flat(Attributes.body(request));
        var currency = json.currency("currency");
        if (json.has("amount")) {
            json.amount("amount", currency);
        }
        json.refuseIfAny();
        var document = Json.object();
        var attributes = document.putObject("data").put("type", payIn ? "payment-prerequests" : "payout-prerequests").put("id", Ids.next("prq_"))
                .putObject("attributes").put("currency", currency).put("test_mode", caller.testMode());
        var services = attributes.putObject("services");
        var methods = attributes.putObject("methods");
        for (var service : payIn ? Services.payInsOf(currency) : Services.payOutsOf(currency)) {
            services.set(service.code(), offered(service, payIn));
            methods.set(service.method(), Services.method(service.method()));
        }
        return document;
    }

    private static ObjectNode offered(Service service, boolean payIn) {
        var json = Json.object().put("code", service.code()).put("method", service.method()).put("flow", "hpp").put("currency", service.currency())
                .put("status", "available");
        var fields = json.putArray("fields");
        if (!payIn) {
            var key = service.takesCards() ? "card_number" : "account_number";
            var field = fields.addObject().put("key", key).put("type", "text");
            field.putObject("label").put("en", service.takesCards() ? "Card number" : "Account number");
            field.set("hint", Json.array());
            field.putNull("example").put("regexp", service.takesCards() ? "^\\d{12,19}$" : "^.{1,34}$").put("required", true).put("position", 1);
        }
        return json.put("exchange_rate", 1);
    }

    private Invoice invoice(Caller caller, String id) {
        var invoice = store.invoice(id);
        if (invoice == null || invoice.standsBehindIntent() || !invoice.account().equals(caller.account().name())
                || invoice.terms().testMode() != caller.testMode()) {
            throw RefusedException.notFound("Payment invoice " + id);
        }
        return invoice;
    }

    private Payout payout(Caller caller, String id) {
        var payout = store.payout(id);
        if (payout == null || !payout.account().equals(caller.account().name()) || payout.terms().testMode() != caller.testMode()) {
            throw RefusedException.notFound("Payout invoice " + id);
        }
        return payout;
    }

    private @Nullable Caller caller(@Nullable String publicKey) {
        if (publicKey == null) {
            return null;
        }
        var test = accounts.identified(CorefyProvider.NAME, "public_key", publicKey);
        var live = accounts.identified(CorefyProvider.NAME, "public_key_live", publicKey);
        return test != null ? new Caller(test, true) : live != null ? new Caller(live, false) : null;
    }

    private static @Nullable String publicKey(HttpRequest request) {
        var inQuery = request.queryParameter("public_key");
        var inForm = inQuery != null ? inQuery : Forms.first(request.form(), "public_key");
        if (inForm != null || request.body().length == 0) {
            return inForm;
        }
        try {
            return Json.parse(request.body()).path("public_key").asString(null);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static HttpResponse json(int status, ObjectNode body) {
        return HttpResponse.json(status, Json.bytes(body));
    }
}
