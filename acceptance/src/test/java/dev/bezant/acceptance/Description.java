package dev.bezant.acceptance;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server says of its API at {@code /openapi.json}, to hold its answers to secret keys against. What the document leaves open for
 * clients of tomorrow is closed here: a member or a value that is not described is a mistake.
 */
final class Description {
    private static final String ADDRESS = "https://bezant.test/openapi";
    private static final String ERROR = "/components/schemas/error_answer";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    Description(String json) {
        document = Merchant.JSON.readTree(json);
        ObjectNode strict = (ObjectNode) document.deepCopy();
        strict.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        strict.put("$id", ADDRESS);
        close(strict);
        String text = Merchant.JSON.writeValueAsString(strict);
        registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, text)));
    }

    /** @throws AssertionError if the API's answer is not as described */
    void check(String method, URI uri, int status, String body) {
        if (!uri.getRawPath().startsWith("/v1/")) {
            return;
        }
        String pointer = pattern(method, uri.getRawPath()).map(pattern -> schema(pattern, method, status)).orElse(ERROR);
        List<String> wrong = compiled.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(ADDRESS + "#" + at)))
                .validate(Merchant.JSON.readTree(body)).stream().map(error -> error.getInstanceLocation() + ": " + error.getMessage()).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(method + " " + uri + " answered " + status + ", not as described: " + wrong + "\n" + body);
        }
    }

    private String schema(String pattern, String method, int status) {
        JsonNode response = document.path("paths").path(pattern).path(method.toLowerCase(Locale.ROOT)).path("responses").path(String.valueOf(status));
        if (response.isMissingNode()) {
            throw new AssertionError(method + " " + pattern + " is not described to answer " + status);
        }
        return response.has("$ref") ? ERROR : "/paths/" + pattern.replace("/", "~1").replace("{", "%7B").replace("}", "%7D") + "/" + method.toLowerCase(Locale.ROOT)
                + "/responses/" + status + "/content/application~1json/schema";
    }

    /** The path with placeholders that serves another, the one with the fewest of them. */
    private Optional<String> pattern(String method, String path) {
        return document.path("paths").properties().stream()
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)) && matches(entry.getKey(), path))
                .map(Map.Entry::getKey)
                .min(Comparator.comparingLong(pattern -> pattern.chars().filter(c -> c == '{').count()));
    }

    private static boolean matches(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] there = path.replaceAll("/$", "").split("/", -1);
        return wanted.length == there.length
                && IntStream.range(0, wanted.length).allMatch(i -> wanted[i].startsWith("{") || wanted[i].equals(there[i]));
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            if (schema.path("properties").isObject() && schema.path("type").asString("").equals("object")) {
                schema.put("unevaluatedProperties", false);
            }
            if (schema.has("x-extensible-enum")) {
                schema.set("enum", schema.get("x-extensible-enum"));
            }
            schema.remove(List.of("x-extensible-enum", "x-expands", "x-native-only", "x-secret-key-only"));
        }
        node.forEach(Description::close);
    }
}
