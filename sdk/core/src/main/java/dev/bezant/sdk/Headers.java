package dev.bezant.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** HTTP headers in the order in which they are sent; names compare without regard to case. Immutable. */
public final class Headers {
    private static final Headers EMPTY = new Headers(List.of());
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[\\s&&[^\\r\\n]]*");

    private final List<Header> list;

    private Headers(List<Header> list) {
        this.list = List.copyOf(list);
    }

    /**
     * One header.
     *
     * @param name a token of RFC 9110; anything else is refused, so that no caller can smuggle in a second header
     * @param value line folds become one space and the ends are trimmed: what is signed is what is sent
     */
    public record Header(String name, String value) {
        public Header {
            if (!isToken(name)) {
                throw new IllegalArgumentException("not a header name: '" + name + "'");
            }
            value = unfold(value);
        }
    }

    public static Headers empty() {
        return EMPTY;
    }

    /** @param namesAndValues name, value, name, value, ... */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header without a value: " + namesAndValues[namesAndValues.length - 1]);
        }
        var list = new ArrayList<Header>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            list.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(list);
    }

    /** These headers and one more, at the end; an earlier one of the same name is replaced. */
    public Headers with(String name, String value) {
        return without(name).and(of(name, value));
    }

    public Headers without(String name) {
        return new Headers(list.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList());
    }

    /** These headers followed by others; nothing is replaced. */
    public Headers and(Headers others) {
        var joined = new ArrayList<>(list);
        joined.addAll(others.list);
        return new Headers(joined);
    }

    public Optional<String> first(String name) {
        return list.stream().filter(header -> header.name().equalsIgnoreCase(name)).map(Header::value).findFirst();
    }

    public List<String> all(String name) {
        return list.stream().filter(header -> header.name().equalsIgnoreCase(name)).map(Header::value).toList();
    }

    public List<Header> list() {
        return list;
    }

    /** Names only: values may hold credentials. */
    @Override
    public String toString() {
        return list.stream().map(Header::name).collect(Collectors.joining(", ", "Headers[", "]"));
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }

    private static String unfold(String value) {
        String unfolded = value.indexOf('\n') < 0 ? value.trim() : FOLD.matcher(value).replaceAll(" ").trim();
        for (int i = 0; i < unfolded.length(); i++) {
            char c = unfolded.charAt(i);
            if ((c < 32 && c != '\t') || c == 127) {
                throw new IllegalArgumentException("a header value holds a control character");
            }
        }
        return unfolded;
    }
}
