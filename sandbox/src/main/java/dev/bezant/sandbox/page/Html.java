package dev.bezant.sandbox.page;

import dev.bezant.sandbox.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The pages' common parts. They work without scripts; the only script submits a form by itself. */
public final class Html {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String STYLE = """
            :root{color-scheme:light dark}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:1rem;
            font:16px/1.5 system-ui,sans-serif;background:#eef1f6;color:#1b2330}
            main{width:100%;max-width:26rem;background:#fff;border-radius:14px;padding:1.75rem;box-shadow:0 8px 30px rgba(20,30,60,.12)}
            h1{font-size:1.25rem;margin:0 0 .25rem}
            p{margin:.4rem 0;color:#4b566b}
            .tag{display:inline-block;font-size:.75rem;letter-spacing:.04em;background:#fff3d6;color:#7a5200;border-radius:99px;padding:.1rem .6rem;
            margin-bottom:.75rem}
            .amount{font-size:1.9rem;font-weight:650;margin:.5rem 0 1rem;color:#1b2330}
            .error{background:#fde8e8;color:#8c1c1c;border-radius:8px;padding:.6rem .8rem}
            label{display:block;font-size:.85rem;margin:.7rem 0 .2rem;color:#4b566b}
            input{width:100%;padding:.6rem .7rem;border:1px solid #c5ccd8;border-radius:8px;font:inherit;background:#fff;color:#1b2330}
            input:focus,button:focus-visible,a:focus-visible{outline:3px solid #7aa7ff;outline-offset:1px}
            .row{display:flex;gap:.75rem}.row>div{flex:1}
            button,.button{display:block;width:100%;margin-top:.8rem;padding:.7rem;border:0;border-radius:8px;font:inherit;font-weight:600;
            cursor:pointer;background:#2457d6;color:#fff;text-align:center;text-decoration:none}
            button.plain,.button.plain{background:#e6eaf2;color:#1b2330}
            button.danger{background:#b42323}
            button[disabled]{opacity:.55;cursor:progress}
            h2{font-size:1rem;margin:1.4rem 0 .3rem}
            select{width:100%;padding:.6rem .7rem;border:1px solid #c5ccd8;border-radius:8px;font:inherit;background:#fff;color:#1b2330}
            .check{display:flex;gap:.5rem;align-items:center;margin:.9rem 0 .2rem}.check input{width:auto}.check label{margin:0}
            .methods{display:grid;grid-template-columns:1fr 1fr;gap:.6rem}.methods button{margin:0}
            .done{font-size:2.4rem;line-height:1;margin:.2rem 0 .6rem;color:#1d7a46}.done.bad{color:#b42323}
            body.frame{display:block;min-height:0;padding:2px;background:transparent}
            body.frame .field-error{color:#b42323;font-size:.8rem;min-height:1rem}
            [hidden]{display:none!important}
            @media (prefers-color-scheme:dark){body{background:#12161f;color:#e8ecf4}main{background:#1c2230;box-shadow:none}
            p,label{color:#aab4c8}.amount,h1,h2{color:#f2f5fb}input,select{background:#12161f;color:#e8ecf4;border-color:#3a445a}
            button.plain,.button.plain{background:#2c3548;color:#e8ecf4}}
            """;

    private Html() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    public static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">";
    }

    /**
     * A whole page.
     *
     * @param content trusted HTML
     */
    public static HttpResponse page(int status, String title, String content) {
        return page(status, title, content, "");
    }

    /** A form that submits itself; without scripts the payer presses the button. */
    public static HttpResponse submitting(String title, String action, Map<String, String> fields, String button) {
        var form = new StringBuilder("<h1>").append(escape(title)).append("</h1><p>One moment, you are being sent on.</p>")
                .append("<form id=\"on\" method=\"post\" action=\"").append(escape(action)).append("\">");
        fields.forEach((name, value) -> form.append(hidden(name, value)));
        form.append("<button type=\"submit\">").append(escape(button)).append("</button></form>");
        return page(200, title, form.toString(), "document.getElementById('on').submit()");
    }

    /**
     * A whole page with a script, which may call back to where the page is from.
     *
     * @param content trusted HTML
     * @param script trusted; empty for none
     */
    public static HttpResponse page(int status, String title, String content, String script) {
        return page(status, title, "<main><span class=\"tag\">Sandbox, no real money</span>" + content + "</main>", script, "");
    }

    /**
     * A page for a frame within a shop's page: no card around it, nothing beside it.
     *
     * @param content trusted HTML
     * @param script trusted
     */
    public static HttpResponse frame(String title, String content, String script) {
        return page(200, title, content, script, " class=\"frame\"");
    }

    private static HttpResponse page(int status, String title, String body, String script, String bodyAttributes) {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        var page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + "content=\"width=device-width,initial-scale=1\"><title>" + escape(title) + "</title><style nonce=\"" + nonce + "\">"
                + STYLE + "</style></head><body" + bodyAttributes + ">" + body
                + (script.isEmpty() ? "" : "<script nonce=\"" + nonce + "\">" + script + "</script>") + "</body></html>";
        // form-action names no hosts: browsers apply it to redirects after the form too, and where a shop redirects to is its own affair.
        return HttpResponse.html(status, page)
                .with("Content-Security-Policy", "default-src 'none'; style-src 'nonce-" + nonce + "'; script-src 'nonce-" + nonce
                        + "'; connect-src 'self'; form-action 'self' http: https:; base-uri 'none'")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
    }
}
