package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns an authenticated call of the private API into a call of a service, and its result into a status and body (section 2). */
final class CommerceApi {
    private static final long OPENING_BALANCE_STANDARD = 1_000_000;
    private static final int PAGE_SIZE_STANDARD = 50;
    private static final int PAGE_SIZE_MAX = 100;

    private final Store store;
    private final SandboxClock clock;
    private final Invoices invoices;
    private final Holds holds;
    private final Refunds refunds;
    private final Payouts payouts;
    private final Wire wire;

    CommerceApi(Store store, SandboxClock clock, Invoices invoices, Refunds refunds, Payouts payouts, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.invoices = invoices;
        this.holds = new Holds(store, invoices);
        this.refunds = refunds;
        this.payouts = payouts;
        this.wire = wire;
    }

    /** What an account began with in a currency, minor units. */
    static long opening(Account account, String currency) {
        return Money.major(Credentials.number(account, "opening_balance", OPENING_BALANCE_STANDARD), currency);
    }

    /** @throws RefusedException if the request is refused */
    HttpResponse answer(Operation operation, Account account, HttpRequest request) {
        return switch (operation.id()) {
            case "createPaymentInvoice" -> {
                var asked = InvoiceRequest.read(Attributes.of(request, List.of("payment-invoices", "payment-invoice")), clock.instant());
                yield json(201, wire.document(invoices.create(account, asked), account));
            }
            case "listPaymentInvoices" -> json(200, Wire.list(page(request, matching(request, store.invoices(account.name()),
                    invoice -> invoice.terms().referenceId())).stream().map(invoice -> wire.invoice(invoice, account)).toList()));
            case "getPaymentInvoice" -> json(200, wire.document(invoice(account, request), account));
            case "createRefund" -> refund(account, invoice(account, request), request);
            case "capturePayment" -> json(200, wire.document(capture(invoice(account, request), request), account));
            case "voidPayment" -> json(200, wire.document(holds.release(invoice(account, request).id()), account));
            case "createPayoutInvoice" -> {
                var asked = Attributes.of(request, List.of("payout-invoice", "payout-invoices"));
                yield json(201, wire.document(payouts.create(account, asked, opening(account, currency(asked)))));
            }
            case "listPayoutInvoices" -> json(200, Wire.list(page(request, matching(request, store.payouts(account.name()),
                    payout -> payout.terms().referenceId())).stream().map(wire::payout).toList()));
            case "getPayoutInvoice" -> json(200, wire.document(payout(account, request)));
            case "processPayoutInvoice" -> {
                var payout = payout(account, request);
                yield json(201, wire.document(payouts.process(payout.id(), opening(account, payout.terms().currency()))));
            }
            case "getBalances" -> json(200, balances(account));
            case "getAccount" -> json(200, profile(account));
            case "getPaymentOptions" -> json(200, single("payment-options", account.require("account_id"), Json.object().put("retry_limit",
                    InvoiceRequest.RETRY_LIMIT_STANDARD).put("callback_url", account.get("callback_url"))));
            case "listPaymentServices" -> json(200, Wire.list(List.of("EUR", "USD", "PLN").stream().flatMap(currency ->
                    Services.payInsOf(currency).stream()).map(CommerceApi::service).toList()));
            case "getPaymentService" -> {
                var code = Operations.segment(request, 1);
                var document = Json.object();
                document.set("data", service(Services.payIn(code).orElseThrow(() -> RefusedException.notFound("Payment service " + code))));
                yield json(200, document);
            }
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private HttpResponse refund(Account account, Invoice invoice, HttpRequest request) {
        var json = Attributes.of(request, List.of("refund", "refunds"));
        var currency = invoice.terms().currency();
        var amount = json.has("amount") ? json.amount("amount", currency) : 0;
        var reference = json.required("reference_id");
        var named = json.text("invoiceId");
        if (named != null && !named.equals(invoice.id())) {
            json.refuse("invoiceId", "is not the invoice of the path");
        }
        var description = json.text("description");
        json.refuseIfAny();
        var asked = new Refunds.Asked(amount == 0 ? null : amount, reference, description);
        var refund = refunds.create(account, invoice, asked, opening(account, currency));
        if (Credentials.is(account, "refund_answer", "invoice")) {
            return json(200, wire.document(invoice(account, request), account));
        }
        return json(200, wire.refund(refund));
    }

    private Invoice capture(Invoice invoice, HttpRequest request) {
        var json = Attributes.of(request, List.of("capture"));
        @Nullable Long amount = json.has("amount") ? json.amount("amount", invoice.terms().currency()) : null;
        json.refuseIfAny();
        return holds.capture(invoice.id(), amount);
    }

    private Invoice invoice(Account account, HttpRequest request) {
        var id = Operations.segment(request, 1);
        var invoice = store.invoice(id);
        if (invoice == null || invoice.standsBehindIntent() || !invoice.account().equals(account.name())) {
            throw RefusedException.notFound("Payment invoice " + id);
        }
        return invoice;
    }

    private Payout payout(Account account, HttpRequest request) {
        var id = Operations.segment(request, 1);
        var payout = store.payout(id);
        if (payout == null || !payout.account().equals(account.name())) {
            throw RefusedException.notFound("Payout invoice " + id);
        }
        return payout;
    }

    private static String currency(Attributes json) {
        var code = json.text("currency");
        return code != null && Money.isCurrency(code) ? code : "EUR";
    }

    private interface Reference<T> {
        @Nullable String of(T thing);
    }

    private static <T> List<T> matching(HttpRequest request, List<T> all, Reference<T> reference) {
        var wanted = request.queryParameter("filter[reference_id]");
        return wanted == null ? all : all.stream().filter(thing -> wanted.equals(reference.of(thing))).toList();
    }

    private static <T> List<T> page(HttpRequest request, List<T> all) {
        int size = number(request, "page[size]", PAGE_SIZE_STANDARD, PAGE_SIZE_MAX);
        int page = number(request, "page[number]", 1, Integer.MAX_VALUE);
        return all.stream().skip((long) (page - 1) * size).limit(size).toList();
    }

    private static int number(HttpRequest request, String name, int standard, int max) {
        var text = request.queryParameter(name);
        if (text == null) {
            return standard;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            throw new RefusedException(422, name + " must be between 1 and " + max);
        }
        return number;
    }

    private ObjectNode balances(Account account) {
        var attributes = Json.object();
        var currencies = attributes.putObject("currency_accounts");
        var moved = store.balances().of(account.name());
        moved.putIfAbsent("EUR", 0L);
        moved.forEach((currency, sum) -> currencies.putObject(currency)
                .put("account_id", "comca_" + account.require("account_id").replaceFirst("^coma_", "") + Money.lower(currency))
                .put("active_balance", Money.text(opening(account, currency) + sum, currency)).put("pending_balance", "0")
                .put("reserved_balance", "0").put("overdraft_limit", "0").put("balance_lower_limit", "0"));
        return single("account-balances", account.require("account_id"), attributes);
    }

    private static ObjectNode profile(Account account) {
        return single("commerce-accounts", account.require("account_id"), Json.object().put("name", account.name()).put("status", "active"));
    }

    private static JsonNode service(Services.Service service) {
        var resource = Json.object().put("type", "payment-services").put("id", service.code());
        resource.putObject("attributes").put("code", service.code()).put("method", service.method()).put("currency", service.currency())
                .put("status", "available").put("refunds", service.refundable());
        return resource;
    }

    private static ObjectNode single(String type, String id, ObjectNode attributes) {
        var document = Json.object();
        document.putObject("data").put("type", type).put("id", id).set("attributes", attributes);
        return document;
    }

    private static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.json(status, Json.bytes(body));
    }
}
