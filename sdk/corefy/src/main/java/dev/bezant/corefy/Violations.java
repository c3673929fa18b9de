package dev.bezant.corefy;

import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Violation;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, all of it, before anything is sent. Messages never quote card data. */
final class Violations {
    /** Corefy reads JSON numbers as PHP does, in binary: more digits than this might not arrive as they were sent. */
    private static final int AMOUNT_DIGITS_MAX = 15;

    private final List<Violation> found = new ArrayList<>();

    void check(boolean holds, String field, String expected) {
        if (!holds) {
            found.add(new Violation(field, expected));
        }
    }

    void length(String field, @Nullable String text, int least, int most) {
        if (text != null) {
            int length = text.codePointCount(0, text.length());
            check(length >= least && length <= most, field, least == 0
                    ? "must be at most " + most + " characters"
                    : "must be between " + least + " and " + most + " characters");
        }
    }

    void matches(String field, @Nullable String text, String pattern, String expected) {
        if (text != null) {
            check(text.matches(pattern), field, expected);
        }
    }

    void currency(String currency) {
        matches("currency", currency, "[A-Z]{3}", "must be an ISO 4217 code in upper case, is '" + currency + "'");
    }

    /**
     * An amount in major units, sent exactly as it is or refused.
     *
     * @param wholeOnly for services that take no fractions
     */
    void amount(BigDecimal amount, boolean wholeOnly) {
        check(amount.signum() > 0, "amount", "must be above 0, is " + amount.toPlainString());
        BigDecimal bare = amount.stripTrailingZeros();
        check(bare.precision() - Math.min(0, bare.scale()) <= AMOUNT_DIGITS_MAX && bare.scale() <= 8, "amount",
                "must have at most " + AMOUNT_DIGITS_MAX + " digits, 8 of them after the point");
        check(!wholeOnly || bare.scale() <= 0, "amount", "must be whole, as integerAmounts says; is " + amount.toPlainString());
    }

    void webAddress(String field, @Nullable URI address) {
        if (address != null) {
            check(address.getHost() != null && ("https".equals(address.getScheme()) || "http".equals(address.getScheme())), field,
                    "must be an http or https address");
        }
    }

    /** @throws InvalidRequestException with everything found, if there is anything */
    void finish() {
        if (!found.isEmpty()) {
            throw new InvalidRequestException(found);
        }
    }
}
