package dev.bezant.server.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request as a tree, read by name and type; what is left unread at {@link #done()} is unknown and refused.
 *
 * <p>Forms carry text alone, so there {@code "2000"} is an integer and {@code "true"} a boolean; JSON must use its own types. A
 * value that is present but empty ({@code ""} or null) is "unset": optional readers give null for it, {@link #has} tells.
 *
 * <p>Not thread-safe: one request, one reader.
 */
public final class Params {
    private static final int TEXT_MAX = 5000;

    private final Map<String, @Nullable Object> values;
    private final boolean form;
    private final String path;
    private final Set<String> read = new HashSet<>();
    /** What a reader asked about, read or not: names worth suggesting. */
    private final Set<String> known = new HashSet<>();
    /** What is taken and means nothing. */
    private final Set<String> ignored = new HashSet<>();
    private final List<Params> children = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    /** What a reader wanted of a name. */
    enum Asked {
        /** Whether it is there, alone: what is only looked for is refused. */
        LOOKED_FOR,
        /** Nothing: it is taken and ignored. */
        IGNORED,
        READ
    }

    private Params(Map<String, @Nullable Object> values, boolean form, String path) {
        this.values = values;
        this.form = form;
        this.path = path;
    }

    /** A tree of text values: maps, and text at the leaves. */
    static Params ofForm(Map<String, @Nullable Object> values) {
        return new Params(values, true, "");
    }

    /** A tree of JSON values: maps, lists, String, Long, BigDecimal, Boolean, null. */
    static Params ofJson(Map<String, @Nullable Object> values) {
        return new Params(values, false, "");
    }

    /** Parameters that a feature makes up itself: maps, lists, String, Long, BigDecimal, Boolean, null. */
    public static Params of(Map<String, ? extends @Nullable Object> values) {
        return ofJson(new LinkedHashMap<>(values));
    }

    public static Params empty() {
        return ofForm(new LinkedHashMap<>());
    }

    /** Whether the name was sent at all, even if empty. */
    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** Whether the name was sent with a value. */
    public boolean hasValue(String name) {
        known.add(name);
        return !blank(values.get(name));
    }

    /** Whether the name was sent with members, as {@code created[gte]=...}; for parameters that are a value or a map. */
    public boolean hasMembers(String name) {
        known.add(name);
        return values.get(name) instanceof Map<?, ?>;
    }

    public String requiredText(String name, int maxLength) {
        if (!has(name)) {
            throw ApiException.missing(at(name));
        }
        String value = text(name, maxLength);
        if (value == null) {
            throw empty(name);
        }
        return value;
    }

    /** Text of at most {@code maxLength} characters; null if absent or unset. */
    public @Nullable String text(String name, int maxLength) {
        Object value = take(name);
        if (blank(value)) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw ApiException.invalid(at(name), "Invalid " + at(name) + ": expected a string, got " + kind(value) + ".");
        }
        return checked(at(name), text, maxLength);
    }

    /** Text of the default greatest length, 5000 characters. */
    public @Nullable String text(String name) {
        return text(name, TEXT_MAX);
    }

    /**
     * Text that must be a member of a list; null if absent.
     *
     * @throws ApiException 400 if it is empty or something else
     */
    public @Nullable String choice(String name, List<String> allowed) {
        if (!has(name)) {
            read.add(name);
            return null;
        }
        String value = text(name, TEXT_MAX);
        if (value == null) {
            throw empty(name);
        }
        if (!allowed.contains(value)) {
            throw ApiException.invalid(at(name),
                    "Invalid " + at(name) + ": '" + shortened(value) + "' must be one of " + String.join(", ", allowed) + ".");
        }
        return value;
    }

    public long requiredInteger(String name, long min, long max) {
        if (!has(name)) {
            throw ApiException.missing(at(name));
        }
        Long value = integer(name, min, max);
        if (value == null) {
            throw empty(name);
        }
        return value;
    }

    /** A whole number; null if absent or unset. */
    public @Nullable Long integer(String name, long min, long max) {
        Object value = take(name);
        if (value == null || blank(value)) {
            return null;
        }
        BigInteger whole = whole(name, value);
        if (whole.compareTo(BigInteger.valueOf(min)) < 0 || whole.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new ApiException(ErrorCode.PARAMETER_INVALID_INTEGER, at(name),
                    "Invalid " + at(name) + ": " + shortened(whole.toString())
                            + (whole.bitLength() > 63 ? " is out of range." : " is not between " + min + " and " + max + "."));
        }
        return whole.longValueExact();
    }

    /**
     * An amount: any whole number that fits 64 bits, its range has codes of its own; null if absent.
     *
     * @throws ApiException 400 if it is empty: a forgotten amount must not mean all there is
     */
    public @Nullable Long amount(String name) {
        Object value = take(name);
        if (value == null || blank(value)) {
            if (has(name)) {
                throw new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, at(name), "The value of " + at(name)
                        + " is empty. Give it in the currency's smallest unit, such as 2000 for 20.00 EUR, or leave it out.");
            }
            return null;
        }
        BigInteger whole = whole(name, value);
        if (whole.bitLength() > 63) {
            throw new ApiException(whole.signum() < 0 ? ErrorCode.AMOUNT_TOO_SMALL : ErrorCode.AMOUNT_TOO_LARGE, at(name),
                    "Invalid " + at(name) + ": the number is out of range.");
        }
        return whole.longValueExact();
    }

    /**
     * A decimal number, written as a number or as text; exactly as written, never rounded. Null if absent or unset.
     *
     * @throws ApiException 400 if it is something else, or has more than 20 digits or an exponent
     */
    public @Nullable BigDecimal decimal(String name) {
        Object value = take(name);
        if (value == null || blank(value)) {
            return null;
        }
        String text = value instanceof String given ? given : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
        if (value instanceof Boolean || text.length() > 22 || !text.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?")) {
            throw ApiException.invalid(at(name), "Invalid decimal: " + at(name) + " is " + shown(value) + ", expected a number such as \"100.00\".");
        }
        return new BigDecimal(text);
    }

    private BigInteger whole(String name, Object value) {
        switch (value) {
            case Long number -> {
                return BigInteger.valueOf(number);
            }
            case BigInteger number -> {
                return number;
            }
            case String text when form && text.length() <= 40 && text.matches("[+-]?[0-9]+") -> {
                return new BigInteger(text);
            }
            default -> throw new ApiException(ErrorCode.PARAMETER_INVALID_INTEGER, at(name),
                    "Invalid integer: " + at(name) + " is " + shown(value) + ", expected a whole number.");
        }
    }

    /** true or false (without regard to case in forms); null if absent or unset. */
    public @Nullable Boolean flag(String name) {
        Object value = take(name);
        if (blank(value)) {
            return null;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (form && value instanceof String text) {
            switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> {
                    return true;
                }
                case "false" -> {
                    return false;
                }
                default -> {}
            }
        }
        throw ApiException.invalid(at(name), "Invalid boolean: " + at(name) + " is " + shown(value) + ", expected true or false.");
    }

    /** Whether the value is one of some words, for parameters that are a word or something else; reads it if so. */
    public boolean isWord(String name, List<String> words) {
        known.add(name);
        boolean word = values.get(name) instanceof String text && words.contains(text);
        if (word) {
            read.add(name);
        }
        return word;
    }

    /** A map; null if absent or unset. Its own reader is checked by this one's {@link #done()}. */
    public @Nullable Params map(String name) {
        Object value = take(name);
        if (value == null || blank(value)) {
            return null;
        }
        if (!(value instanceof Map<?, ?>)) {
            throw ApiException.invalid(at(name), "Invalid object: " + at(name) + " is " + shown(value) + ", expected named members.");
        }
        Params child = new Params(asMap(value), form, at(name));
        children.add(child);
        return child;
    }

    /**
     * A file; null if absent.
     *
     * @throws ApiException 400 if it was not sent as a file of a multipart body
     */
    public @Nullable Upload file(String name) {
        Object value = take(name);
        if (blank(value)) {
            return null;
        }
        if (!(value instanceof Upload upload)) {
            throw ApiException.invalid(at(name), "Invalid " + at(name) + ": expected a file. Send the request as multipart/form-data, as curl does with -F "
                    + name + "=@receipt.pdf.");
        }
        return upload;
    }

    /**
     * A file as it was sent.
     *
     * @param contentType what the sender says it is; null if he says nothing
     */
    public record Upload(String fileName, @Nullable String contentType, byte[] content) {
        @Override
        public String toString() {
            return "Upload[" + content.length + " bytes]";
        }
    }

    /** A list of maps; null if absent, empty if unset. Their own readers are checked by this one's {@link #done()}. */
    public @Nullable List<Params> maps(String name, int maxItems) {
        if (!has(name)) {
            return null;
        }
        var maps = new ArrayList<Params>();
        for (Object item : items(name, maxItems)) {
            String where = at(name) + "[" + maps.size() + "]";
            if (!(item instanceof Map<?, ?>)) {
                throw ApiException.invalid(where, "Invalid object: " + where + " is " + shown(item) + ", expected named members.");
            }
            maps.add(new Params(asMap(item), form, where));
        }
        children.addAll(maps);
        return maps;
    }

    /**
     * Takes something away unread, as if it had not been sent.
     *
     * @param dotPath such as {@code payment_method_options.card.network}; a map that is empty afterwards stays
     */
    void drop(String dotPath) {
        if (removed(values, dotPath)) {
            dropped.add(dotPath);
        }
    }

    private static boolean removed(Map<String, @Nullable Object> values, String dotPath) {
        int dot = dotPath.indexOf('.');
        if (dot >= 0) {
            return values.get(dotPath.substring(0, dot)) instanceof Map<?, ?> inner && removed(asMap(inner), dotPath.substring(dot + 1));
        }
        boolean sent = values.containsKey(dotPath);
        values.remove(dotPath);
        return sent;
    }

    /** What was taken away unread, as dot paths. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    /**
     * Everything that was sent, as it was sent: card numbers and secrets too. Maps, lists, texts, numbers, booleans, null and
     * {@link Upload}s; for records that leave out what must not be kept.
     */
    public Map<String, @Nullable Object> sent() {
        return form ? withLists(values) : Collections.unmodifiableMap(values);
    }

    /** Forms know lists by the numbers of their items alone. */
    private static Map<String, @Nullable Object> withLists(Map<String, @Nullable Object> level) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        level.forEach((name, value) -> members.put(name, listed(value)));
        return members;
    }

    private static @Nullable Object listed(@Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, @Nullable Object> inner = withLists(asMap(value));
        boolean list = !inner.isEmpty() && inner.keySet().stream().allMatch(key -> key.matches("[0-9]{1,9}"));
        return list ? new ArrayList<>(inner.values()) : inner;
    }

    /** Every name that was asked for at every level, such as {@code card[number]} or {@code items[][price]}; for tests. */
    Map<String, Asked> asked() {
        var asked = new TreeMap<String, Asked>();
        String level = path.replaceAll("\\[[0-9]+]", "[]");
        known.forEach(name -> asked.put(under(level, name), Asked.LOOKED_FOR));
        ignored.forEach(name -> asked.put(under(level, name), Asked.IGNORED));
        read.forEach(name -> asked.put(under(level, name), Asked.READ));
        children.forEach(child -> child.asked().forEach((name, how) -> asked.merge(name, how, (one, other) -> one.compareTo(other) > 0 ? one : other)));
        return asked;
    }

    private static String under(String level, String name) {
        return level.isEmpty() ? name : level + "[" + name + "]";
    }

    /** A list of texts; null if absent, empty if unset. */
    public @Nullable List<String> texts(String name, int maxItems, int maxLength) {
        if (!has(name)) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (Object item : items(name, maxItems)) {
            String where = at(name) + "[" + texts.size() + "]";
            if (!(item instanceof String text)) {
                throw ApiException.invalid(where, "Invalid " + where + ": expected a string, got " + kind(item) + ".");
            }
            if (text.isEmpty()) {
                throw new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, where, "The value of " + where + " is empty. Leave the item out or give it a value.");
            }
            texts.add(checked(where, text, maxLength));
        }
        return texts;
    }

    /**
     * A map of text to text, as metadata is; null if absent. An unset map is {@code unset}; an empty value removes its key and is
     * given as null.
     */
    public @Nullable TextMap textMap(String name, int maxKeys, int maxKeyLength, int maxValueLength) {
        if (!has(name)) {
            return null;
        }
        Object value = take(name);
        if (value == null || blank(value)) {
            return new TextMap(true, Map.of());
        }
        if (!(value instanceof Map<?, ?>)) {
            throw ApiException.invalid(at(name), "Invalid object: " + at(name) + " is " + shown(value) + ", expected keys and texts.");
        }
        var texts = new LinkedHashMap<String, @Nullable String>();
        asMap(value).forEach((key, item) -> {
            String where = at(name) + "[" + shortened(key) + "]";
            if (key.isEmpty() || key.length() > maxKeyLength || key.indexOf('[') >= 0 || key.indexOf(']') >= 0) {
                throw ApiException.invalid(where, "Invalid key in " + at(name) + ": a key has 1 to " + maxKeyLength + " characters and no square brackets.");
            }
            checked(where, key, maxKeyLength);
            if (blank(item)) {
                texts.put(key, null);
            } else if (item instanceof String text) {
                texts.put(key, checked(where, text, maxValueLength));
            } else {
                throw ApiException.invalid(where, "Invalid " + where + ": expected a string, got " + kind(item) + ". Quote numbers and booleans.");
            }
        });
        if (texts.size() > maxKeys) {
            throw ApiException.invalid(at(name), "Invalid " + at(name) + ": " + texts.size() + " keys were given, at most " + maxKeys + " are allowed.");
        }
        return new TextMap(false, texts);
    }

    /** @param unset whether the whole map was emptied */
    public record TextMap(boolean unset, Map<String, @Nullable String> changes) {}

    /** An absolute http or https URL; null if absent or unset. */
    public @Nullable String url(String name) {
        String value = text(name, 2048);
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && uri.getUserInfo() == null) {
                return value;
            }
        } catch (URISyntaxException e) {
            // Told below, with what is expected.
        }
        throw new ApiException(ErrorCode.URL_INVALID, at(name), "Not a valid URL: " + at(name) + " must be absolute, such as https://shop.example/return.");
    }

    /** Everything of the top level that is text, as a foreign form brings it; at most 50 members of 100 000 characters. */
    public Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> {
            if (value instanceof String text && texts.size() < 50) {
                texts.put(name, checked(at(shortened(name)), text, 100_000));
            }
        });
        return texts;
    }

    /** The names of this level, as sent. */
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** Marks names as known without reading them: accepted, echoed nowhere. */
    public void ignore(String... names) {
        ignored.addAll(List.of(names));
    }

    /** @throws ApiException 400 parameter_unknown if something was sent that nobody read */
    public void done() {
        for (String name : values.keySet()) {
            if (!read.contains(name) && !ignored.contains(name)) {
                known.addAll(read);
                known.addAll(ignored);
                throw new ApiException(ErrorCode.PARAMETER_UNKNOWN, at(named(name)), "Received unknown parameter: " + at(named(name)) + "."
                        + Suggestion.of(name, known).map(near -> " Did you mean " + at(near) + "?").orElse(""));
            }
        }
        children.forEach(Params::done);
    }

    /** The whole tree in one canonical text (sorted names), without {@code expand}; for comparing idempotent requests. */
    public String canonical() {
        var text = new StringBuilder();
        append(text, values, name -> !path.isEmpty() || !name.equals("expand"));
        return text.toString();
    }

    /** The bracket path of a name of this level, such as {@code card[number]}. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    private static void append(StringBuilder out, @Nullable Object value, Predicate<String> wanted) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('{');
                new TreeMap<>(asMap(map)).forEach((name, item) -> {
                    if (wanted.test(name)) {
                        out.append(name.length()).append(':').append(name);
                        append(out, item, any -> true);
                    }
                });
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                list.forEach(item -> append(out, item, any -> true));
                out.append(']');
            }
            case null -> out.append('n');
            case Upload upload -> out.append("f").append(HexFormat.of().formatHex(sha256(upload.content())));
            default -> {
                String text = String.valueOf(value);
                out.append(text.length()).append('=').append(text);
            }
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private List<@Nullable Object> items(String name, int maxItems) {
        Object value = take(name);
        List<@Nullable Object> items;
        if (value == null || blank(value)) {
            items = List.of();
        } else if (value instanceof List<?> list) {
            items = new ArrayList<>(list);
        } else if (form && value instanceof Map<?, ?> && asMap(value).keySet().stream().allMatch(key -> key.matches("[0-9]{1,9}"))) {
            items = asMap(value).entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
                    .<@Nullable Object>map(Map.Entry::getValue)
                    .toList();
        } else {
            throw ApiException.invalid(at(name), "Invalid array: " + at(name) + " is " + shown(value) + ", expected a list.");
        }
        if (items.size() > maxItems) {
            throw ApiException.invalid(at(name), "Invalid array: " + at(name) + " has " + items.size() + " items, at most " + maxItems + " are allowed.");
        }
        return items;
    }

    private @Nullable Object take(String name) {
        read.add(name);
        return values.get(name);
    }

    private ApiException empty(String name) {
        return new ApiException(ErrorCode.PARAMETER_INVALID_EMPTY, at(name), "The value of " + at(name) + " is empty. Give it a value.");
    }

    private static boolean blank(@Nullable Object value) {
        return value == null || value.equals("");
    }

    private static String checked(String where, String text, int maxLength) {
        if (text.codePointCount(0, text.length()) > maxLength) {
            throw ApiException.invalid(where, "Invalid string: " + where + " is longer than " + maxLength + " characters.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean loneSurrogate = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1)));
            if (c == 0 || loneSurrogate) {
                throw new ApiException(ErrorCode.INVALID_CHARACTERS, where, "Invalid characters: " + where + " holds a character that is not text.");
            }
            if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
        return text;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String text ? "'" + shortened(text) + "'" : kind(value);
    }

    /** A value as an error message may show it: never long enough to be a card number. */
    private static String shortened(String text) {
        return text.length() <= 11 ? text : text.substring(0, 8) + "...";
    }

    /** A name as an error message may show it: short, without control characters. */
    private static String named(String name) {
        String safe = name.replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= 60 ? safe : safe.substring(0, 57) + "...";
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String s -> "a string";
            case Boolean b -> "a boolean";
            case BigDecimal d -> "a decimal number";
            case Number n -> "a number";
            case List<?> l -> "a list";
            case Upload u -> "a file";
            default -> "an object";
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(Object value) {
        return (Map<String, @Nullable Object>) value;
    }
}
