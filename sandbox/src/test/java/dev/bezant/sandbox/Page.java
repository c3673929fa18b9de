package dev.bezant.sandbox;

import dev.bezant.sandbox.http.Forms;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** An HTML page with one form, as a browser without scripts sees it. */
public record Page(int status, String html, Exchange exchange) {
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    public static Page get(String url) {
        return of(Exchange.send("GET", URI.create(url), null, Map.of("Accept", "text/html")));
    }

    public static Page post(String url, Map<String, String> fields) {
        return of(Exchange.send("POST", URI.create(url), Forms.encode(fields),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")));
    }

    private static Page of(Exchange exchange) {
        return new Page(exchange.status(), exchange.body(), exchange);
    }

    public String action() {
        var matcher = ACTION.matcher(html);
        return matcher.find() ? unescape(matcher.group(1)) : "";
    }

    public Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        HIDDEN.matcher(html).results().forEach(found -> fields.put(unescape(found.group(1)), unescape(found.group(2))));
        return fields;
    }

    public String field(String name) {
        return fields().getOrDefault(name, "");
    }

    public String header(String name) {
        return exchange.headers().firstValue(name).orElse("");
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }
}
