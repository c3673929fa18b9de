package dev.bezant.server.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the brand off a card number, from a reviewed table of prefixes ({@code bins.csv}).
 *
 * @see "docs/protocols/cardinity.md, section 10"
 */
public final class Brands {
    /** What a number of no known prefix is held to: ISO/IEC 7812. */
    private static final Brand UNKNOWN = new Brand("unknown", Set.of(12, 13, 14, 15, 16, 17, 18, 19), Set.of(3, 4), true);

    private static final List<Range> RANGES = load();

    /**
     * A brand and what its numbers look like.
     *
     * @param word as the API names it; {@code maestro} is ours alone
     * @param lengths digits of the number
     * @param cvcLengths digits of the CVC
     * @param luhn whether the last digit must be Luhn's
     */
    public record Brand(String word, Set<Integer> lengths, Set<Integer> cvcLengths, boolean luhn) {}

    private record Range(String first, String last, Brand brand) {
        boolean holds(String number) {
            if (number.length() < first.length()) {
                return false;
            }
            String prefix = number.substring(0, first.length());
            return prefix.compareTo(first) >= 0 && prefix.compareTo(last) <= 0;
        }
    }

    private Brands() {}

    /** The brand of a number, or of as much of it as is known; {@code unknown} if fewer than four digits are. */
    public static Brand of(String digits) {
        if (digits.length() < 4) {
            return UNKNOWN;
        }
        return RANGES.stream().filter(range -> range.holds(digits)).findFirst().map(Range::brand).orElse(UNKNOWN);
    }

    /** Whether the last digit is the check digit of the others. */
    public static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }

    private static List<Range> load() {
        try (var in = Objects.requireNonNull(Brands.class.getResourceAsStream("bins.csv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> range(line.split(",", -1)))
                    .sorted(Comparator.<Range>comparingInt(range -> range.first().length()).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Range range(String[] c) {
        Set<Integer> lengths = Arrays.stream(c[3].split("\\|")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
        Set<Integer> cvc = IntStream.of(Integer.parseInt(c[4])).boxed().collect(Collectors.toUnmodifiableSet());
        if (c[0].length() != c[1].length() || c[0].compareTo(c[1]) > 0) {
            throw new IllegalStateException("bins.csv: range " + c[0] + "-" + c[1] + " is not one");
        }
        return new Range(c[0], c[1], new Brand(c[2], lengths, cvc, c[5].equals("yes")));
    }
}
