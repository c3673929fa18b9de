package dev.bezant.server.openapi;

import dev.bezant.server.http.Params;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether what a server took is what it is said to take: types, lengths, ranges and choices of single values. */
final class SentValues {
    private final DescribedParams described;
    private final JsonNode document;
    private final List<String> wrong = new ArrayList<>();

    private SentValues(DescribedParams described, JsonNode document) {
        this.described = described;
        this.document = document;
    }

    /** @param sent of a request that was carried out; in forms everything is text */
    static List<String> wrong(Map<String, @Nullable Object> sent, DescribedParams described, JsonNode document) {
        var values = new SentValues(described, document);
        sent.forEach((name, value) -> values.check(name, value));
        return values.wrong;
    }

    private void check(String name, @Nullable Object value) {
        JsonNode schema = described.read().get(name);
        switch (value) {
            // Unset.
            case null -> {}
            case String text when text.isEmpty() -> {}
            case Map<?, ?> map -> map.forEach((member, inner) -> check(name + "[" + member + "]", inner));
            // A map's names 0, 1 and so on look like a list in a form.
            case List<?> list when schema != null && !described.has(name + "[]") && schema.toString().contains("additionalProperties") -> {}
            case List<?> list -> list.forEach(item -> item(name, item));
            case Params.Upload file -> {
                if (schema == null || !schema.has("contentMediaType")) {
                    wrong.add(name + " was taken as a file, but is described as " + schema);
                }
            }
            default -> scalar(name, value, schema);
        }
    }

    private void item(String name, Object item) {
        if (item instanceof Map<?, ?>) {
            check(name + "[]", item);
        } else {
            scalar(name, item, described.read().containsKey(name) ? described.read().get(name).path("items") : null);
        }
    }

    private void scalar(String name, Object value, @Nullable JsonNode schema) {
        if (schema != null && !allowed(value, schema)) {
            wrong.add(name + "=" + value + " was taken, but is described as " + schema);
        }
    }

    private boolean allowed(Object value, JsonNode written) {
        JsonNode schema = DescribedParams.resolved(written, document);
        if (schema.has("anyOf")) {
            return schema.path("anyOf").valueStream().anyMatch(one -> allowed(value, one));
        }
        String text = value.toString();
        if (schema.has("enum")) {
            return schema.path("enum").valueStream().anyMatch(one -> one.asString().equals(text));
        }
        return ofType(value, schema) && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && (!schema.has("pattern") || Pattern.compile(schema.path("pattern").stringValue()).matcher(text).find()) && inRange(text, schema);
    }

    private static boolean ofType(Object value, JsonNode schema) {
        String types = schema.path("type").toString();
        String text = value.toString();
        return (types.contains("string") && value instanceof String)
                || (types.contains("number") && value instanceof Number)
                || (types.contains("integer") && text.matches("[+-]?[0-9]+"))
                || (types.contains("boolean") && List.of("true", "false").contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean inRange(String text, JsonNode schema) {
        if (!schema.has("minimum") && !schema.has("maximum")) {
            return true;
        }
        var number = new BigDecimal(text);
        return (!schema.has("minimum") || number.compareTo(schema.path("minimum").decimalValue()) >= 0)
                && (!schema.has("maximum") || number.compareTo(schema.path("maximum").decimalValue()) <= 0);
    }
}
