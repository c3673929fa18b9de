package dev.bezant.sdk.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of one JSON object leniently where that is harmless (text for number and number for text, null for absent, unknown members)
 * and not at all where it is not: a required member that is absent, or a value of the wrong kind, is a {@link MalformedJsonException} that
 * names the member and not its content.
 */
public final class JsonFields {
    private final JsonNode node;
    private final String path;

    private JsonFields(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new MalformedJsonException((path.isEmpty() ? "the body" : path) + " is not a JSON object", null);
        }
        this.node = node;
        this.path = path;
    }

    public static JsonFields of(JsonNode node) {
        return new JsonFields(node, "");
    }

    public JsonNode node() {
        return node;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /** A text, or a number or boolean as text; null when absent or null. */
    public @Nullable String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isNumber() || value.isBoolean()) {
            return value.asString();
        }
        throw wrong(name, "a text");
    }

    /** A text that must be there and not be empty. */
    public String requiredText(String name) {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw wrong(name, "a text");
        }
        return text;
    }

    /** An exact decimal, from a number or from a text such as {@code "10.50"}; exponents and blanks are refused. */
    public @Nullable BigDecimal decimal(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            BigDecimal decimal = value.decimalValue();
            // 1e999999999 is a short text and an endless number.
            if (Math.abs(decimal.scale()) <= 18 && decimal.precision() <= 38) {
                return decimal;
            }
            throw wrong(name, "a decimal number of usual size");
        }
        if (value.isString() && value.stringValue().matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
            return new BigDecimal(value.stringValue());
        }
        throw wrong(name, "a decimal number");
    }

    public BigDecimal requiredDecimal(String name) {
        BigDecimal decimal = decimal(name);
        if (decimal == null) {
            throw wrong(name, "a decimal number");
        }
        return decimal;
    }

    public @Nullable Integer integer(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        if (value.isString() && value.stringValue().matches("-?[0-9]{1,9}")) {
            return Integer.valueOf(value.stringValue());
        }
        throw wrong(name, "a whole number");
    }

    /** Also reads 0, 1 and texts. An empty text is false: PHP's rendering of it. */
    public @Nullable Boolean bool(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** An ISO 8601 time with zone; 0 to 9 digits of a second's fraction, each read at its place ({@code .1} is 100 ms). */
    public @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "a time with zone");
        }
    }

    /** A member object; absent and null alike are empty, and so is an empty array (how PHP writes an empty map). */
    public Optional<JsonFields> object(String name) {
        JsonNode value = value(name);
        if (value == null || (value.isArray() && value.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new JsonFields(value, path.isEmpty() ? name : path + "." + name));
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private MalformedJsonException wrong(String name, String expected) {
        return new MalformedJsonException((path.isEmpty() ? name : path + "." + name) + " is not " + expected, null);
    }
}
