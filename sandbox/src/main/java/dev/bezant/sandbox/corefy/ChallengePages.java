package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The issuer's pages and the way back from them (section 4). The payer, or a test with {@code decision=pass|fail|error} in the form or
 * {@code auto=} in the query, chooses how the challenge ends; the issuer's page posts that to Corefy, and Corefy sends the browser on to
 * the invoice's return address. The merchant completes nothing.
 */
final class ChallengePages {
    static final String PATH = "/acs";

    /** How a challenge ended, in EMV's letter. */
    private enum Result {
        PASSED("Y", null),
        FAILED("N", Resolution.AUTHENTICATION_FAILED),
        TECHNICAL_ERROR("U", Resolution.AUTHENTICATION_ERROR);

        private final String letter;
        private final @Nullable String resolution;

        Result(String letter, @Nullable String resolution) {
            this.letter = letter;
            this.resolution = resolution;
        }
    }

    private final Store store;
    private final Invoices invoices;
    private final Wire wire;

    ChallengePages(Store store, Invoices invoices, Wire wire) {
        this.store = store;
        this.invoices = invoices;
        this.wire = wire;
    }

    /** Where the browser must go: {@code creq}, or the older names if the account is set to them. */
    ObjectNode payload(Invoice invoice, Account account) {
        var attempt = invoice.state().attempt();
        if (attempt == null || attempt.acsId() == null) {
            throw new IllegalStateException("a challenged invoice has its challenge");
        }
        var payload = Json.object().put("action", wire.origin() + PATH).put("method", "POST");
        var params = payload.putObject("params");
        if (Credentials.is(account, "three_ds", "1")) {
            params.put("PaReq", message("PAReq", attempt.acsId(), null)).put("MD", attempt.id())
                    .put("TermUrl", wire.origin() + Operations.COMPLETE_AUTH + "?pid=" + attempt.id());
        } else {
            params.put("creq", message("CReq", attempt.acsId(), null));
        }
        return payload;
    }

    /** The issuer's page. */
    HttpResponse challenge(HttpRequest request) {
        var older = field(request, "PaReq");
        var asked = older != null ? older : field(request, "creq");
        var acsId = asked == null ? null : member(asked, "acsTransID");
        var invoice = acsId == null ? null : store.invoiceOf(acsId);
        var attempt = invoice == null ? null : invoice.state().attempt();
        if (asked == null || acsId == null || invoice == null || attempt == null || !acsId.equals(attempt.acsId())) {
            return message(400, "Unknown challenge", "No payment here waits for this creq or PaReq.");
        }
        var decision = decision(request);
        if (decision == null) {
            var fields = new LinkedHashMap<String, String>();
            fields.put(older != null ? "PaReq" : "creq", asked);
            return choice(invoice, attempt, fields);
        }
        var back = new LinkedHashMap<String, String>();
        back.put(older != null ? "PaRes" : "cres", message(older != null ? "PARes" : "CRes", acsId, decision));
        return Html.submitting("Back to the payment", Operations.COMPLETE_AUTH + "?pid=" + attempt.id(), back, "Continue");
    }

    /** Where the issuer sends the browser; coming twice does no harm. */
    HttpResponse completeAuthentication(HttpRequest request, HostedPage hostedPage) {
        var paymentId = request.queryParameter("pid");
        var found = paymentId == null ? null : store.invoiceOf(paymentId);
        if (paymentId == null || found == null) {
            return message(404, "Not found", "There is no such payment.");
        }
        var attempt = found.state().attempt();
        if (!found.state().waitsForIssuer() || attempt == null || !attempt.id().equals(paymentId)) {
            return hostedPage.next(found);
        }
        var cres = field(request, "cres");
        var answer = cres != null ? cres : field(request, "PaRes");
        if (answer == null || !String.valueOf(attempt.acsId()).equals(member(answer, "acsTransID"))) {
            return message(400, "Not your payment", "The issuer's answer belongs to another payment, or there is none.");
        }
        var resolution = resolution(String.valueOf(member(answer, "transStatus")));
        return hostedPage.next(invoices.completeAuthentication(found, paymentId, resolution));
    }

    private static @Nullable String resolution(String letter) {
        for (var result : Result.values()) {
            if (result.letter.equals(letter)) {
                return result.resolution;
            }
        }
        return Resolution.AUTHENTICATION_ERROR;
    }

    private static HttpResponse choice(Invoice invoice, Invoice.Attempt attempt, Map<String, String> fields) {
        var card = attempt.card();
        var page = new StringBuilder("<h1>Your bank asks: is it you?</h1>");
        if (card != null) {
            page.append("<p>Card ending ").append(Html.escape(card.last())).append("</p>");
        }
        page.append("<div class=\"amount\">").append(Html.escape(HostedPage.amount(invoice))).append("</div>")
                .append("<form method=\"post\" action=\"").append(PATH).append("\">");
        fields.forEach((name, value) -> page.append(Html.hidden(name, value)));
        page.append("<button name=\"decision\" value=\"pass\">Pass</button>")
                .append("<button class=\"danger\" name=\"decision\" value=\"fail\">Fail</button>")
                .append("<button class=\"plain\" name=\"decision\" value=\"error\">Technical error</button></form>");
        return Html.page(200, "3-D Secure", page.toString());
    }

    private static @Nullable Result decision(HttpRequest request) {
        var asked = field(request, "decision");
        return switch (asked != null ? asked : String.valueOf(request.queryParameter("auto"))) {
            case "pass" -> Result.PASSED;
            case "fail" -> Result.FAILED;
            case "error" -> Result.TECHNICAL_ERROR;
            default -> null;
        };
    }

    private static String message(String type, String acsId, @Nullable Result result) {
        var json = Json.object().put("messageType", type).put("messageVersion", "2.1.0").put("acsTransID", acsId);
        if (result != null) {
            json.put("transStatus", result.letter);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    private static @Nullable String member(String message, String name) {
        try {
            var json = Json.parse(new String(Base64.getUrlDecoder().decode(message), StandardCharsets.UTF_8));
            return json.path(name).asString(null);
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    private static @Nullable String field(HttpRequest request, String name) {
        var value = Forms.first(request.form(), name);
        return value != null ? value : request.queryParameter(name);
    }

    private static HttpResponse message(int status, String title, String text) {
        return Html.page(status, title, "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>");
    }
}
