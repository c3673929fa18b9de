package dev.bezant.server.openapi;

import dev.bezant.server.http.AskedParams;
import dev.bezant.server.http.AskedParams.How;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds every answer of a test's server against the document, and every parameter that its handlers take.
 *
 * <p>It hears of a request before its answer is sent, so whoever has the answer can ask {@link #check()} whether it was as described.
 */
public final class Conformance implements RequestJournal {
    private static final int SHOWN = 400;

    /** Many tests have servers of the same routes; making a document ready takes longer than they do. */
    private static final Map<List<String>, Described> SHARED = new ConcurrentHashMap<>();

    private final ObjectNode document;
    private final Map<String, StrictDocument> strict;
    private final Map<String, DescribedParams> described;
    private final Map<String, Map<String, How>> asked = new ConcurrentHashMap<>();
    private final List<String> mistakes = new CopyOnWriteArrayList<>();

    /** A document and what was made of it: ready to check with, and the names of parameters by endpoint. */
    private record Described(ObjectNode document, Map<String, StrictDocument> strict, Map<String, DescribedParams> params) {}

    public Conformance(List<Route> routes) {
        List<String> key = routes.stream().map(route -> route.endpoint() + " " + route.access() + " " + route.family() + " " + route.terms()).toList();
        Described shared = SHARED.computeIfAbsent(key, it ->
                new Described(new ApiDescription(routes).document(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
        document = shared.document();
        strict = shared.strict();
        described = shared.params();
    }

    /** What its handlers asked for so far, by endpoint and name. */
    Map<String, Map<String, How>> asked() {
        return asked;
    }

    ObjectNode document() {
        return document;
    }

    /** @throws AssertionError if something was not as described since the last call */
    public void check() {
        if (!mistakes.isEmpty()) {
            List<String> told = List.copyOf(mistakes);
            mistakes.removeAll(told);
            throw new AssertionError("Not as the API's description says (" + told.size() + "):\n" + String.join("\n", told.subList(0, Math.min(10, told.size()))));
        }
    }

    @Override
    public void seen(Seen seen) {
        try {
            String endpoint = seen.method() + " " + seen.route();
            JsonNode operation = document.path("paths").path(seen.route()).path(seen.method().toLowerCase(Locale.ROOT));
            if (seen.route().equals("unknown")) {
                // Under a path that is spoken to otherwise, its failures are, too.
                boolean ours = Json.read(seen.answer()).path("error").isObject();
                invalid(seen, "/components/schemas/" + (ours ? "error_answer" : "integration_error"));
            } else if (operation.isMissingNode()) {
                mistake(seen, "the operation " + endpoint + " is not described: add it to " + family(seen.route()) + ".json");
            } else {
                params(seen, endpoint, operation);
                answer(seen, operation);
            }
        } catch (RuntimeException e) {
            mistake(seen, "it could not be checked: " + e);
        }
    }

    private void params(Seen seen, String endpoint, JsonNode operation) {
        if (seen.params() == null) {
            return;
        }
        Map<String, How> now = AskedParams.of(seen.params());
        Map<String, How> all = asked.computeIfAbsent(endpoint, it -> new ConcurrentHashMap<>());
        now.forEach((name, how) -> all.merge(name, how, (one, other) -> one.compareTo(other) > 0 ? one : other));
        DescribedParams names = described.computeIfAbsent(endpoint, it -> DescribedParams.of(operation, document));
        now.forEach((name, how) -> {
            if (how != How.LOOKED_FOR && !names.has(name)) {
                mistake(seen, "the parameter " + name + " is " + (how == How.READ ? "read" : "ignored") + " and not described");
            }
        });
        if (seen.status() < 300) {
            SentValues.wrong(seen.params().sent(), names, document).forEach(wrong -> mistake(seen, wrong));
        }
    }

    private void answer(Seen seen, JsonNode operation) {
        String status = String.valueOf(seen.status());
        JsonNode response = operation.path("responses").path(status);
        if (response.isMissingNode()) {
            mistake(seen, "the status " + status + " is not described" + code(seen));
            return;
        }
        if (response.has("$ref")) {
            invalid(seen, "/components/schemas/error_answer");
            return;
        }
        if (!response.path("content").has("application/json")) {
            return;
        }
        invalid(seen, "/paths/" + seen.route().replace("/", "~1").replace("{", "%7B").replace("}", "%7D") + "/" + seen.method().toLowerCase(Locale.ROOT)
                + "/responses/" + status + "/content/application~1json/schema");
        String code = Json.read(seen.answer()).path("error_code").asString(error(seen).path("code").asString(""));
        if (!code.isEmpty() && response.path("x-error-codes").valueStream().noneMatch(known -> known.stringValue().equals(code))) {
            mistake(seen, "the code " + code + " is not described for status " + status + ": add it to \"errors\" of the operation");
        }
    }

    private void invalid(Seen seen, String pointer) {
        boolean stripe = seen.dialect().equals("stripe");
        boolean publishable = seen.caller() != null && seen.caller().publishable();
        var checked = strict.computeIfAbsent(stripe + " " + publishable, key -> new StrictDocument(document, stripe, publishable));
        List<String> wrong = checked.check(pointer, Json.read(seen.answer()));
        if (!wrong.isEmpty()) {
            mistake(seen, "the answer is not as described:\n    " + String.join("\n    ", wrong.subList(0, Math.min(8, wrong.size()))));
        }
    }

    private void mistake(Seen seen, String what) {
        String answer = seen.answer();
        mistakes.add("- " + seen.method() + " " + seen.path() + " (" + seen.dialect() + ") answered " + seen.status() + ": " + what + "\n    "
                + (answer.length() > SHOWN ? answer.substring(0, SHOWN) + "..." : answer));
    }

    private static String code(Seen seen) {
        String code = error(seen).path("code").asString("");
        return code.isEmpty() ? "" : "; its code is " + code;
    }

    private static JsonNode error(Seen seen) {
        try {
            return Json.read(seen.answer()).path("error");
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private static String family(String route) {
        return route.split("/", -1).length > 2 ? route.split("/", -1)[2] : route;
    }
}
