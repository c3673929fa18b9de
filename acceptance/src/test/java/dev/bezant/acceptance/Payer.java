package dev.bezant.acceptance;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A payer's browser on its way through a challenge: follows the forms of the pages, keeps nothing else. */
final class Payer {
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");
    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private Payer() {}

    /** What leads the browser on. */
    sealed interface Way {
        Http.Answer go() throws IOException;
    }

    /** A form that a page asks the browser to post. */
    record Form(String action, Map<String, String> fields) implements Way {
        @Override
        public Http.Answer go() throws IOException {
            Http.Answer answer = Http.post(action, fields, null, null);
            // Some providers take the bank's answer themselves, and lead the browser to us then.
            return answer.location().contains("/pay/return/") ? Http.get(answer.location(), null) : answer;
        }
    }

    /** An address that the browser is sent to. */
    record Link(String address) implements Way {
        @Override
        public Http.Answer go() throws IOException {
            return Http.get(address, null);
        }
    }

    /** Passes the challenge of an intent that requires action. */
    static void complete(JsonNode intent) throws IOException {
        wayBack(intent).go();
    }

    /** Passes the challenge at the bank, up to the form or the link that leads back to us. */
    static Way wayBack(JsonNode intent) throws IOException {
        Http.Answer page = Http.get(intent.at("/next_action/redirect_to_url/url").asString(""), null);
        if (page.status() == 303) {
            String bank = page.location();
            Http.Answer decided = Http.get(bank + (bank.contains("?") ? "&" : "?") + "auto=pass", null);
            if (decided.location().isEmpty()) {
                // A page that wants a button pressed.
                Form site = form(decided);
                site.fields().put("decision", "approve");
                decided = Http.post(URI.create(bank).resolve(site.action()).toString(), site.fields(), null, null);
            }
            if (decided.location().isEmpty()) {
                throw new AssertionError("The bank sends nobody back (" + decided.status() + "): " + decided.text());
            }
            return new Link(decided.location());
        }
        Form toBank = form(page);
        toBank.fields().put("decision", "pass");
        Form back = form(toBank.go());
        return new Form(URI.create(toBank.action()).resolve(back.action()).toString(), back.fields());
    }

    /** @throws IOException if the server has trouble just now: a payer who meets it may give up */
    private static Form form(Http.Answer page) throws IOException {
        if (page.status() == 503) {
            throw new IOException(page.text());
        }
        Matcher action = ACTION.matcher(page.text());
        if (!action.find()) {
            throw new AssertionError("No form on this page (" + page.status() + "): " + page.text());
        }
        var fields = new LinkedHashMap<String, String>();
        Matcher field = FIELD.matcher(page.text());
        while (field.find()) {
            fields.put(unescaped(field.group(1)), unescaped(field.group(2)));
        }
        return new Form(unescaped(action.group(1)), fields);
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
