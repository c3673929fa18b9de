package dev.bezant.sdk.config;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings one by one, remembers every mistake and reports all of them in {@link #finish()}. A key that nobody asked for is a mistake too:
 * it is usually a misspelt one. Not for use by several threads.
 */
public final class Settings {
    private final Properties properties;
    private final String source;
    private final String prefix;
    private final Set<String> asked = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Settings(Properties given, String source, String prefix, UnaryOperator<String> spelling) {
        this.source = source;
        this.prefix = prefix;
        properties = new Properties();
        for (String key : new TreeSet<>(given.stringPropertyNames())) {
            if (properties.setProperty(spelling.apply(key), given.getProperty(key)) != null) {
                problems.add(key + " is given twice, in two spellings (" + source + ")");
            }
        }
    }

    /** @param prefix of the keys that belong to us, such as {@code cardinity.}; others are left alone */
    public static Settings read(Path file, String prefix) {
        return read(file, prefix, UnaryOperator.identity());
    }

    /** @param spelling brings a key as it is written in the file into the one spelling that is asked for */
    public static Settings read(Path file, String prefix, UnaryOperator<String> spelling) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(List.of("cannot read " + file + ": " + e));
        }
        return new Settings(properties, String.valueOf(file.getFileName()), prefix, spelling);
    }

    public static Settings of(Properties properties, String prefix) {
        return of(properties, prefix, UnaryOperator.identity());
    }

    public static Settings of(Properties properties, String prefix, UnaryOperator<String> spelling) {
        return of(properties, "properties", prefix, spelling);
    }

    /** @param source for messages, such as the name of the file that the properties are from */
    public static Settings of(Properties properties, String source, String prefix, UnaryOperator<String> spelling) {
        return new Settings(properties, source, prefix, spelling);
    }

    public Optional<String> text(String key) {
        asked.add(prefix + key);
        return Optional.ofNullable(properties.getProperty(prefix + key)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** @return an empty text when it is missing, which {@link #finish()} then reports */
    public String requiredText(String key) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            problems.add(prefix + key + " is missing (" + source + ")");
        }
        return value.orElse("");
    }

    /** Like {@link #requiredText}; the value never appears in a report. */
    public SecretText requiredSecret(String key) {
        return SecretText.of(requiredText(key));
    }

    public Optional<URI> httpUri(String key) {
        return parsed(key, "an address such as https://api.example.com/v1", text -> {
            URI uri = URI.create(text);
            boolean usable = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getRawQuery() == null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            return usable ? uri : null;
        });
    }

    /** A whole number of milliseconds above zero. */
    public Optional<Duration> millis(String key) {
        return parsed(key, "a whole number of milliseconds above zero such as 30000", text -> {
            long millis = Long.parseLong(text);
            return millis > 0 ? Duration.ofMillis(millis) : null;
        });
    }

    public Optional<Integer> integer(String key, int least, int most) {
        return parsed(key, "a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            return number >= least && number <= most ? number : null;
        });
    }

    public Optional<Boolean> bool(String key) {
        return parsed(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    /** A mistake that only the caller can see. */
    public void problem(String key, String message) {
        problems.add(prefix + key + " " + message + " (" + source + ")");
    }

    /** @throws ConfigurationException with every mistake, if there is any */
    public void finish() {
        var unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeIf(key -> !key.startsWith(prefix) || asked.contains(key));
        unknown.forEach(key -> problems.add(key + " is not a setting (" + source + "); known are " + new TreeSet<>(asked)));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private <T> Optional<T> parsed(String key, String expected, Function<String, @Nullable T> parser) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        T value;
        try {
            value = parser.apply(text.get());
        } catch (IllegalArgumentException e) {
            value = null;
        }
        if (value == null) {
            problems.add(prefix + key + " is '" + text.get() + "', expected " + expected + " (" + source + ")");
        }
        return Optional.ofNullable(value);
    }
}
