package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.cardinity.ChallengeMessages.Result;
import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.provider.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's pages (section 3). The payer, or a test with {@code decision=pass|fail|error} in the form or {@code auto=} in the query,
 * chooses how the challenge ends; the answer is a form that the browser posts to the merchant. The payment changes only when the merchant
 * completes it.
 */
final class AcsPages {
    static final String V2_PATH = "/acs/v2";
    static final String V1_PATH = "/acs/v1";

    private final Store store;

    AcsPages(Store store) {
        this.store = store;
    }

    /** The page, or null if the operation is none of the issuer's. */
    @Nullable HttpResponse answer(@Nullable Operation operation, HttpRequest request) {
        if (operation == null) {
            return null;
        }
        return switch (operation.id()) {
            case "challengeV2" -> v2(request);
            case "challengeV1" -> v1(request);
            default -> null;
        };
    }

    private HttpResponse v2(HttpRequest request) {
        var creq = field(request, "creq");
        var session = field(request, "threeDSSessionData");
        var payment = creq == null ? null : ChallengeMessages.acsTransId(creq).map(store::paymentOfChallenge).orElse(null);
        if (creq == null || payment == null || payment.terms().threeDs() == null) {
            return Html.page(400, "Unknown challenge", "<h1>Unknown challenge</h1><p>The field creq is missing, or no payment here "
                    + "waits for it.</p>");
        }
        var notificationUrl = payment.terms().threeDs().notificationUrl();
        if (notificationUrl == null) {
            return Html.page(400, "No way back", "<h1>No way back</h1><p>The payment was made without a notification_url.</p>");
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("creq", creq);
        if (session != null) {
            fields.put("threeDSSessionData", session);
        }
        var decision = decision(request);
        if (decision == null) {
            return choice(payment, V2_PATH, fields);
        }
        var back = new LinkedHashMap<String, String>();
        back.put("cres", ChallengeMessages.cres(payment.terms().threeDs(), decision));
        if (session != null) {
            back.put("threeDSSessionData", session);
        }
        return Html.submitting("Back to the shop", notificationUrl, back, "Continue");
    }

    private HttpResponse v1(HttpRequest request) {
        var paReq = field(request, "PaReq");
        var termUrl = field(request, "TermUrl");
        var md = field(request, "MD");
        if (paReq == null || termUrl == null || !ThreeDsRequest.isWebUrl(termUrl)) {
            return Html.page(400, "Unknown challenge", "<h1>Unknown challenge</h1><p>PaReq and TermUrl (http or https) are required.</p>");
        }
        boolean word = Triggers.isV1Word(paReq);
        var payment = ChallengeMessages.acsTransId(paReq).map(store::paymentOfChallenge).orElse(null);
        if (!word && payment == null) {
            return Html.page(400, "Unknown challenge", "<h1>Unknown challenge</h1><p>No payment here waits for this PaReq.</p>");
        }
        var fields = new LinkedHashMap<>(Map.of("PaReq", paReq, "TermUrl", termUrl));
        if (md != null) {
            fields.put("MD", md);
        }
        var decision = decision(request);
        if (decision == null) {
            return choice(payment, V1_PATH, fields);
        }
        var back = new LinkedHashMap<String, String>();
        back.put("PaRes", word
                ? decision == Result.PASSED ? Triggers.V1_PASS : Triggers.V1_FAIL
                : ChallengeMessages.paRes(ChallengeMessages.acsTransId(paReq).orElse(""), decision));
        if (md != null) {
            back.put("MD", md);
        }
        return Html.submitting("Back to the shop", termUrl, back, "Continue");
    }

    private static HttpResponse choice(@Nullable Payment payment, String path, Map<String, String> fields) {
        var page = new StringBuilder("<h1>Your bank asks: is it you?</h1>");
        if (payment != null) {
            page.append("<p>Card ending ").append(Html.escape(payment.terms().card().last4())).append("</p><div class=\"amount\">")
                    .append(Html.escape(Amounts.text(payment.terms().cents()) + " " + payment.terms().currency())).append("</div>");
        }
        page.append("<form method=\"post\" action=\"").append(path).append("\">");
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

    private static @Nullable String field(HttpRequest request, String name) {
        var value = Forms.first(request.form(), name);
        return value != null ? value : request.queryParameter(name);
    }
}
