package dev.bezant.server.dialect;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the API as clients name it: {@code 2026-07-29.dahlia}. Any well-formed one is taken, also one that we have not heard
 * of: what decides is its date.
 *
 * @param text as it was sent
 * @see "docs/protocols/payments-api.md, section 7.1"
 */
public record ApiVersion(String text, LocalDate date) {
    private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(\\.[a-z][a-z0-9_-]{0,39})?");

    /** What events carry where nobody asked for a version: clients of Stripe for Java read an event only if they know its train. */
    public static final ApiVersion STANDARD = parse("2026-07-29.dahlia").orElseThrow();

    /** Empty if the text is no date, or has something else than a name behind it. */
    public static Optional<ApiVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ApiVersion(text, LocalDate.parse(matcher.group(1))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean before(LocalDate day) {
        return date.isBefore(day);
    }
}
