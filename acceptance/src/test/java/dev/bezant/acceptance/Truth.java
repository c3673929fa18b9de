package dev.bezant.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What the simulated providers really did: the sandbox's truth ledger and its log of requests. */
final class Truth {
    private Truth() {}

    /** @param parent the provider's id of the payment that this captures, voids or refunds; empty for a payment */
    record Movement(String kind, String id, String parent, String reference, long amount) {
        private static Movement of(JsonNode entry) {
            return new Movement(entry.path("kind").asString(), entry.path("provider_id").asString(), entry.path("parent_id").asString(""),
                    entry.path("reference").asString(""), entry.path("amount").asLong());
        }
    }

    /** All movements of money, oldest first. */
    static List<Movement> ledger(String sandboxUrl) {
        return pages(sandboxUrl + "/control/ledger").stream().map(Movement::of).toList();
    }

    /** The bodies of all requests that wanted to move money, those that failed included. */
    static List<String> sent(String sandboxUrl) {
        return pages(sandboxUrl + "/control/requests").stream()
                .filter(entry -> !entry.path("method").asString().equals("GET"))
                .map(entry -> entry.path("request").toString())
                .toList();
    }

    private static List<JsonNode> pages(String url) {
        var all = new ArrayList<JsonNode>();
        long after = 0;
        while (true) {
            JsonNode page = page(url + "?limit=1000&after=" + after);
            StreamSupport.stream(page.path("data").spliterator(), false).forEach(all::add);
            if (!page.path("has_more").asBoolean()) {
                return all;
            }
            after = all.getLast().path("seq").asLong();
        }
    }

    private static JsonNode page(String url) {
        try {
            Http.Answer answer = Http.get(url, null);
            if (answer.status() != 200) {
                throw new AssertionError(url + ": " + answer);
            }
            return answer.json();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
