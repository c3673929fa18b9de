package dev.bezant.server.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Makes ids: a prefix, eight characters of time in milliseconds, three that count within a millisecond, nine random ones (53 bits).
 *
 * <p>Time comes first so that inserts stay at the right edge of an index; the alphabet is in ASCII order and id columns are
 * compared bytewise, so that sorting by id is sorting by time, and what one process makes is in the order of making.
 */
public final class Ids {
    private static final char[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int TIME_CHARS = 8;
    private static final int COUNT_CHARS = 3;
    private static final int RANDOM_CHARS = 9;
    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9A-Za-z]{" + (TIME_CHARS + COUNT_CHARS + RANDOM_CHARS) + "}");
    /** How many ids fit a millisecond: 62 to the third. */
    private static final long PER_MILLI = 62L * 62 * 62;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Milliseconds times {@link #PER_MILLI} plus the count within; only ever grows, also when the clock is set back. */
    private final AtomicLong last = new AtomicLong();

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** A new id such as {@code pi_0VZk3xQa1b2C3d4E5f6G}. */
    public String next(String prefix) {
        return prefix + "_" + body();
    }

    /**
     * A new reference that every provider accepts: letters, digits and a hyphen, 22 characters, no underscore.
     *
     * @see "docs/protocols/cardinity.md, section 2.1"
     */
    public String reference() {
        return "b-" + body();
    }

    /** Random base62 text without time in it, for secrets. */
    public String secret(int chars) {
        var text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    /** The smallest id body of a moment, for range scans by time. */
    public static String lowerBound(Instant moment) {
        return base62(moment.toEpochMilli(), TIME_CHARS);
    }

    /** When an id was made; empty if the text is no id that this class makes. */
    public static Optional<Instant> moment(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        int begin = id.lastIndexOf('_') + 1;
        long millis = 0;
        for (char c : id.substring(begin, begin + TIME_CHARS).toCharArray()) {
            millis = millis * ALPHABET.length + Arrays.binarySearch(ALPHABET, c);
        }
        return Optional.of(Instant.ofEpochMilli(millis));
    }

    private String body() {
        long bits = random.nextLong();
        // Begins low in the millisecond, so that there is room to count up.
        long begin = clock.millis() * PER_MILLI + Long.remainderUnsigned(bits, PER_MILLI / 2);
        long mine = last.updateAndGet(previous -> Math.max(begin, previous + 1));
        return base62(mine / PER_MILLI, TIME_CHARS) + base62(mine % PER_MILLI, COUNT_CHARS) + base62(random.nextLong() >>> 1, RANDOM_CHARS);
    }

    private static String base62(long value, int chars) {
        char[] text = new char[chars];
        long rest = value;
        for (int i = chars - 1; i >= 0; i--) {
            text[i] = ALPHABET[(int) (rest % ALPHABET.length)];
            rest /= ALPHABET.length;
        }
        return new String(text);
    }
}
