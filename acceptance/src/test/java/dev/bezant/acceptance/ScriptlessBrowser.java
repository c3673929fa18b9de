package dev.bezant.acceptance;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A payer's browser without scripts, as far as a 3-D Secure challenge needs one: opens a page, presses its button. */
final class ScriptlessBrowser {
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final Merchant browser;

    /** @param browser what remembers the pages */
    ScriptlessBrowser(Merchant browser) {
        this.browser = browser;
    }

    /**
     * Goes through the challenge of a payment.
     *
     * @param decision what to press on the issuer's page: pass, fail or error
     * @return the last answer: the redirect to the shop
     */
    Merchant.Answer challenge(String url, String decision) {
        URI ours = URI.create(url);
        Merchant.Answer page = browser.send(HttpRequest.newBuilder(ours));
        URI issuer = action(ours, page);
        Merchant.Answer question = submit(issuer, fields(page));
        Map<String, String> answer = fields(question);
        answer.put("decision", decision);
        Merchant.Answer wayBack = submit(action(issuer, question), answer);
        return submit(action(issuer, wayBack), fields(wayBack));
    }

    private Merchant.Answer submit(URI action, Map<String, String> fields) {
        String form = fields.entrySet().stream().map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue())).collect(Collectors.joining("&"));
        return browser.send(HttpRequest.newBuilder(action).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)));
    }

    private static URI action(URI page, Merchant.Answer answer) {
        var matcher = ACTION.matcher(answer.body());
        if (!matcher.find()) {
            throw new AssertionError("No form on " + page + ": " + answer.status() + " " + answer.body());
        }
        return page.resolve(unescaped(matcher.group(1)));
    }

    private static Map<String, String> fields(Merchant.Answer answer) {
        var fields = new LinkedHashMap<String, String>();
        HIDDEN.matcher(answer.body()).results().forEach(it -> fields.put(unescaped(it.group(1)), unescaped(it.group(2))));
        return fields;
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
