package dev.bezant.server.requestlog;

import dev.bezant.server.http.Params.Upload;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes parameters and answers as JSON without what must not be kept, and not longer than is worth keeping.
 *
 * <p>Left out are the values of members whose name says that they are secret, and in every text, number and name what looks like a card
 * number, a key of ours or a client secret. What is too long is cut, says so, and is valid JSON all the same.
 */
final class Redaction {
    /** About how many characters are kept of a body. */
    static final int LENGTH_MAX = 10_000;

    static final String REDACTED = "[redacted]";
    static final String CUT = "[cut]";

    private static final int TEXT_MAX = 1_000;
    private static final int NAME_MAX = 100;
    /** Shorter numbers cannot be a card's. */
    private static final int CARD_DIGITS_MIN = 13;

    private static final Set<String> SECRET_NAMES = Set.of("number", "pan", "iban");
    private static final List<String> SECRET_PARTS = List.of("secret", "password", "cvc", "cvv", "cvn", "securitycode", "verificationcode",
            "verificationvalue", "cardnumber", "accountnumber", "apikey", "privatekey", "accesstoken", "authorization");
    /** What a text must have that the pattern finds. */
    private static final List<String> SECRET_SIGNS = List.of("_live_", "_test_", "whsec_", "_secret_");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z0-9]");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern SECRET_TEXT = Pattern.compile("((?:sk|rk|pk)_(?:live|test)_|whsec_|_secret_)[0-9A-Za-z]{4,}");

    private final StringBuilder out = new StringBuilder();
    /** Whether it has been said, where it happened, that something is missing. */
    private boolean cut;

    private Redaction() {}

    /** @param sent see {@link dev.bezant.server.http.Params#sent} */
    static String params(Map<String, @Nullable Object> sent) {
        var redaction = new Redaction();
        redaction.members(sent);
        return redaction.out.toString();
    }

    static String answer(JsonNode json) {
        var redaction = new Redaction();
        redaction.value(json);
        return redaction.out.toString();
    }

    /** One text without secrets, on one line, at most so long. */
    static String line(String text, int lengthMax) {
        String safe = CONTROL.matcher(masked(text)).replaceAll("?");
        return safe.length() <= lengthMax ? safe : safe.substring(0, lengthMax) + "...";
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case ObjectNode object -> members(object.properties());
            case ArrayNode array -> items(array.values());
            case JsonNode leaf -> leaf(leaf);
            case Map<?, ?> map -> members(map.entrySet());
            case List<?> list -> items(list);
            case Boolean flag -> out.append(flag);
            case Number number -> number(number.toString());
            case Upload upload -> quoted("[file of " + upload.content().length + " bytes]");
            default -> text(value.toString());
        }
    }

    private void leaf(JsonNode leaf) {
        switch (leaf.getNodeType()) {
            case BOOLEAN -> out.append(leaf.booleanValue());
            case NUMBER -> number(leaf.asString());
            case STRING -> text(leaf.stringValue());
            default -> out.append("null");
        }
    }

    private void members(Map<String, @Nullable Object> map) {
        members(map.entrySet());
    }

    private void members(Iterable<? extends Map.Entry<?, ?>> members) {
        out.append('{');
        var names = new HashSet<String>();
        for (Map.Entry<?, ?> member : members) {
            if (full()) {
                if (!cut) {
                    name(CUT, names);
                    quoted("...");
                    cut = true;
                }
                break;
            }
            Name name = Name.of(String.valueOf(member.getKey()));
            name(name.shown(), names);
            if (name.secret() && !plain(member.getValue())) {
                quoted(REDACTED);
            } else {
                value(member.getValue());
            }
        }
        out.append('}');
    }

    /** @param written the names of this object so far: two may look alike once masked, and JSON wants them to differ */
    private void name(String name, Set<String> written) {
        String mine = name;
        if (!written.isEmpty()) {
            out.append(',');
        }
        while (!written.add(mine)) {
            mine += "'";
        }
        quoted(mine);
        out.append(':');
    }

    private void items(Iterable<?> items) {
        out.append('[');
        String before = "";
        for (Object item : items) {
            if (full()) {
                if (!cut) {
                    out.append(before);
                    quoted(CUT);
                    cut = true;
                }
                break;
            }
            out.append(before);
            value(item);
            before = ",";
        }
        out.append(']');
    }

    private boolean full() {
        return out.length() >= LENGTH_MAX;
    }

    private void number(String digits) {
        if (digits.length() >= CARD_DIGITS_MIN && CardNumbers.maybeIn(digits)) {
            quoted(CardNumbers.masked(digits));
        } else {
            out.append(digits);
        }
    }

    private void text(String text) {
        quoted(shortened(masked(text), TEXT_MAX));
    }

    private void quoted(String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** Masked before it is cut: the rest of a card number would not look like one. */
    private static String shortened(String masked, int max) {
        return masked.length() <= max ? masked : masked.substring(0, max) + " " + CUT;
    }

    /** Looks before it searches: nearly all texts hold nothing of the kind, and there are a hundred in an answer. */
    private static String masked(String text) {
        int digits = 0;
        boolean signs = false;
        boolean halves = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            signs |= c == '_';
            halves |= Character.isSurrogate(c);
        }
        String safe = signs && SECRET_SIGNS.stream().anyMatch(text::contains) ? SECRET_TEXT.matcher(text).replaceAll("$1...") : text;
        safe = digits >= CARD_DIGITS_MIN ? CardNumbers.masked(safe) : safe;
        // Half a character of two cannot be stored.
        return halves ? whole(safe) : safe;
    }

    private static String whole(String text) {
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point));
        return whole.toString();
    }

    /** Whether a value is none that could be kept secret. */
    private static boolean plain(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean _ -> true;
            case String text -> text.isEmpty();
            case JsonNode node -> node.isNull() || node.isBoolean() || (node.isString() && node.stringValue().isEmpty());
            default -> false;
        };
    }

    /**
     * A member's name.
     *
     * @param secret whether it says that its value is
     */
    private record Name(String shown, boolean secret) {
        private static final int KNOWN_MAX = 1_000;
        /** The API's own come again and again. What anybody may have made up is not kept: a name can be a card number. */
        private static final Map<String, Name> KNOWN = new ConcurrentHashMap<>();

        static Name of(String name) {
            Name known = KNOWN.get(name);
            if (known != null) {
                return known;
            }
            var made = new Name(shortened(masked(name), NAME_MAX), isSecret(name));
            if (KNOWN.size() < KNOWN_MAX && name.length() <= 40 && name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'))) {
                KNOWN.put(name, made);
            }
            return made;
        }

        private static boolean isSecret(String name) {
            String letters = NO_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
            // What a check found is no secret.
            return !letters.endsWith("check") && (SECRET_NAMES.contains(letters) || SECRET_PARTS.stream().anyMatch(letters::contains));
        }
    }
}
