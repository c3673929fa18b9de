package dev.bezant.server.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document as tests read it: what it leaves open for clients of tomorrow is closed. A member that is not described is a mistake, and
 * so is a value that is not among the known ones. What is marked as absent for some callers is not required of their answers.
 */
final class StrictDocument {
    private static final String ADDRESS = "https://bezant.test/openapi";

    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    /**
     * @param stripe whether the answers are in the Stripe dialect
     * @param publishable whether they are for a publishable key
     */
    StrictDocument(ObjectNode document, boolean stripe, boolean publishable) {
        ObjectNode strict = document.deepCopy();
        strict.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        strict.put("$id", ADDRESS);
        close(strict, document, stripe, publishable);
        String text = Json.write(strict);
        registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, text)));
    }

    /**
     * Checks an instance.
     *
     * @param pointer where its schema is in the document, such as {@code /components/schemas/error_answer}
     * @return what is wrong with it, each with the place
     */
    List<String> check(String pointer, JsonNode instance) {
        return compiled.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(ADDRESS + "#" + at))).validate(instance).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static void close(JsonNode node, JsonNode document, boolean stripe, boolean publishable) {
        if (node instanceof ObjectNode schema) {
            boolean members = schema.path("properties").isObject() && schema.path("type").asString("").equals("object");
            if (members) {
                relax(schema, stripe, publishable);
                schema.put("unevaluatedProperties", false);
            }
            schema.properties().stream().filter(member -> !member.getKey().equals("examples") && !member.getKey().equals("example"))
                    .forEach(member -> close(member.getValue(), document, stripe, publishable));
            if (schema.has(Shorthand.KNOWN)) {
                schema.set("enum", schema.get(Shorthand.KNOWN));
            }
            if (schema.has("anyOf")) {
                byObjects(schema, document);
            }
            // Done with, and of no meaning to the validator, which says so each time.
            schema.remove(List.of(Shorthand.KNOWN, Shorthand.EXPANDS, Shorthand.NATIVE_ONLY, Shorthand.SECRET_KEY_ONLY));
        } else if (node instanceof ArrayNode array) {
            array.forEach(inner -> close(inner, document, stripe, publishable));
        }
    }

    private static void relax(ObjectNode schema, boolean stripe, boolean publishable) {
        ArrayNode required = Json.array();
        schema.path("required").forEach(name -> {
            JsonNode member = schema.path("properties").path(name.stringValue());
            boolean absent = (stripe && member.has(Shorthand.NATIVE_ONLY)) || (publishable && member.has(Shorthand.SECRET_KEY_ONLY));
            if (!absent) {
                required.add(name);
            }
        });
        schema.set("required", required);
    }

    /** Objects say what they are: so that a mistake in one is told as such, not as "it is none of these". */
    private static void byObjects(ObjectNode schema, JsonNode document) {
        ArrayNode rules = Json.array();
        for (JsonNode one : schema.path("anyOf")) {
            JsonNode named = document.at(one.path("$ref").asString("").replace("#", ""));
            if (named.at("/properties/object/const").isMissingNode()) {
                continue;
            }
            ObjectNode rule = rules.addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject("properties").putObject("object").set("const", named.at("/properties/object/const"));
            condition.putArray("required").add("object");
            condition.put("type", "object");
            if (named.path("properties").has("deleted")) {
                ((ArrayNode) condition.get("required")).add("deleted");
            } else {
                condition.putObject("not").putArray("required").add("deleted");
            }
            rule.putObject("then").set("$ref", one.get("$ref"));
        }
        if (!rules.isEmpty()) {
            ArrayNode kinds = Json.array();
            for (JsonNode one : schema.path("anyOf")) {
                JsonNode object = document.at(one.path("$ref").asString("").replace("#", "")).at("/properties/object/const");
                if (object.isMissingNode()) {
                    kinds.add(one);
                } else {
                    ObjectNode kind = kinds.addObject().put("type", "object");
                    kind.putArray("required").add("object");
                    kind.putObject("properties").putObject("object").set("const", object);
                }
            }
            schema.set("anyOf", kinds);
            schema.set("allOf", rules);
        }
    }
}
