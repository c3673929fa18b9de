package dev.bezant.server;

import java.net.URI;
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
        Form back = form(post(bank.with("decision", decision)));
        return new Form(URI.create(bank.action()).resolve(back.action()).toString(), back.fields());
    }

    HttpResponse<String> post(Form form) {
        String body = form.fields().entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return world.browse("POST", form.action(), body);
    }

    /** The whole way: there, deciding, and back, be it by forms or by links. */
    HttpResponse<String> complete(PaymentWorld.Answer intent, String decision) {
        HttpResponse<String> page = world.browse("GET", String.valueOf(intent.text("/next_action/redirect_to_url/url")), null);
        return page.statusCode() == 303
                ? world.browse("GET", wayBack(page, decision), null)
                : ledBack(post(decide(form(page), decision)));
    }

    /** Some providers take the bank's answer themselves, and lead the browser to us then. */
    private HttpResponse<String> ledBack(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").filter(location -> location.startsWith(world.url() + "/pay/return/"))
                .map(location -> world.browse("GET", location, null))
                .orElse(answer);
    }

    /** Where our page for an intent leads to, by a link. */
    String bank(PaymentWorld.Answer intent) {
        return world.browse("GET", String.valueOf(intent.text("/next_action/redirect_to_url/url")), null).headers().firstValue("Location").orElseThrow();
    }

    /** Decides at the bank, and closes the browser. */
    void decide(String bank, String decision) {
        HttpResponse<String> decided = world.browse("GET", bank + (bank.contains("?") ? "&" : "?") + "auto=" + decision, null);
        if (decided.statusCode() >= 400) {
            throw new AssertionError(decided.statusCode() + " " + decided.body());
        }
    }

    void decideAndLeave(PaymentWorld.Answer intent, String decision) {
        HttpResponse<String> page = world.browse("GET", String.valueOf(intent.text("/next_action/redirect_to_url/url")), null);
        if (page.statusCode() == 303) {
            decide(page.headers().firstValue("Location").orElseThrow(), decision);
        } else {
            post(decide(form(page), decision));
        }
    }

    /** Goes to a method's own site and presses a button there; gives what that answers, the way back to us. */
    HttpResponse<String> press(PaymentWorld.Answer intent, String label) {
        return pressOn(bank(intent), label);
    }

    HttpResponse<String> pressOn(String site, String label) {
        HttpResponse<String> page = world.browse("GET", site, null);
        String from = site;
        for (int shown = 0; shown < 10; shown++) {
            HttpResponse<String> next = post(button(page, from, label));
            if (next.headers().firstValue("Location").isPresent()) {
                return next;
            }
            // The site lets a payer who was declined try again.
            page = next;
            from = String.valueOf(next.uri());
        }
        throw new AssertionError("The site never lets the payer go: " + page.body());
    }

    /** Follows the site's way back to us, and gives where we send the browser. */
    HttpResponse<String> comeBack(HttpResponse<String> back) {
        return world.browse("GET", back.headers().firstValue("Location").orElseThrow(), null);
    }

    /** The form of the button of that label, with the button's own value. */
    private static Form button(HttpResponse<String> page, String from, String label) {
        Matcher button = Pattern.compile("<button[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"[^>]*>" + Pattern.quote(label) + "</button>").matcher(page.body());
        if (!button.find()) {
            throw new AssertionError("No button " + label + " in " + page.statusCode() + " " + page.body());
        }
        int begin = page.body().lastIndexOf("<form", button.start());
        Form form = form(page.body().substring(begin, button.start()));
        return new Form(URI.create(from).resolve(form.action()).toString(), form.fields()).with(button.group(1), button.group(2));
    }

    /** Comes back from one intent's challenge with what another's brought. */
    HttpResponse<String> comeBackWithAnothers(PaymentWorld.Answer mine, PaymentWorld.Answer other, String decision) {
        HttpResponse<String> page = world.browse("GET", String.valueOf(mine.text("/next_action/redirect_to_url/url")), null);
        HttpResponse<String> others = world.browse("GET", String.valueOf(other.text("/next_action/redirect_to_url/url")), null);
        if (page.statusCode() == 303) {
            String back = wayBack(others, decision);
            String here = String.valueOf(mine.text("/next_action/redirect_to_url/url")).replace("/pay/authenticate/", "/pay/return/");
            return world.browse("GET", here + back.substring(back.indexOf('?')), null);
        }
        return post(new Form(decide(form(page), decision).action(), decide(form(others), decision).fields()));
    }

    /** Where the bank sends the browser that came by a link. */
    private String wayBack(HttpResponse<String> page, String decision) {
        String bank = page.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> decided = world.browse("GET", bank + (bank.contains("?") ? "&" : "?") + "auto=" + decision, null);
        return decided.headers().firstValue("Location").orElseThrow(() -> new AssertionError(decided.statusCode() + " " + decided.body()));
    }

    static Form form(HttpResponse<String> page) {
        return form(page.body());
    }

    private static Form form(String html) {
        Matcher action = ACTION.matcher(html);
        if (!action.find()) {
            throw new AssertionError("No form in " + html);
        }
        var fields = new LinkedHashMap<String, String>();
        Matcher input = INPUT.matcher(html);
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
