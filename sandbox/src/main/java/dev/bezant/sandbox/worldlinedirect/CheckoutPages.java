package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.HostedCheckout.Status;
import dev.bezant.sandbox.worldlinedirect.Payment.Stage;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page of a hosted checkout (section 11): cards, saved cards and redirect methods, as often as the shop allows; then a result page, and
 * back to the shop with RETURNMAC and hostedCheckoutId. It works without scripts.
 */
final class CheckoutPages {
    static final String PATH = "/hostedcheckout/PaymentMethods/Selection/";

    private final Store store;
    private final Events events;
    private final Accounts accounts;
    private final SandboxClock clock;
    private final Payments payments;
    private final PaymentReader reader;
    private final CheckoutForm form;
    private final Wire wire;

    CheckoutPages(Store store, Events events, Accounts accounts, SandboxClock clock, Payments payments, PaymentReader reader, Tokens tokens,
            Wire wire) {
        this.store = store;
        this.events = events;
        this.accounts = accounts;
        this.clock = clock;
        this.payments = payments;
        this.reader = reader;
        this.form = new CheckoutForm(tokens);
        this.wire = wire;
    }

    HttpResponse show(HttpRequest request) {
        var checkout = checkout(request);
        return checkout == null ? unknown() : isPayable(checkout) ? form.page(200, checkout, "") : ended(checkout);
    }

    HttpResponse pay(HttpRequest request) {
        synchronized (store.lock()) {
            var checkout = checkout(request);
            if (checkout == null) {
                return unknown();
            }
            var account = accounts.find(WorldlineDirectProvider.NAME, checkout.account()).filter(found -> !found.revoked()).orElse(null);
            if (!isPayable(checkout) || account == null) {
                return ended(checkout);
            }
            var work = new Work();
            var answer = "cancel".equals(Forms.first(request.form(), "method"))
                    ? cancel(account, checkout, work) : pay(account, checkout, request, work);
            store.commit(work);
            events.send(work.events());
            return answer;
        }
    }

    private HttpResponse pay(Account account, HostedCheckout checkout, HttpRequest request, Work work) {
        PaymentRequest asked;
        try {
            asked = reader.read(CheckoutForm.paymentBody(checkout, request.form(), wire.url(PATH + checkout.page() + "/return")), account);
        } catch (ProblemException e) {
            return form.page(400, checkout, CheckoutForm.complaints(e));
        }
        var tried = checkout.tried();
        boolean lastAttempt = tried.attempts() >= HostedCheckouts.attemptsMax(checkout);
        work.save(tried);
        var payment = payments.create(account, asked, new Payments.Place(checkout.id(), checkout.id(), null), work);
        if (payment.state().stage() == Stage.REJECTED && lastAttempt) {
            work.save(tried.as(Status.PAYMENT_CREATED));
        }
        return next(checkout, payment, lastAttempt);
    }

    /** The payer gives up: a cancelled payment stands for it. */
    private HttpResponse cancel(Account account, HostedCheckout checkout, Work work) {
        payments.cancelCheckout(account, checkout, work);
        return leave(checkout, "bad", "Cancelled", "The payment was cancelled.");
    }

    /** From the bank. */
    HttpResponse returned(HttpRequest request) {
        var checkout = checkout(request);
        var payment = checkout == null ? null : store.payments().get(checkout.id());
        if (checkout == null || payment == null) {
            return unknown();
        }
        boolean lastAttempt = checkout.attempts() >= HostedCheckouts.attemptsMax(checkout);
        if (payment.state().stage() == Stage.REJECTED && lastAttempt && checkout.isOpen()) {
            synchronized (store.lock()) {
                var work = new Work();
                work.save(checkout.as(Status.PAYMENT_CREATED));
                store.commit(work);
            }
        }
        return next(checkout, payment, lastAttempt);
    }

    private HttpResponse next(HostedCheckout checkout, Payment payment, boolean lastAttempt) {
        var journey = payment.terms().journey();
        return switch (payment.state().stage()) {
            case REDIRECTED -> journey == null ? unknown() : HttpResponse.redirect(wire.url(BankPages.PATH + journey.page()));
            case APPROVED, VERIFIED -> leave(checkout, "", "Thank you", payment.money().text() + " was paid.");
            case WAITING, UNCERTAIN, COMPLETION -> leave(checkout, "", "Almost done", "The payment is being processed.");
            case CANCELLED -> leave(checkout, "bad", "Cancelled", "The payment was cancelled.");
            case REJECTED -> lastAttempt
                    ? leave(checkout, "bad", "Not paid", "The payment was declined.")
                    : form.page(402, checkout, "<p class=\"error\">The payment was declined. Try another card or method.</p>");
        };
    }

    /** Nothing more to do here. */
    private HttpResponse ended(HostedCheckout checkout) {
        var payment = store.payments().get(checkout.id());
        if (payment != null && !checkout.isOpen()) {
            return next(checkout, payment, true);
        }
        return leave(checkout, "bad", "Time is up", "This payment page is no longer open.");
    }

    private HttpResponse leave(HostedCheckout checkout, String style, String title, String text) {
        var returnUrl = HostedCheckouts.specific(checkout.request()).path("returnUrl").asString("");
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("RETURNMAC", checkout.returnMac());
        parameters.put("hostedCheckoutId", checkout.id());
        var back = returnUrl.isEmpty() ? null : Back.url(returnUrl, parameters);
        if (back != null && !HostedCheckouts.specific(checkout.request()).path("showResultPage").asBoolean(true)) {
            return HttpResponse.redirect(back);
        }
        return Html.page(200, title, "<div class=\"done " + style + "\" aria-hidden=\"true\">" + (style.isEmpty() ? "\u2713" : "\u2715") + "</div><h1>"
                + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>"
                + (back == null ? "" : "<a class=\"button\" href=\"" + Html.escape(back) + "\">Back to the shop</a>"));
    }

    private boolean isPayable(HostedCheckout checkout) {
        return checkout.isOpen() && clock.instant().isBefore(checkout.ends());
    }

    private @Nullable HostedCheckout checkout(HttpRequest request) {
        var found = store.checkouts().ofPage(Api.segment(request, 4));
        return found == null ? null : store.checkouts().get(found.id());
    }

    private static HttpResponse unknown() {
        return Back.message(404, "Not found", "There is no such payment page.");
    }

    /** The order of a checkout, for a payment that never was. */
    static ObjectNode orderOf(HostedCheckout checkout) {
        return checkout.request().path("order") instanceof ObjectNode order ? order : Json.object();
    }
}
