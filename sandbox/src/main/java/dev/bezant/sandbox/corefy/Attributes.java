package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.RefusedException.Complaint;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Json;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a request says and notes everything that is wrong, each with its JSON pointer. Unknown members are ignored. */
final class Attributes {
    private final JsonNode node;
    private final String pointer;
    private final List<Complaint> complaints;

    private Attributes(JsonNode node, String pointer, List<Complaint> complaints) {
        this.node = node;
        this.pointer = pointer;
        this.complaints = complaints;
    }

    /**
     * The attributes of a JSON:API body.
     *
     * @param types what {@code data.type} may be
     * @throws RefusedException 400 if the body is no JSON object, 422 if it is none of these types
     */
    static Attributes of(HttpRequest request, List<String> types) {
        var data = body(request).path("data");
        if (!types.contains(data.path("type").asString(""))) {
            throw new RefusedException(422, List.of(new Complaint("/data/type", "must be " + String.join(" or ", types))));
        }
        // PHP reads an empty map as an empty array.
        var attributes = data.path("attributes").isObject() ? data.path("attributes") : Json.object();
        return new Attributes(attributes, "/data/attributes", new ArrayList<>());
    }

    /** A body without an envelope. */
    static Attributes flat(ObjectNode body) {
        return new Attributes(body, "", new ArrayList<>());
    }

    static ObjectNode body(HttpRequest request) {
        try {
            if (Json.parse(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new RefusedException(400, "The body is not valid JSON");
        }
        throw new RefusedException(400, "The body must be a JSON object");
    }

    boolean has(String name) {
        return !node.path(name).isMissingNode() && !node.path(name).isNull() && !(node.path(name).isArray() && node.path(name).isEmpty());
    }

    void refuse(String name, String detail) {
        complaints.add(new Complaint(pointer + "/" + name, detail));
    }

    /** @throws RefusedException 422 with everything noted, if there is anything */
    void refuseIfAny() {
        if (!complaints.isEmpty()) {
            throw new RefusedException(422, complaints);
        }
    }

    /** Notes share one list, also if the object is absent, in which case everything in it is. */
    Attributes object(String name) {
        if (has(name) && !node.path(name).isObject()) {
            refuse(name, "must be an object");
        }
        return new Attributes(node.path(name).isObject() ? node.path(name) : Json.object(), pointer + "/" + name, complaints);
    }

    /** The object as it came, null if absent or empty. */
    @Nullable ObjectNode raw(String name) {
        return has(name) && node.path(name) instanceof ObjectNode object && !object.isEmpty() ? object.deepCopy() : null;
    }

    @Nullable String text(String name) {
        var value = node.path(name);
        if (!has(name)) {
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

    /** Empty after noting that it is missing. */
    String required(String name) {
        var text = text(name);
        if (text == null || text.isBlank()) {
            refuse(name, "is required");
            return "";
        }
        return text;
    }

    /** A text and nothing that merely looks like one. */
    void refuseUnlessString(String name) {
        if (has(name) && !node.path(name).isString()) {
            refuse(name, "must be a string");
        }
    }

    boolean flag(String name, boolean standard) {
        if (!has(name)) {
            return standard;
        }
        if (!node.path(name).isBoolean()) {
            refuse(name, "must be a boolean");
            return standard;
        }
        return node.path(name).booleanValue();
    }

    int number(String name, int standard, int min, int max) {
        var value = node.path(name);
        if (!has(name)) {
            return standard;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            refuse(name, "must be a whole number between " + min + " and " + max);
            return standard;
        }
        return value.intValue();
    }

    /**
     * Minor units; 0 after noting what is wrong.
     *
     * @param currency empty if that is wrong itself
     */
    long amount(String name, String currency) {
        if (!has(name)) {
            refuse(name, "is required");
            return 0;
        }
        var minor = Money.minor(node.path(name), currency);
        if (minor == null || minor == 0) {
            refuse(name, "must be a number above 0 with no more decimals than the currency has");
            return 0;
        }
        return minor;
    }

    String currency(String name) {
        var code = required(name);
        if (!code.isEmpty() && !Money.isCurrency(code)) {
            refuse(name, "is not a currency");
            return "";
        }
        return code;
    }

    @Nullable String webAddress(String name) {
        var text = text(name);
        if (text != null && !isWebAddress(text)) {
            refuse(name, "must be a valid URL");
            return null;
        }
        return text;
    }

    @Nullable Instant unixTime(String name) {
        var value = node.path(name);
        if (!has(name)) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            try {
                return Instant.ofEpochSecond(value.longValue());
            } catch (DateTimeException e) {
                // Refused below like anything else that is no time.
            }
        }
        refuse(name, "must be a unix timestamp");
        return null;
    }

    static boolean isWebAddress(String text) {
        try {
            var uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
