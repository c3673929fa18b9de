package dev.bezant.server;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Goes through a challenge as a payer's browser does, by the forms it is given. */
final class PayersBrowser {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"");

    private final PaymentWorld world;

    PayersBrowser(PaymentWorld world) {
        this.world = world;
    }

    /** A form on a page. */
    record Form(String action, Map<String, String> fields) {
        Form with(String name, String value) {
            var more = new LinkedHashMap<>(fields);
            more.put(name, value);
            return new Form(action, more);
        }
    }

    /** The bank's form, as our page for the intent has it. */
    Form open(PaymentWorld.Answer intent) {
        return form(world.browse("GET", String.valueOf(intent.text("/next_action/redirect_to_url/url")), null));
    }

    /** What the bank sends back after a decision: {@code pass}, {@code fail} or {@code error}. */
    Form decide(Form bank, String decision) {
        return form(post(bank.with("decision", decision)));
    }

    HttpResponse<String> post(Form form) {
        String body = form.fields().entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return world.browse("POST", form.action(), body);
    }

    /** The whole way: there, deciding, and back. */
    HttpResponse<String> complete(PaymentWorld.Answer intent, String decision) {
        return post(decide(open(intent), decision));
    }

    static Form form(HttpResponse<String> page) {
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new AssertionError("No form in " + page.statusCode() + " " + page.body());
        }
        var fields = new LinkedHashMap<String, String>();
        Matcher input = INPUT.matcher(page.body());
        while (input.find()) {
            fields.put(unescaped(input.group(1)), unescaped(input.group(2)));
        }
        return new Form(unescaped(action.group(1)), fields);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
