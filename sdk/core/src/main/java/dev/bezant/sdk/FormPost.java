package dev.bezant.sdk;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form that the payer's browser must post somewhere: a 3-D Secure challenge, a hosted payment page.
 *
 * @param action where it goes; http or https only, so that no provider's answer can put a script there
 * @param fields in the order in which they are written; values exactly as the receiver must get them
 */
public record FormPost(URI action, Map<String, String> fields) {
    public FormPost {
        String scheme = action.getScheme();
        if (action.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("a form may only be posted to an http or https address");
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The source for the {@code form-action} directive of the page's Content-Security-Policy. */
    public String origin() {
        String port = action.getPort() < 0 ? "" : ":" + action.getPort();
        return action.getScheme() + "://" + action.getHost() + port;
    }

    /** A policy for the page made by {@link #html}: nothing but this one script and this one form target. */
    public String contentSecurityPolicy(String scriptNonce) {
        return "default-src 'none'; base-uri 'none'; script-src 'nonce-" + scriptNonce + "'; form-action " + origin();
    }

    /**
     * A whole page that submits itself, with a button for browsers without scripts.
     *
     * @param scriptNonce of the Content-Security-Policy header that the page is served with: letters, digits, {@code + / = - _}
     * @param buttonLabel plain text, escaped here
     */
    public String html(String scriptNonce, String buttonLabel) {
        if (!scriptNonce.matches("[A-Za-z0-9+/=_-]+")) {
            throw new IllegalArgumentException("a nonce consists of letters, digits, + / = - _");
        }
        var page = new StringBuilder("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>")
                .append(escape(buttonLabel))
                .append("</title></head><body>\n<form id=\"post\" method=\"post\" action=\"")
                .append(escape(action.toString()))
                .append("\">\n");
        fields.forEach((name, value) -> page.append("<input type=\"hidden\" name=\"")
                .append(escape(name))
                .append("\" value=\"")
                .append(escape(value))
                .append("\">\n"));
        return page.append("<noscript><button type=\"submit\">")
                .append(escape(buttonLabel))
                .append("</button></noscript>\n</form>\n<script nonce=\"")
                .append(scriptNonce)
                .append("\">document.getElementById('post').submit()</script>\n</body></html>\n")
                .toString();
    }

    /** Field values can be credentials of a challenge: names only. */
    @Override
    public String toString() {
        return "FormPost[" + origin() + ", " + fields.keySet() + "]";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;")
                .replace("\r", "&#13;").replace("\n", "&#10;");
    }
}
