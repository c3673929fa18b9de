package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Corefy's JSON needs beyond {@link JsonFields}: unix times, members that are kept by name, and bodies without nulls. */
final class Json {
    private Json() {}

    /** What is absent is left out, never written as null. */
    static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** An empty object is left out too. */
    static void putObject(Map<String, Object> json, String name, Map<String, Object> value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    /** Unix seconds, whole or with a fraction; null when absent. */
    static @Nullable Instant time(JsonFields json, String name) {
        BigDecimal seconds = json.decimal(name);
        if (seconds == null) {
            return null;
        }
        try {
            BigDecimal nanos = seconds.movePointRight(9).stripTrailingZeros();
            BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw new MalformedJsonException(name + " is not a unix time", null);
        }
    }

    static boolean flag(JsonFields json, String name) {
        return Boolean.TRUE.equals(json.bool(name));
    }

    /** An http or https address; null when absent or empty. */
    static @Nullable URI uri(JsonFields json, String name) {
        String text = json.text(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(name + " is not an address", null);
        }
        throw new MalformedJsonException(name + " is not an http or https address", null);
    }

    /** The member's own members as texts, in their order; empty when absent. A null stays out. */
    static Map<String, String> texts(JsonFields json, String name) {
        var texts = new LinkedHashMap<String, String>();
        json.object(name).ifPresent(object -> object.node().properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                texts.put(member.getKey(), member.getValue().isValueNode() ? member.getValue().asString() : member.getValue().toString());
            }
        }));
        return Collections.unmodifiableMap(texts);
    }

    /** Every member that is not among the known ones, as plain Java values: what a later version of the API adds is kept. */
    static Map<String, Object> others(JsonNode object, Set<String> known) {
        var others = new LinkedHashMap<String, Object>();
        object.properties().forEach(member -> {
            Object value = known.contains(member.getKey()) ? null : plain(member.getValue());
            put(others, member.getKey(), value);
        });
        return Collections.unmodifiableMap(others);
    }

    /** Texts, exact decimals, booleans, lists and maps; null for null. */
    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            return others(node, Set.of());
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            node.forEach(item -> {
                Object value = plain(item);
                if (value != null) {
                    list.add(value);
                }
            });
            return Collections.unmodifiableList(list);
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.asString();
    }
}
