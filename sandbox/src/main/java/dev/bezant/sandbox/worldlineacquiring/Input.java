package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads fields of a JSON request and notes what is wrong with them under their dotted paths. Unknown fields are ignored; a null counts as
 * absent. {@link #refuseIfWrong} ends the reading.
 */
final class Input {
    private final JsonNode node;
    private final String path;
    private final List<String> errors;

    private Input(JsonNode node, String path, List<String> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    static Input of(JsonNode body) {
        return new Input(body, "", new ArrayList<>());
    }

    boolean has(String name) {
        return !node.path(name).isMissingNode() && !node.path(name).isNull();
    }

    void refuse(String name, String message) {
        errors.add(path + name + " " + message);
    }

    /**
     * @throws ProblemException 400 with everything that was noted
     */
    void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(String.join("; ", errors));
        }
    }

    /** The object under that name; an empty one if it is absent. */
    Input object(String name) {
        var value = node.path(name);
        if (has(name) && !value.isObject()) {
            refuse(name, "must be an object");
        }
        return new Input(value.isObject() ? value : Json.object(), path + name + ".", errors);
    }

    /** The object under that name; its absence is noted. */
    Input required(String name) {
        if (!has(name)) {
            refuse(name, "is required");
        }
        return object(name);
    }

    List<Input> items(String name) {
        var items = new ArrayList<Input>();
        if (has(name)) {
            if (!node.path(name).isArray()) {
                refuse(name, "must be an array");
            }
            int index = 0;
            for (var item : node.path(name)) {
                items.add(new Input(item, path + name + "[" + index++ + "].", errors));
            }
        }
        return items;
    }

    @Nullable String text(String name) {
        var value = node.path(name);
        if (!has(name)) {
            return null;
        }
        if (!value.isString()) {
            refuse(name, "must be a string");
            return null;
        }
        return value.stringValue();
    }

    /** A text that must be there; empty after noting that it is not. */
    String requiredText(String name) {
        var text = text(name);
        if (text == null || text.isBlank()) {
            if (!has(name) || text != null) {
                refuse(name, "is required");
            }
            return "";
        }
        return text;
    }

    /** One of some words, or null. */
    @Nullable String choice(String name, Set<String> words) {
        var text = text(name);
        if (text != null && !words.contains(text)) {
            refuse(name, "must be one of " + String.join(", ", words.stream().sorted().toList()));
            return null;
        }
        return text;
    }

    @Nullable Long number(String name) {
        var value = node.path(name);
        if (!has(name)) {
            return null;
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) > 0
                || value.bigIntegerValue().compareTo(BigInteger.valueOf(Long.MIN_VALUE)) < 0) {
            refuse(name, "must be a whole number");
            return null;
        }
        return value.longValue();
    }

    @Nullable Integer integer(String name, int least, int most) {
        var number = number(name);
        if (number != null && (number < least || number > most)) {
            refuse(name, "must be between " + least + " and " + most);
            return null;
        }
        return number == null ? null : number.intValue();
    }

    @Nullable BigDecimal decimal(String name) {
        var value = node.path(name);
        if (has(name) && !value.isNumber()) {
            refuse(name, "must be a number");
        }
        return value.isNumber() ? value.decimalValue() : null;
    }

    /** Null if absent. */
    @Nullable Boolean flag(String name) {
        var value = node.path(name);
        if (!has(name)) {
            return null;
        }
        if (!value.isBoolean()) {
            refuse(name, "must be true or false");
            return null;
        }
        return value.booleanValue();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        if (has(name)) {
            boolean right = node.path(name).isArray();
            for (var item : node.path(name)) {
                right &= item.isString();
                texts.add(item.asString());
            }
            if (!right) {
                refuse(name, "must be an array of strings");
            }
        }
        return texts;
    }

    /** An ISO 8601 time with its offset, or null. */
    @Nullable OffsetDateTime time(String name) {
        var text = text(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            refuse(name, "must be a time with its offset, such as 2026-01-02T03:04:05+01:00");
            return null;
        }
    }

    @Nullable LocalDate date(String name) {
        var text = text(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            refuse(name, "must be a date such as 2026-01-02");
            return null;
        }
    }
}
