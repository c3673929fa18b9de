package dev.bezant.sandbox.control;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a control request; unknown fields are refused, so that a misspelt one is not silently ignored. */
final class Body {
    private final ObjectNode node;

    private Body(ObjectNode node) {
        this.node = node;
    }

    static Body of(HttpRequest request, Set<String> known) {
        if (request.body().length == 0) {
            return new Body(Json.object());
        }
        JsonNode parsed;
        try {
            parsed = Json.parse(request.body());
        } catch (JacksonException e) {
            throw new ControlException(400, "The body is not valid JSON: " + e.getOriginalMessage());
        }
        if (!(parsed instanceof ObjectNode object)) {
            throw new ControlException(400, "The body must be a JSON object");
        }
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new ControlException(400, "The field " + name + " is not known; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new Body(object);
    }

    @Nullable String text(String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new ControlException(400, name + " must be a string");
        }
        return value.stringValue();
    }

    String required(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) {
            throw new ControlException(400, name + " is required");
        }
        return text;
    }

    @Nullable Long number(String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new ControlException(400, name + " must be a whole number");
        }
        return value.longValue();
    }

    long number(String name, long standard, long min, long max) {
        var number = number(name);
        if (number == null) {
            return standard;
        }
        if (number < min || number > max) {
            throw new ControlException(400, name + " is " + number + ", expected " + min + " to " + max);
        }
        return number;
    }

    /** A probability in millionths. */
    int millionths(String name, int standard) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return standard;
        }
        if (!value.isNumber()) {
            throw new ControlException(400, name + " must be a number between 0 and 1");
        }
        var millionths = value.decimalValue().movePointRight(6);
        if (millionths.signum() < 0 || millionths.longValue() > standard) {
            throw new ControlException(400, name + " must be between 0 and 1");
        }
        return millionths.intValue();
    }

    /** An object of strings; numbers and booleans are taken as their text. */
    Map<String, String> strings(String name) {
        var value = node.path(name);
        var strings = new LinkedHashMap<String, String>();
        if (value.isMissingNode() || value.isNull()) {
            return strings;
        }
        if (!(value instanceof ObjectNode object)) {
            throw new ControlException(400, name + " must be an object");
        }
        for (var field : object.propertyNames()) {
            var text = object.path(field);
            if (!text.isValueNode() || text.isNull()) {
                throw new ControlException(400, name + "." + field + " must be a string");
            }
            strings.put(field, text.asString());
        }
        return strings;
    }
}
