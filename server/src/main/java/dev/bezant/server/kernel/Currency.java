package dev.bezant.server.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A currency as the API counts it.
 *
 * @param code ISO 4217, lower-case, three letters
 * @param apiDigits how many decimal digits one API unit has: 2 for EUR, 0 for JPY, 3 for KWD
 * @param isoDigits the digits of ISO 4217, which providers use; differs from {@code apiDigits} for ISK and UGX
 * @param step every API amount is a multiple of this many units (100 for ISK, 10 for KWD)
 * @param minimum the smallest charge in API units; 0 where none is published
 * @see "docs/protocols/payments-api.md, section 3.7"
 */
public record Currency(String code, int apiDigits, int isoDigits, int step, long minimum) {
    private static final Map<String, Currency> ALL = load();

    /** Finds a currency by its lower-case code. */
    public static Optional<Currency> find(String code) {
        return Optional.ofNullable(ALL.get(code));
    }

    /** @throws IllegalArgumentException if the table has no such currency */
    public static Currency of(String code) {
        Currency found = ALL.get(code);
        if (found == null) {
            throw new IllegalArgumentException("Unknown currency '" + code + "', expected a lower-case ISO 4217 code such as eur");
        }
        return found;
    }

    /** Whether an amount of API units is one the currency has: a multiple of its {@link #step()}. */
    public boolean divides(long amount) {
        return amount % step == 0;
    }

    public static Set<String> codes() {
        return ALL.keySet();
    }

    private static Map<String, Currency> load() {
        var all = new LinkedHashMap<String, Currency>();
        try (var in = Objects.requireNonNull(Currency.class.getResourceAsStream("currencies.csv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(",", -1))
                    .forEach(c -> all.put(
                            c[0].toLowerCase(Locale.ROOT),
                            new Currency(
                                    c[0],
                                    Integer.parseInt(c[1]),
                                    Integer.parseInt(c[2]),
                                    Integer.parseInt(c[3]),
                                    Long.parseLong(c[4]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(all);
    }

    @Override
    public String toString() {
        return code;
    }
}
