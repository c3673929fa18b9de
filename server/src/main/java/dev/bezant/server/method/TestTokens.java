package dev.bezant.server.method;

import dev.bezant.server.kernel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The test cards of the API and the names that stand for them; for test mode only.
 *
 * <p>A name gives a number and nothing else: what the number does is the provider's simulator's matter.
 *
 * @see "docs/protocols/payments-api.md, section 8"
 */
public final class TestTokens {
    private static final String METHOD_PREFIX = "pm_card_";
    private static final String TOKEN_PREFIX = "tok_";
    private static final Map<String, String> NUMBERS = new HashMap<>();
    private static final Map<String, Facts> FACTS = new HashMap<>();

    static {
        load();
    }

    /** What the issuer's table would know of a test number. */
    record Facts(String funding, @Nullable String country) {
        static final Facts NONE = new Facts("unknown", null);
    }

    private TestTokens() {}

    /** The number behind {@code pm_card_visa} or {@code tok_visa}. */
    public static Optional<Secret> find(String name) {
        String token = name.startsWith(METHOD_PREFIX)
                ? name.substring(METHOD_PREFIX.length())
                : name.startsWith(TOKEN_PREFIX) ? name.substring(TOKEN_PREFIX.length()) : "";
        return Optional.ofNullable(NUMBERS.get(token)).map(Secret::of);
    }

    /** Whether an id has the form of a test method; it may still be none. */
    public static boolean looksLikeMethod(String id) {
        return id.startsWith(METHOD_PREFIX);
    }

    static Facts facts(Secret number) {
        return FACTS.getOrDefault(number.reveal(), Facts.NONE);
    }

    private static void load() {
        try (var in = Objects.requireNonNull(TestTokens.class.getResourceAsStream("test-cards.csv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
                String[] c = line.split(",", -1);
                FACTS.put(c[0], new Facts(c[2].isEmpty() ? "unknown" : c[2], c[3].isEmpty() ? null : c[3]));
                for (String token : c[1].split("\\|", -1)) {
                    if (!token.isEmpty()) {
                        NUMBERS.put(token, c[0]);
                    }
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
