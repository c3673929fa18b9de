package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import org.jspecify.annotations.Nullable;

/** The page on which a payer gives a card. */
final class CardForm {
    private CardForm() {}

    /** @param wrong what was wrong with the last attempt, or null */
    static HttpResponse page(int status, Checkout checkout, String action, @Nullable ProblemException wrong) {
        return page(status, checkout, action, wrong == null ? "" : complaints(wrong));
    }

    static HttpResponse declined(Checkout checkout, String action) {
        return page(402, checkout, action, "<p class=\"error\">The card was declined. Try another one.</p>");
    }

    /** A request that cannot even be shown a form. */
    static HttpResponse problem(ProblemException problem) {
        return Html.page(400, "Payment not possible", "<h1>Payment not possible</h1>" + complaints(problem));
    }

    private static HttpResponse page(int status, Checkout checkout, String action, String notice) {
        var html = new StringBuilder("<h1>").append(Html.escape(checkout.description().isEmpty() ? "Payment" : checkout.description()))
                .append("</h1><div class=\"amount\">").append(Html.escape(Amounts.text(checkout.cents()) + " " + checkout.currency()))
                .append("</div>").append(notice)
                .append("<form method=\"post\" action=\"").append(Html.escape(action)).append("\">")
                .append(input("holder", "Name on card", "cc-name", "text"))
                .append(input("pan", "Card number", "cc-number", "numeric"))
                .append("<div class=\"row\"><div>").append(input("exp_month", "Month", "cc-exp-month", "numeric"))
                .append("</div><div>").append(input("exp_year", "Year", "cc-exp-year", "numeric"))
                .append("</div><div>").append(input("cvc", "CVC", "cc-csc", "numeric")).append("</div></div>");
        if (checkout.country() == null) {
            html.append(input("country", "Country (two letters)", "country", "text"));
        }
        html.append("<button>Pay</button></form>");
        if (checkout.cancelUrl() != null) {
            html.append("<a class=\"button plain\" href=\"").append(Html.escape(checkout.cancelUrl())).append("\">Cancel</a>");
        }
        return Html.page(status, "Pay", html.toString());
    }

    private static String input(String name, String label, String autocomplete, String mode) {
        return "<label for=\"" + name + "\">" + label + "</label><input id=\"" + name + "\" name=\"" + name + "\" required autocomplete=\""
                + autocomplete + "\" inputmode=\"" + mode + "\">";
    }

    private static String complaints(ProblemException problem) {
        var html = new StringBuilder();
        problem.complaints().forEach(text -> html.append("<p class=\"error\">").append(Html.escape(text)).append("</p>"));
        return html.toString();
    }
}
