package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.provider.Webhooks;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The hosted page and the pages of payment links (section 7): the payer gives a card, passes the issuer's page where it asks, and ends at
 * the shop with a signed result. The real service has these on a host of its own; here they share the API's port. What a declined payer
 * sees is not known; here a hosted payment returns to the shop with status {@code declined}, and a link's page may be tried again.
 */
final class HostedPages {
    private static final String CHECKOUT_PATH = "/checkout/";
    private static final String RETURN_SUFFIX = "/3ds";

    private final Store store;
    private final Accounts accounts;
    private final SandboxClock clock;
    private final Payments payments;
    private final Webhooks webhooks;
    private final Wire wire;
    private final HostedRequest hostedRequest;

    HostedPages(Store store, Accounts accounts, SandboxClock clock, Payments payments, Webhooks webhooks, Wire wire) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
        this.payments = payments;
        this.webhooks = webhooks;
        this.wire = wire;
        this.hostedRequest = new HostedRequest(accounts);
    }

    /** The page, or null if the operation is none of these. */
    @Nullable HttpResponse answer(@Nullable Operation operation, HttpRequest request) {
        if (operation == null) {
            return null;
        }
        return switch (operation.id()) {
            case "openHostedPage" -> open(request);
            case "showHostedPage" -> withCheckout(request, checkout -> checkout.paymentId() == null
                    ? CardForm.page(200, checkout, CHECKOUT_PATH + checkout.id(), null)
                    : message(409, "Already in progress", "A card was given for this payment already."));
            case "payHostedPage" -> withCheckout(request, checkout -> pay(checkout, request, CHECKOUT_PATH + checkout.id()));
            case "returnToHostedPage" -> withCheckout(request, checkout -> returned(checkout, request));
            case "openPaymentLink" -> link(request, checkout -> CardForm.page(200, checkout, request.path(), null));
            case "payPaymentLink" -> link(request, checkout -> pay(checkout, request, request.path()));
            default -> null;
        };
    }

    private interface Step {
        HttpResponse take(Checkout checkout);
    }

    private HttpResponse open(HttpRequest request) {
        Checkout checkout;
        try {
            checkout = hostedRequest.read(request.form());
        } catch (ProblemException e) {
            return CardForm.problem(e);
        }
        store.commit(List.of(checkout), List.of());
        return CardForm.page(200, checkout, CHECKOUT_PATH + checkout.id(), null);
    }

    private HttpResponse withCheckout(HttpRequest request, Step step) {
        var checkout = store.checkout(Operation.segments(request.path())[2]);
        return checkout == null ? message(404, "Not found", "There is no such payment page.") : step.take(checkout);
    }

    private HttpResponse link(HttpRequest request, Step step) {
        var link = store.link(Operation.segments(request.path())[2]);
        if (link == null || link.deleted()) {
            return message(404, "Not found", "There is no such payment link.");
        }
        if (!link.isOpen(clock.instant())) {
            return message(410, "Not payable", "This payment link was paid already, has expired or was disabled.");
        }
        return step.take(new Checkout(UUID.randomUUID().toString(), link.account(), link.cents(), link.currency(), link.country(), null,
                link.description(), null, null, null, link.id(), null));
    }

    private HttpResponse pay(Checkout checkout, HttpRequest request, String formAction) {
        var account = accounts.find(CardinityProvider.NAME, checkout.account()).orElse(null);
        if (account == null || account.revoked()) {
            return message(404, "Not found", "The merchant's account is gone.");
        }
        synchronized (store.lockOf(checkout.id())) {
            var current = store.checkout(checkout.id());
            if (current != null && current.paymentId() != null) {
                return message(409, "Already in progress", "A card was given for this payment already.");
            }
            PaymentRequest asked;
            try {
                asked = PaymentRequest.read(paymentBody(checkout, request), account, clock.instant(), _ -> null);
            } catch (ProblemException e) {
                return CardForm.page(400, checkout, formAction, e);
            }
            var payment = payments.create(account, asked, checkout.linkId());
            var paid = checkout.withPayment(payment.id());
            store.commit(List.of(paid), List.of());
            return next(paid, payment, account);
        }
    }

    private ObjectNode paymentBody(Checkout checkout, HttpRequest request) {
        var form = request.form();
        var body = Json.object()
                .put("amount", Amounts.text(checkout.cents()))
                .put("currency", checkout.currency())
                .put("country", checkout.country() != null ? checkout.country() : Forms.first(form, "country"))
                .put("payment_method", "card");
        if (checkout.orderId() != null) {
            body.put("order_id", checkout.orderId());
        }
        if (!checkout.description().isEmpty()) {
            body.put("description", checkout.description());
        }
        var card = body.putObject("payment_instrument");
        for (var name : List.of("pan", "exp_month", "exp_year", "cvc", "holder")) {
            var value = Forms.first(form, name);
            card.put(name, value == null ? "" : name.equals("pan") ? value.replaceAll("[ -]", "") : value.strip());
        }
        var threeDs = body.putObject("threeds2_data")
                .put("notification_url", wire.origin() + CHECKOUT_PATH + checkout.id() + RETURN_SUFFIX);
        threeDs.putObject("browser_info")
                .put("accept_header", orElse(request.header("accept"), "text/html"))
                .put("browser_language", "en")
                .put("screen_width", 1280).put("screen_height", 800)
                .put("challenge_window_size", "full-screen")
                .put("user_agent", orElse(request.header("user-agent"), "unknown"))
                .put("color_depth", 24).put("time_zone", 0).put("javascript_enabled", false);
        return body;
    }

    /** The browser is back from the issuer; coming twice does no harm. */
    private HttpResponse returned(Checkout checkout, HttpRequest request) {
        var account = accounts.find(CardinityProvider.NAME, checkout.account()).orElse(null);
        var payment = checkout.paymentId() == null ? null : store.payment(checkout.paymentId());
        if (payment == null || account == null) {
            return message(404, "Not found", "No card was given for this payment yet.");
        }
        var form = request.form();
        var session = Forms.first(form, "threeDSSessionData");
        var md = Forms.first(form, "MD");
        if (!checkout.id().equals(session != null ? session : md)) {
            return message(400, "Not your payment", "The issuer's answer belongs to another payment.");
        }
        if (payment.state().status() == Status.PENDING) {
            var body = Json.object();
            body.put("cres", Forms.first(form, "cres"));
            body.put("authorize_data", Forms.first(form, "PaRes"));
            try {
                payment = payments.complete(payment, body);
            } catch (ProblemException e) {
                var now = store.payment(payment.id());
                if (now == null || now.state().status() == Status.PENDING) {
                    return CardForm.problem(e);
                }
                payment = now;
            }
        }
        return next(checkout, payment, account);
    }

    private HttpResponse next(Checkout checkout, Payment payment, Account account) {
        if (payment.state().status() == Status.PENDING) {
            return challenge(checkout, payment);
        }
        if (checkout.returnUrl() != null) {
            return backToTheShop(checkout, payment, account, checkout.returnUrl());
        }
        return switch (payment.state().status()) {
            case APPROVED -> message(200, "Paid", "Thank you, " + Amounts.text(checkout.cents()) + " " + checkout.currency() + " is paid.");
            case PROCESSING -> message(200, "Processing", "The payment is being processed.");
            case DECLINED, PENDING, INITIATED -> CardForm.declined(checkout, Wire.LINK_PATH + checkout.linkId());
        };
    }

    private HttpResponse challenge(Checkout checkout, Payment payment) {
        var json = wire.payment(payment);
        var v1 = json.path("authorization_information");
        var fields = new LinkedHashMap<String, String>();
        if (v1.isObject()) {
            fields.put("PaReq", v1.path("data").asString());
            fields.put("TermUrl", wire.origin() + CHECKOUT_PATH + checkout.id() + RETURN_SUFFIX);
            fields.put("MD", checkout.id());
            return Html.submitting("To your bank", v1.path("url").asString(), fields, "Continue");
        }
        fields.put("creq", json.path("threeds2_data").path("creq").asString());
        fields.put("threeDSSessionData", checkout.id());
        return Html.submitting("To your bank", json.path("threeds2_data").path("acs_url").asString(), fields, "Continue");
    }

    private HttpResponse backToTheShop(Checkout checkout, Payment payment, Account account, String returnUrl) {
        var fields = result(checkout, payment, account);
        if (checkout.notificationUrl() != null && store.firstNotice(checkout.id(), payment.state().status())) {
            var spoiled = new LinkedHashMap<>(fields);
            spoiled.put("signature", "0".repeat(64));
            webhooks.send(new Webhooks.Message(CardinityProvider.NAME, account.name(), "notification",
                    URI.create(checkout.notificationUrl()), Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    Forms.encode(fields), null, null, Forms.encode(spoiled)));
        }
        return Html.submitting("Back to the shop", returnUrl, fields, "Continue");
    }

    /** The fields of the return and the notification. A test payment's {@code live} is empty, yet its name is signed. */
    private static Map<String, String> result(Checkout checkout, Payment payment, Account account) {
        var terms = payment.terms();
        var fields = new LinkedHashMap<String, String>();
        fields.put("amount", Amounts.text(terms.cents()));
        fields.put("country", terms.country());
        fields.put("created", Wire.created(terms.created()));
        fields.put("currency", terms.currency());
        fields.put("description", checkout.description());
        fields.put("id", payment.id());
        fields.put("live", terms.live() ? "1" : "");
        fields.put("order_id", checkout.orderId() == null ? "" : checkout.orderId());
        fields.put("payment_method", "card");
        fields.put("project_id", account.require("project_id"));
        fields.put("status", payment.state().status().wireName());
        fields.put("type", Wire.type(payment));
        fields.put("signature", HostedSignature.of(fields, account.require("project_secret")));
        return fields;
    }

    private static HttpResponse message(int status, String title, String text) {
        return Html.page(status, title, "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>");
    }

    private static String orElse(@Nullable String value, String standard) {
        return value == null || value.isEmpty() ? standard : value;
    }
}
