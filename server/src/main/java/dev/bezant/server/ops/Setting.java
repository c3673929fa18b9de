package dev.bezant.server.ops;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be set.
 *
 * @param key as in the file, such as {@code server.port}
 * @param standard the value when nobody sets it; null would be no text, so absence is the empty text
 * @param expected completes "expected ..."
 * @param secret whether its value is masked wherever it is shown, and may be a reference {@code file:/path}
 * @param meaning one sentence for the documentation
 * @param parse empty if the text is not a value
 */
public record Setting<T>(
        String key, String standard, String expected, boolean secret, String meaning, Function<String, Optional<T>> parse) {
    static Setting<String> text(String key, String standard, String meaning) {
        return new Setting<>(key, standard, "text", false, meaning, Optional::of);
    }

    static Setting<String> secret(String key, String meaning) {
        return new Setting<>(key, "", "text, or file:/path of a file that holds it", true, meaning, Optional::of);
    }

    static Setting<Integer> whole(String key, int standard, int min, int max, String meaning) {
        String expected = "a whole number from " + min + " to " + max;
        return new Setting<>(key, String.valueOf(standard), expected, false, meaning, text -> {
            try {
                int value = Integer.parseInt(text);
                return value < min || value > max ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static Setting<Boolean> flag(String key, boolean standard, String meaning) {
        return new Setting<>(key, String.valueOf(standard), "true or false", false, meaning, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static <E extends Enum<E>> Setting<E> choice(String key, E standard, String meaning) {
        List<E> all = Arrays.asList(standard.getDeclaringClass().getEnumConstants());
        String expected = "one of " + String.join(", ", all.stream().map(Setting::word).toList());
        return new Setting<>(key, word(standard), expected, false, meaning,
                text -> all.stream().filter(value -> word(value).equals(text)).findFirst());
    }

    /** An origin such as {@code https://pay.example.com}, or nothing. */
    static Setting<String> origin(String key, String meaning) {
        return new Setting<>(key, "", "an http or https address without a path, such as https://pay.example.com", false, meaning,
                text -> text.isEmpty() || isOrigin(text) ? Optional.of(text) : Optional.empty());
    }

    /** An http or https address, which may have a path; or nothing. */
    static Setting<String> address(String key, String meaning) {
        return new Setting<>(key, "", "an http or https address such as https://api.corefy.com", false, meaning, text -> {
            try {
                URI uri = URI.create(text);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                return text.isEmpty() || (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null)
                        ? Optional.of(text)
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** Several values, with commas between them. */
    static <E> Setting<List<E>> list(String key, String expected, String meaning, Function<String, Optional<E>> parse) {
        return new Setting<>(key, "", expected, false, meaning, text -> {
            List<Optional<E>> all = Arrays.stream(text.split(",", -1)).map(String::strip).filter(it -> !it.isEmpty()).map(parse).toList();
            return all.stream().allMatch(Optional::isPresent) ? Optional.of(all.stream().map(Optional::orElseThrow).toList()) : Optional.empty();
        });
    }

    /** How the environment names it: {@code BEZANT_SERVER_PORT}, and {@code COREFY_API_KEY} as everybody who speaks to Corefy names it. */
    public String environmentName() {
        String word = key.toUpperCase(Locale.ROOT).replace('.', '_');
        return key.startsWith("corefy.") ? word : "BEZANT_" + word;
    }

    static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
