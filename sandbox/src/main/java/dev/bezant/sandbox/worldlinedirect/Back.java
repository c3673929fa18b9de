package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import java.util.Map;

/** The payer's way back to the shop (section 11). */
final class Back {
    private Back() {}

    /** The shop's address with more parameters behind its own. */
    static String url(String returnUrl, Map<String, String> parameters) {
        int hash = returnUrl.indexOf('#');
        var address = hash < 0 ? returnUrl : returnUrl.substring(0, hash);
        var fragment = hash < 0 ? "" : returnUrl.substring(hash);
        var separator = address.indexOf('?') < 0 ? "?" : address.endsWith("?") || address.endsWith("&") ? "" : "&";
        return address + separator + Forms.encode(parameters) + fragment;
    }

    static HttpResponse message(int status, String title, String text) {
        return Html.page(status, title, "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>");
    }
}
