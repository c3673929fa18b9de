package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.worldlinedirect.Payment.Stage;
import dev.bezant.sandbox.worldlinedirect.Payments.Decision;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code redirectURL} leads: the issuer's challenge, or the page of a redirect method. The payer, or a test with
 * {@code decision=pass|fail|error|cancel|pending} in the form or {@code auto=} in the query, chooses how it ends; then the payment goes on
 * by itself and the browser goes back to the shop with RETURNMAC and paymentId.
 */
final class BankPages {
    static final String PATH = "/redirect/";

    private final Store store;
    private final Events events;
    private final Payments payments;

    BankPages(Store store, Events events, Payments payments) {
        this.store = store;
        this.events = events;
        this.payments = payments;
    }

    HttpResponse show(HttpRequest request) {
        var payment = payment(request);
        if (payment == null) {
            return gone();
        }
        if (payment.state().stage() != Stage.REDIRECTED) {
            return back(payment);
        }
        var decision = decision(request.queryParameter("auto"));
        return decision != null ? decide(request, decision) : choice(payment, request.path());
    }

    HttpResponse decide(HttpRequest request) {
        var payment = payment(request);
        if (payment == null) {
            return gone();
        }
        var decision = decision(Forms.first(request.form(), "decision"));
        return decision == null ? choice(payment, request.path()) : decide(request, decision);
    }

    private HttpResponse decide(HttpRequest request, Decision decision) {
        synchronized (store.lock()) {
            var payment = payment(request);
            if (payment == null) {
                return gone();
            }
            var work = new Work();
            var decided = payments.decide(payment.id(), page(request), decision, work);
            store.commit(work);
            events.send(work.events());
            return back(decided);
        }
    }

    /** The payment that this page is of; another attempt at the same checkout makes it void. */
    private @Nullable Payment payment(HttpRequest request) {
        var found = store.payments().ofPage(page(request));
        var payment = found == null ? null : store.payments().get(found.id());
        var journey = payment == null ? null : payment.terms().journey();
        return journey != null && journey.page().equals(page(request)) ? payment : null;
    }

    private static String page(HttpRequest request) {
        return Api.segment(request, 2);
    }

    private static @Nullable Decision decision(@Nullable String word) {
        return switch (String.valueOf(word)) {
            case "pass" -> Decision.PASS;
            case "fail" -> Decision.FAIL;
            case "error" -> Decision.ERROR;
            case "cancel" -> Decision.CANCEL;
            case "pending" -> Decision.PENDING;
            default -> null;
        };
    }

    private static HttpResponse gone() {
        return Back.message(404, "Not found", "There is no such payment, or it was begun again elsewhere.");
    }

    private static HttpResponse back(Payment payment) {
        var journey = payment.terms().journey();
        if (journey == null || journey.returnUrl() == null) {
            return Back.message(200, "Done", "You can close this window.");
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("RETURNMAC", journey.returnMac());
        parameters.put("paymentId", payment.wireId());
        return HttpResponse.redirect(Back.url(journey.returnUrl(), parameters));
    }

    private static HttpResponse choice(Payment payment, String path) {
        var card = payment.terms().card();
        var product = Product.of(payment.terms().productId());
        var title = card != null ? "Your bank asks: is it you?" : "Pay with " + (product == null ? "your bank" : product.label());
        var page = new StringBuilder("<h1>").append(Html.escape(title)).append("</h1>");
        if (card != null) {
            page.append("<p>Card ending ").append(Html.escape(card.last4())).append("</p>");
        }
        page.append("<div class=\"amount\">").append(Html.escape(payment.money().text())).append("</div>")
                .append("<form method=\"post\" action=\"").append(Html.escape(path)).append("\">")
                .append(button("", "pass", card != null ? "Pass" : "Pay"))
                .append(button("danger", "fail", card != null ? "Fail" : "Decline"));
        if (card == null) {
            page.append(button("plain", "pending", "Decide later"));
        }
        page.append(button("plain", "error", "Technical error")).append(button("plain", "cancel", "Cancel")).append("</form>");
        return Html.page(200, card != null ? "3-D Secure" : title, page.toString());
    }

    private static String button(String style, String decision, String label) {
        return "<button" + (style.isEmpty() ? "" : " class=\"" + style + "\"") + " name=\"decision\" value=\"" + decision + "\">" + label
                + "</button>";
    }
}
