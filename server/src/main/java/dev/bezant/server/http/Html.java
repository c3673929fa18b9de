package dev.bezant.server.http;

import dev.bezant.server.http.PageRoute.PageResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The few plain pages that need no template: a message, and a form that sends the browser on. */
public final class Html {
    private static final String SUBMIT = "document.forms[0].submit()";

    /** The scripts our pages may run, for their content security policy. */
    static final String SCRIPT_HASHES = "'sha256-" + sha256(SUBMIT) + "'";

    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;background:#f6f7f9;color:#1d2733;margin:0;display:grid;place-items:center;min-height:100vh}
            main{background:#fff;border:1px solid #e2e6ea;border-radius:12px;padding:2rem;margin:1rem;max-width:26rem;text-align:center}
            h1,p{text-wrap:balance}h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:0;color:#51606f}form{margin:1.25rem 0 0}
            button{font:inherit;font-weight:600;background:#0b5cad;color:#fff;border:0;border-radius:8px;padding:.7rem 1.6rem;cursor:pointer}
            """;

    private Html() {}

    /** Text made safe between tags and in double-quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    public static PageResponse message(int status, String title, String text) {
        return PageResponse.html(status, page(title, "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>"));
    }

    /** A page that posts fields to an address by itself, or by a button where scripts are off. */
    public static PageResponse postTo(String url, Map<String, String> fields, String title, String text, String button) {
        var form = new StringBuilder();
        form.append("<h1>").append(escape(title)).append("</h1><p>").append(escape(text)).append("</p><form method=\"post\" action=\"")
                .append(escape(url)).append("\">");
        fields.forEach((name, value) -> form.append("<input type=\"hidden\" name=\"").append(escape(name)).append("\" value=\"")
                .append(escape(value)).append("\">"));
        form.append("<button>").append(escape(button)).append("</button></form><script>").append(SUBMIT).append("</script>");
        return PageResponse.html(200, page(title, form.toString())).mayPostTo(origin(url));
    }

    private static String page(String title, String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>"
                + escape(title) + "</title><style>" + STYLE + "</style></head><body><main>" + body + "</main></body></html>";
    }

    private static String origin(String url) {
        var uri = java.net.URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
