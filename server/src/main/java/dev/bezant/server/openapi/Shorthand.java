package dev.bezant.server.openapi;

import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns what fragments say of a shape into JSON Schema as OpenAPI 3.1 has it. Everything of JSON Schema can be said as it is; shorter:
 *
 * <ul>
 *   <li>{@code "string"} for {@code {"type":"string"}}, {@code "string|null"} for two types, {@code "time"} for seconds since 1970
 *   <li>{@code members}: an answer's object; every member is always present unless its name ends with a question mark
 *   <li>{@code params}: a request's object; every one may be left out unless its name ends with an exclamation mark
 *   <li>{@code ref}: a schema by its name, {@code "address|null"}
 *   <li>{@code expands}: an id, or with {@code expand[]} the object, by its schema's name
 *   <li>{@code list}: the list envelope around a schema
 *   <li>{@code map}: an object of any names with values of one type
 *   <li>{@code known}: values of an answer that are known, to which others may be added; of a request {@code enum} says all
 *   <li>{@code only}: {@code "native"} for what the Stripe dialect does not have, {@code "secret_key"} for what a publishable key does not see
 * </ul>
 */
final class Shorthand {
    static final String SCHEMAS = "#/components/schemas/";
    /** On what the Stripe dialect does not have. */
    static final String NATIVE_ONLY = "x-native-only";
    /** On what a publishable key does not see. */
    static final String SECRET_KEY_ONLY = "x-secret-key-only";
    /** On what may be expanded, with the name of the schema. */
    static final String EXPANDS = "x-expands";
    /** Values that are known: clients must live with others. */
    static final String KNOWN = "x-extensible-enum";

    private static final List<String> NESTED = List.of("items", "additionalProperties");
    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf", "allOf");

    private Shorthand() {}

    static ObjectNode schema(JsonNode written) {
        if (written.isString()) {
            return typed(written.stringValue());
        }
        ObjectNode schema = Json.object();
        written.properties().forEach(keyword -> translate(keyword.getKey(), keyword.getValue(), schema));
        if (schema.has(KNOWN) && !schema.has("type")) {
            schema.put("type", "string");
        }
        return schema;
    }

    /** The names of a {@code params} or {@code members} map, without their marks. */
    static void names(JsonNode written, BiConsumer<String, JsonNode> each) {
        written.properties().forEach(it -> each.accept(bare(it.getKey()), it.getValue()));
    }

    /** The envelope of lists around a schema. */
    static ObjectNode list(String of) {
        return schema(Json.read("""
                {"members": {
                    "object": {"const": "list"},
                    "url": {"type": "string", "description": "The path of the list, without its query."},
                    "has_more": {"type": "boolean", "description": "Whether there is more in this direction."},
                    "data": {"type": "array", "items": {"ref": "%s"}}}}
                """.formatted(of)));
    }

    /** What is left of an object that was deleted. */
    static ObjectNode deleted(String of) {
        return schema(Json.read("{\"members\": {\"id\": \"string\", \"object\": {\"const\": \"" + of + "\"}, \"deleted\": {\"const\": true}}}"));
    }

    private static void translate(String keyword, JsonNode value, ObjectNode schema) {
        switch (keyword) {
            case "type" -> schema.setAll(value.isString() ? typed(value.stringValue()) : Json.object().set("type", value));
            case "members" -> object(value, schema, name -> !name.endsWith("?"));
            case "params" -> object(value, schema, name -> name.endsWith("!"));
            case "ref" -> reference(value.stringValue(), null, schema);
            case "expands" -> {
                reference(value.stringValue(), "string", schema);
                schema.put(EXPANDS, name(value.stringValue()));
            }
            case "list" -> schema.setAll(list(value.stringValue()));
            case "map" -> schema.put("type", "object").set("additionalProperties", schema(value));
            case "known" -> schema.set(KNOWN, value);
            case "only" -> (value.isArray() ? value : Json.array(List.of(value)))
                    .forEach(one -> schema.put(one.stringValue().equals("native") ? NATIVE_ONLY : SECRET_KEY_ONLY, true));
            case "example" -> schema.set("examples", Json.array(List.of(value)));
            default -> {
                if (NESTED.contains(keyword) && !value.isBoolean()) {
                    schema.set(keyword, schema(value));
                } else if (ALTERNATIVES.contains(keyword)) {
                    ArrayNode all = schema.putArray(keyword);
                    value.forEach(one -> all.add(schema(one)));
                } else {
                    schema.set(keyword, value);
                }
            }
        }
    }

    private static void object(JsonNode written, ObjectNode schema, Predicate<String> required) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode always = Json.array();
        for (Map.Entry<String, JsonNode> member : written.properties()) {
            String name = bare(member.getKey());
            properties.set(name, schema(member.getValue()));
            if (required.test(member.getKey())) {
                always.add(name);
            }
        }
        if (!always.isEmpty()) {
            schema.set("required", always);
        }
    }

    /** @param otherwise the type that it may have too; null if none */
    private static void reference(String written, @Nullable String otherwise, ObjectNode schema) {
        boolean nullable = written.endsWith("|null");
        String reference = SCHEMAS + name(written);
        if (otherwise == null && !nullable) {
            schema.put("$ref", reference);
            return;
        }
        ArrayNode any = schema.putArray("anyOf");
        if (otherwise != null) {
            any.add(typed(otherwise));
        }
        any.addObject().put("$ref", reference);
        if (nullable) {
            any.add(typed("null"));
        }
    }

    private static ObjectNode typed(String written) {
        ObjectNode schema = Json.object();
        if (name(written).equals("time")) {
            schema = typed(written.replace("time", "integer"));
            schema.put("format", "unix-time");
        } else if (written.contains("|")) {
            schema.set("type", Json.texts(List.of(written.split("\\|"))));
        } else {
            schema.put("type", written);
        }
        return schema;
    }

    private static String name(String written) {
        return written.replace("|null", "");
    }

    private static String bare(String name) {
        return name.endsWith("!") || name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
    }
}
