package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads fields of a JSON request and notes what is wrong with them under their dotted paths. Unknown fields are ignored; a null counts as
 * absent. {@link #refuseIfWrong} ends the reading.
 */
final class Input {
    private final JsonNode node;
    private final String path;
    private final List<ApiError> errors;

    private Input(JsonNode node, String path, List<ApiError> errors) {
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

    boolean isEmpty() {
        return node.isEmpty();
    }

    void refuse(String name, String message) {
        errors.add(ApiError.invalid(path + name, message));
    }

    void missing(String name) {
        errors.add(ApiError.missing(path + name));
    }

    void refuse(ApiError error) {
        errors.add(error);
    }

    /** The path of a field, for errors that are found later. */
    String pathOf(String name) {
        return path + name;
    }

    /**
     * @throws ProblemException 400 with everything that was noted
     */
    void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw new ProblemException(400, errors);
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
            missing(name);
        }
        return object(name);
    }

    /** Another object in the place of the one under that name, so that errors name this place. */
    Input standIn(String name, ObjectNode other) {
        return new Input(other, path + name + ".", errors);
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
                missing(name);
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

    @Nullable Integer integer(String name) {
        var number = number(name);
        if (number != null && number != number.intValue()) {
            refuse(name, "is out of range");
            return null;
        }
        return number == null ? null : number.intValue();
    }

    boolean flag(String name, boolean standard) {
        var value = node.path(name);
        if (!has(name)) {
            return standard;
        }
        if (!value.isBoolean()) {
            refuse(name, "must be true or false");
            return standard;
        }
        return value.booleanValue();
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

    List<Integer> integers(String name) {
        var integers = new ArrayList<Integer>();
        if (has(name)) {
            boolean right = node.path(name).isArray();
            for (var item : node.path(name)) {
                right &= item.canConvertToInt();
                integers.add(item.asInt(0));
            }
            if (!right) {
                refuse(name, "must be an array of whole numbers");
            }
        }
        return integers;
    }

    /** The object that is being read. */
    JsonNode itself() {
        return node;
    }

    /** The raw value, for what is only kept. */
    JsonNode raw(String name) {
        return node.path(name);
    }
}
