package dev.bezant.server.http;

import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Json;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Turns bodies and query strings into {@link Params}.
 *
 * @see "docs/protocols/payments-api.md, section 2.1"
 */
final class Decoder {
    private static final int FORM_PAIRS_MAX = 1000;
    private static final int FORM_DEPTH_MAX = 8;

    private Decoder() {}

    /** For pages and endpoints that take no files. */
    static Params body(@Nullable String contentType, byte[] body) {
        return body(contentType, body, false);
    }

    /**
     * @param contentType null when the request has none; then a body is taken for a form, as curl sends it
     * @param takesFiles whether multipart is understood here
     */
    static Params body(@Nullable String contentType, byte[] body, boolean takesFiles) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (body.length == 0) {
            return Params.empty();
        }
        if (takesFiles && type.equals("multipart/form-data")) {
            return multipart(String.valueOf(contentType), body);
        }
        return switch (type) {
            case "application/json" -> json(text(body));
            case "", "application/x-www-form-urlencoded" -> form(text(body));
            default -> throw new ApiException(415, ErrorCode.Type.INVALID_REQUEST, null, null, "Unsupported Content-Type '"
                    + shortened(type) + "'. Send application/json or application/x-www-form-urlencoded.");
        };
    }

    static Params form(@Nullable String text) {
        var root = new LinkedHashMap<String, @Nullable Object>();
        if (text == null || text.isEmpty()) {
            return Params.ofForm(root);
        }
        String[] pairs = text.split("&", FORM_PAIRS_MAX + 1);
        if (pairs.length > FORM_PAIRS_MAX) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "More than " + FORM_PAIRS_MAX + " parameters were sent.");
        }
        for (String pair : pairs) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            put(root, name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return Params.ofForm(root);
    }

    /** @see "docs/protocols/payments-api.md, section 2.1" */
    private static Params multipart(String contentType, byte[] body) {
        var root = new LinkedHashMap<String, @Nullable Object>();
        for (Multipart.Part part : Multipart.parts(contentType, body)) {
            put(root, part.name(), part.fileName() == null ? text(part.content()) : new Params.Upload(part.fileName(), part.contentType(), part.content()));
        }
        return Params.ofForm(root);
    }

    private static Params json(String text) {
        JsonNode node;
        try {
            node = Json.read(text);
        } catch (JacksonException e) {
            String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
            throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "The body is not valid JSON" + where
                    + ". Duplicate names, trailing text, huge numbers and more than " + Json.DEPTH_MAX + " levels are refused too.");
        }
        if (!node.isObject()) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "The body must be a JSON object such as {\"amount\":2000,\"currency\":\"eur\"}.");
        }
        return Params.ofJson(members(node));
    }

    private static Map<String, @Nullable Object> members(JsonNode node) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(entry -> members.put(entry.getKey(), plain(entry.getValue())));
        return members;
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                node.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber()
                    ? node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue()
                    : node.decimalValue();
            default -> null;
        };
    }

    /** Puts {@code a[b][0]} where it belongs. */
    private static void put(Map<String, @Nullable Object> root, String name, Object value) {
        List<String> steps = steps(name);
        Map<String, @Nullable Object> level = root;
        for (int i = 0; i < steps.size() - 1; i++) {
            String step = steps.get(i).isEmpty() ? continued(level, steps.get(i + 1)) : steps.get(i);
            Object next = level.computeIfAbsent(step, key -> new LinkedHashMap<String, @Nullable Object>());
            if (!(next instanceof Map<?, ?>)) {
                throw mixed(name);
            }
            level = asMap(next);
        }
        String last = steps.getLast();
        String key = last.isEmpty() ? appended(level) : last;
        if (level.get(key) instanceof Map<?, ?>) {
            throw mixed(name);
        }
        level.put(key, value);
    }

    /** The index of {@code a[][b]=x}: the last one, unless that has a {@code b} already. */
    private static String continued(Map<String, @Nullable Object> level, String member) {
        String next = appended(level);
        String last = String.valueOf(Integer.parseInt(next) - 1);
        return level.get(last) instanceof Map<?, ?> item && !item.containsKey(member) && !member.isEmpty() ? last : next;
    }

    /** The index of {@code a[]=x}: one after the last, also where indices were given before it. */
    private static String appended(Map<String, @Nullable Object> level) {
        int last = -1;
        for (String key : level.keySet()) {
            if (key.matches("[0-9]{1,9}")) {
                last = Math.max(last, Integer.parseInt(key));
            }
        }
        return String.valueOf(last + 1);
    }

    private static List<String> steps(String name) {
        int bracket = name.indexOf('[');
        if (bracket == 0 || name.isEmpty()) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "A parameter without a name was sent.");
        }
        if (bracket < 0) {
            return List.of(name);
        }
        var steps = new ArrayList<String>();
        steps.add(name.substring(0, bracket));
        int at = bracket;
        while (at < name.length()) {
            int close = name.charAt(at) == '[' ? name.indexOf(']', at) : -1;
            if (close < 0 || steps.size() >= FORM_DEPTH_MAX) {
                throw new ApiException(ErrorCode.PARAMETER_INVALID, null, "A parameter's name has brackets that do not match or nest deeper than " + FORM_DEPTH_MAX + " levels.");
            }
            steps.add(name.substring(at + 1, close));
            at = close + 1;
        }
        return steps;
    }

    /** Masked before it is cut: the rest of a card number would not look like one. */
    private static String shortened(String type) {
        String safe = CardNumbers.masked(type);
        return safe.length() > 60 ? safe.substring(0, 60) : safe;
    }

    private static ApiException mixed(String name) {
        int bracket = name.indexOf('[');
        String top = bracket < 0 ? name : name.substring(0, bracket);
        return ApiException.invalid(top, "Invalid object: " + top + " was sent both as a value and with members.");
    }

    /** Text without its percent-encoding, a plus sign being a space. @throws ApiException 400 invalid_characters */
    static String decoded(String text) {
        try {
            byte[] bytes = percentDecoded(text);
            return text(bytes);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID_CHARACTERS, null, "The request is not percent-encoded rightly: % must be followed by two hexadecimal digits.");
        }
    }

    private static byte[] percentDecoded(String text) {
        // Latin-1 keeps the bytes apart, so that they can be checked as UTF-8 afterwards; raw characters are re-encoded first.
        String ascii = text.chars().allMatch(c -> c < 128)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return URLDecoder.decode(ascii, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(ErrorCode.INVALID_CHARACTERS, null, "The request is not valid UTF-8. Send text as UTF-8.");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(Object value) {
        return (Map<String, @Nullable Object>) value;
    }
}
