package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields of one JSON object and notes what is wrong with them under their dotted paths. Unknown fields are ignored. */
final class Fields {
    static final String EMPTY = "must not be empty";

    private final JsonNode node;
    private final String prefix;
    private final Violations violations;

    Fields(ObjectNode node, Violations violations) {
        this(node, "", violations);
    }

    private Fields(JsonNode node, String prefix, Violations violations) {
        this.node = node;
        this.prefix = prefix;
        this.violations = violations;
    }

    boolean has(String name) {
        return !node.path(name).isMissingNode() && !node.path(name).isNull();
    }

    JsonNode get(String name) {
        return node.path(name);
    }

    void refuse(String name, String message) {
        violations.add(prefix + name, node.path(name), message);
    }

    /** Without repeating the value, for card data. */
    void refuseSecret(String name, @Nullable String shown, String message) {
        violations.add(prefix + name, shown == null ? null : Json.tree(shown), message);
    }

    /** The object under that name, or an empty one after noting that it is missing. */
    Fields object(String name) {
        if (!node.path(name).isObject()) {
            refuse(name, EMPTY);
            return new Fields(Json.object(), prefix + name + ".", new Violations());
        }
        return new Fields(node.path(name), prefix + name + ".", violations);
    }

    /** A string, or a number taken as one; null if absent or of another type (noted). */
    @Nullable String text(String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isNumber()) {
            return value.asString();
        }
        refuse(name, "must be a string");
        return null;
    }

    /** An optional text of limited length. */
    @Nullable String text(String name, int lengthMax) {
        var text = text(name);
        if (text != null && text.codePointCount(0, text.length()) > lengthMax) {
            refuse(name, "must be at most " + lengthMax + " characters");
        }
        return text;
    }

    /** A text that must be there; empty after noting that it is not. */
    String required(String name, int lengthMin, int lengthMax) {
        var text = text(name);
        if (text == null) {
            refuse(name, EMPTY);
            return "";
        }
        int length = text.codePointCount(0, text.length());
        if (length < lengthMin || length > lengthMax) {
            refuse(name, text.isEmpty() && lengthMin == 1 ? EMPTY : "must be between " + lengthMin + " and " + lengthMax + " characters");
        }
        return text;
    }

    /** A whole number, or its text; null after noting that it is missing or out of range. */
    @Nullable Integer integer(String name, int min, int max) {
        var text = text(name);
        if (text == null) {
            refuse(name, EMPTY);
            return null;
        }
        if (!text.matches("[+-]?\\d{1,9}")) {
            refuse(name, "must be a whole number");
            return null;
        }
        int value = Integer.parseInt(text);
        if (value < min || value > max) {
            refuse(name, "must be between " + min + " and " + max);
            return null;
        }
        return value;
    }

    /** An optional boolean. */
    boolean flag(String name, boolean standard) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return standard;
        }
        if (!value.isBoolean()) {
            refuse(name, "must be true or false");
            return standard;
        }
        return value.booleanValue();
    }
}
