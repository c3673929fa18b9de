package dev.bezant.server.openapi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The names of an operation's parameters at every level, as the document has them: {@code card[number]}, {@code items[][price]}.
 *
 * @param read with their schemas
 * @param ignored taken without effect
 * @param refused known, and refused unless empty
 */
record DescribedParams(Map<String, JsonNode> read, Set<String> ignored, Set<String> refused) {
    static DescribedParams of(JsonNode operation, JsonNode document) {
        var read = new TreeMap<String, JsonNode>();
        operation.path("parameters").valueStream().filter(parameter -> parameter.path("in").asString("").equals("query"))
                .forEach(parameter -> add(read, parameter.path("name").asString(), parameter.path("schema"), document));
        JsonNode body = operation.path("requestBody").path("content").valueStream().findFirst().map(media -> media.path("schema")).orElse(null);
        if (body != null) {
            members(read, "", body, document);
        }
        return new DescribedParams(read, names(operation.path("x-ignored")), new TreeSet<>(operation.path("x-refused").propertyNames()));
    }

    boolean has(String name) {
        return read.containsKey(name) || ignored.contains(name) || refused.contains(name);
    }

    private static void add(Map<String, JsonNode> all, String name, JsonNode written, JsonNode document) {
        JsonNode schema = resolved(written, document);
        all.put(name, schema);
        inside(all, name, schema, document);
    }

    private static void inside(Map<String, JsonNode> all, String name, JsonNode written, JsonNode document) {
        JsonNode schema = resolved(written, document);
        members(all, name, schema, document);
        schema.path("anyOf").forEach(one -> inside(all, name, one, document));
        if (schema.has("items")) {
            inside(all, name + "[]", schema.path("items"), document);
        }
    }

    private static void members(Map<String, JsonNode> all, String path, JsonNode schema, JsonNode document) {
        schema.path("properties").properties().forEach(member ->
                add(all, path.isEmpty() ? member.getKey() : path + "[" + member.getKey() + "]", member.getValue(), document));
    }

    static JsonNode resolved(JsonNode schema, JsonNode document) {
        return schema.has("$ref") ? document.at(schema.path("$ref").stringValue().substring(1)) : schema;
    }

    private static Set<String> names(JsonNode array) {
        var names = new TreeSet<String>();
        array.forEach(name -> names.add(name.stringValue()));
        return names;
    }
}
