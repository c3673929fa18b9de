package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Where a payer signs a mandate. */
final class MandatePages {
    static final String PATH = "/mandate/";

    private final Store store;

    MandatePages(Store store) {
        this.store = store;
    }

    HttpResponse show(HttpRequest request) {
        var mandate = mandate(request);
        if (mandate == null) {
            return Back.message(404, "Not found", "There is no such mandate.");
        }
        var iban = mandate.request().path("customer").path("bankAccountIban").path("iban").asString("");
        return Html.page(200, "Mandate", "<h1>SEPA mandate " + Html.escape(mandate.reference()) + "</h1><p>The shop may collect from the account "
                + "ending " + Html.escape(iban.substring(Math.max(0, iban.length() - 4))) + ".</p><form method=\"post\" action=\""
                + Html.escape(request.path()) + "\"><button>Sign</button></form>");
    }

    HttpResponse sign(HttpRequest request) {
        synchronized (store.lock()) {
            var mandate = mandate(request);
            if (mandate == null) {
                return Back.message(404, "Not found", "There is no such mandate.");
            }
            var work = new Work();
            work.save(mandate.asSigned());
            store.commit(work);
            var returnUrl = mandate.request().path("returnUrl").asString("");
            if (returnUrl.isEmpty()) {
                return Back.message(200, "Signed", "You can close this window.");
            }
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("RETURNMAC", mandate.returnMac());
            parameters.put("uniqueMandateReference", mandate.reference());
            return HttpResponse.redirect(Back.url(returnUrl, parameters));
        }
    }

    private @Nullable Mandate mandate(HttpRequest request) {
        var found = store.mandates().ofPage(Api.segment(request, 2));
        return found == null ? null : store.mandates().get(found.key());
    }
}
