package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.CardBehaviour.Verdict;
import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a payer pays an invoice (section 4): a card form, or for services without cards a choice of how it ends. Afterwards the
 * browser goes to the invoice's return address, which proves nothing, as with the real one.
 */
final class HostedPage {
    private final Store store;
    private final SandboxClock clock;
    private final Accounts accounts;
    private final Invoices invoices;
    private final PublicApi publicApi;
    private final ChallengePages challenges;

    HostedPage(Store store, SandboxClock clock, Accounts accounts, Invoices invoices, PublicApi publicApi, ChallengePages challenges) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.invoices = invoices;
        this.publicApi = publicApi;
        this.challenges = challenges;
    }

    static String amount(Invoice invoice) {
        return Money.text(invoice.terms().amount(), invoice.terms().currency()) + " " + invoice.terms().currency();
    }

    HttpResponse show(HttpRequest request) {
        if (request.queryParameter("cpi") == null && request.queryParameter("public_key") != null) {
            try {
                return HttpResponse.redirect(publicApi.createFromBrowser(request.queryParameters()));
            } catch (RefusedException e) {
                return message(e.status(), "Payment not possible", complaints(e));
            }
        }
        var invoice = named(request);
        if (invoice == null) {
            return message(404, "Not found", "There is no such payment.");
        }
        return invoice.state().takesPayment() && !isOver(invoice) ? form(200, invoice, "") : next(invoice);
    }

    HttpResponse pay(HttpRequest request) {
        var found = named(request);
        if (found == null) {
            return message(404, "Not found", "There is no such payment.");
        }
        try {
            return next(paid(found, request));
        } catch (RefusedException e) {
            var now = store.invoice(found.id());
            return now != null && now.state().takesPayment() && !isOver(now) ? form(400, now, error(complaints(e))) : next(now == null ? found : now);
        }
    }

    private Invoice paid(Invoice invoice, HttpRequest request) {
        var form = request.form();
        var decision = Forms.first(form, "decision");
        if ("cancel".equals(decision)) {
            return invoices.terminate(invoice.id());
        }
        if (invoice.terms().gateId() == null) {
            return invoices.payWithoutCard(invoice.id(), switch (String.valueOf(decision)) {
                case "approve" -> new Verdict.Approved();
                case "pending" -> new Verdict.Pending(Resolution.OK);
                default -> new Verdict.Refused(Resolution.DECLINED);
            });
        }
        var saved = "saved".equals(decision) ? savedCard(invoice) : null;
        return invoices.pay(invoice.id(), saved != null ? saved : card(form), invoice.terms().attemptsMax(), true);
    }

    private @Nullable Card savedCard(Invoice invoice) {
        var token = invoice.terms().savedCardToken();
        var saved = token == null ? null : store.savedCard(invoice.account(), token);
        return saved == null ? null : saved.card();
    }

    private static Card card(List<Forms.Pair> form) {
        var json = Json.object();
        for (var name : List.of("card_number", "card_holder", "exp_month", "exp_year", "cvv")) {
            var value = Forms.first(form, name);
            json.put(name, value == null ? "" : name.equals("card_number") ? value.replaceAll("[ -]", "") : value.strip());
        }
        // People write a year in full and a month without its zero.
        json.put("exp_year", json.path("exp_year").asString().replaceFirst("^20(?=\\d\\d$)", ""));
        json.put("exp_month", json.path("exp_month").asString().replaceFirst("^(?=\\d$)", "0"));
        var fields = Attributes.flat(json);
        if (!json.path("cvv").asString().matches("\\d{3,4}")) {
            fields.refuse("cvv", "must be 3 or 4 digits");
        }
        return CardGate.card(fields, "card_number", "card_holder", "exp_month", "exp_year");
    }

    /** What the browser sees after something happened to the invoice. */
    HttpResponse next(Invoice invoice) {
        var state = invoice.state();
        var account = accounts.find(CorefyProvider.NAME, invoice.account()).orElse(null);
        if (state.waitsForIssuer() && account != null) {
            var payload = challenges.payload(invoice, account);
            var fields = new LinkedHashMap<String, String>();
            payload.path("params").properties().forEach(param -> fields.put(param.getKey(), param.getValue().asString()));
            return Html.submitting("To your bank", payload.path("action").asString(), fields, "Continue");
        }
        if (state.takesPayment() && !isOver(invoice)) {
            return form(402, invoice, error("The payment was declined. Try another way to pay."));
        }
        var url = returnUrl(invoice);
        return url == null ? ended(invoice) : HttpResponse.redirect(url);
    }

    private static @Nullable String returnUrl(Invoice invoice) {
        var urls = invoice.terms().urls();
        return switch (invoice.state().status()) {
            case CREATED, PROCESS_PENDING -> invoice.state().holdsMoney() ? urls.success() : urls.pending();
            case PROCESS_FAILED, EXPIRED, TERMINATED -> urls.fail();
            case PROCESSED, PARTIALLY_PROCESSED, REFUND_PENDING, PARTIALLY_REFUNDED, REFUNDED, REFUND_FAILED, CHARGED_BACK, PARTIALLY_CHARGED_BACK ->
                    urls.success();
        };
    }

    private static HttpResponse ended(Invoice invoice) {
        return switch (invoice.state().status()) {
            case CREATED, PROCESS_PENDING -> invoice.state().holdsMoney()
                    ? message(200, "Reserved", amount(invoice) + " is reserved.")
                    : message(200, "Processing", "The payment is being processed.");
            case PROCESS_FAILED -> message(200, "Declined", "The payment was declined.");
            case EXPIRED -> message(410, "Expired", "This payment has expired.");
            case TERMINATED -> message(200, "Canceled", "The payment was canceled.");
            case PROCESSED, PARTIALLY_PROCESSED, REFUND_PENDING, PARTIALLY_REFUNDED, REFUNDED, REFUND_FAILED, CHARGED_BACK, PARTIALLY_CHARGED_BACK ->
                    message(200, "Paid", "Thank you, " + amount(invoice) + " is paid.");
        };
    }

    private boolean isOver(Invoice invoice) {
        return !clock.instant().isBefore(invoice.terms().expires());
    }

    private @Nullable Invoice named(HttpRequest request) {
        var inForm = Forms.first(request.form(), "cpi");
        var id = inForm != null ? inForm : request.queryParameter("cpi");
        return id == null ? null : store.invoice(id);
    }

    private HttpResponse form(int status, Invoice invoice, String notice) {
        var terms = invoice.terms();
        var title = terms.description() == null || terms.description().isBlank() ? "Payment" : terms.description();
        var html = new StringBuilder("<h1>").append(Html.escape(title)).append("</h1><div class=\"amount\">").append(Html.escape(amount(invoice)))
                .append("</div>").append(notice);
        var saved = savedCard(invoice);
        if (saved != null) {
            html.append("<form method=\"post\" action=\"").append(Operations.HOSTED_PAGE).append("\">").append(Html.hidden("cpi", invoice.id()))
                    .append("<button name=\"decision\" value=\"saved\">Pay with the card ending ").append(Html.escape(saved.last()))
                    .append("</button></form>");
        }
        html.append("<form method=\"post\" action=\"").append(Operations.HOSTED_PAGE).append("\">")
                .append(Html.hidden("cpi", invoice.id()));
        if (terms.gateId() == null) {
            html.append("<p>").append(Html.escape(String.valueOf(Services.nameOf(terms.service())))).append("</p>")
                    .append("<button name=\"decision\" value=\"approve\">Pay</button>")
                    .append("<button class=\"danger\" name=\"decision\" value=\"decline\">Decline</button>")
                    .append("<button class=\"plain\" name=\"decision\" value=\"pending\">Leave pending</button>");
        } else {
            html.append(input("card_holder", "Name on card", "cc-name", "text")).append(input("card_number", "Card number", "cc-number", "numeric"))
                    .append("<div class=\"row\"><div>").append(input("exp_month", "Month", "cc-exp-month", "numeric"))
                    .append("</div><div>").append(input("exp_year", "Year", "cc-exp-year", "numeric"))
                    .append("</div><div>").append(input("cvv", "CVC", "cc-csc", "numeric")).append("</div></div><button>Pay</button>");
        }
        // Outside the form above, so that leaving asks for no card.
        html.append("</form><form method=\"post\" action=\"").append(Operations.HOSTED_PAGE).append("\">").append(Html.hidden("cpi", invoice.id()))
                .append("<button class=\"plain\" name=\"decision\" value=\"cancel\">Cancel</button></form>");
        return Html.page(status, "Pay", html.toString());
    }

    private static String input(String name, String label, String autocomplete, String mode) {
        return "<label for=\"" + name + "\">" + label + "</label><input id=\"" + name + "\" name=\"" + name + "\" required autocomplete=\""
                + autocomplete + "\" inputmode=\"" + mode + "\">";
    }

    private static String error(String text) {
        return "<p class=\"error\">" + Html.escape(text) + "</p>";
    }

    private static String complaints(RefusedException refused) {
        var text = new StringBuilder();
        for (var complaint : refused.complaints()) {
            var pointer = complaint.pointer();
            var field = pointer == null ? "" : pointer.substring(pointer.lastIndexOf('/') + 1).replace('_', ' ') + " ";
            text.append(text.isEmpty() ? "" : "; ").append(field).append(complaint.detail());
        }
        return text.toString();
    }

    private static HttpResponse message(int status, String title, String text) {
        return Html.page(status, title, "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>");
    }
}
