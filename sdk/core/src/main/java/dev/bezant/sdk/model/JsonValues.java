package dev.bezant.sdk.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** JSON without a description: text, Boolean, Long, BigInteger, BigDecimal, List, Map, null. All immutable. */
final class JsonValues {
    private JsonValues() {}

    static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
            return Collections.unmodifiableMap(map);
        }
        if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>(node.size());
            node.forEach(element -> list.add(plain(element)));
            return Collections.unmodifiableList(list);
        }
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return number(node);
        }
        return node.asString();
    }

    private static Object number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return node.decimalValue();
        }
        if (node.canConvertToLong()) {
            return node.longValue();
        }
        return node.bigIntegerValue();
    }

    /** A copy of a value that a caller gives, refused when it is not JSON. */
    static @Nullable Object checked(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, member) -> copy.put(String.valueOf(key), checked(name, member)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>(list.size());
            list.forEach(element -> copy.add(checked(name, element)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        throw new IllegalArgumentException("the field " + name + " holds a " + value.getClass().getName()
                + ", expected text, Boolean, Integer, Long, BigInteger, BigDecimal, List, Map or null");
    }

    static void write(@Nullable Object value, JsonGenerator json) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, member) -> {
                json.writeName(String.valueOf(name));
                write(member, json);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> write(element, json));
            json.writeEndArray();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
