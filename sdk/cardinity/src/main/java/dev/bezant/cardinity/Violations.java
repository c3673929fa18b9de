package dev.bezant.cardinity;

import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, all of it, before anything is sent. Messages never quote card data. */
final class Violations {
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

    /** Exact in two decimals: a finer amount is refused, never rounded. */
    void amount(BigDecimal amount, BigDecimal least) {
        check(amount.stripTrailingZeros().scale() <= 2, "amount", "must have at most 2 decimals, is " + amount.toPlainString());
        check(amount.compareTo(least) >= 0, "amount", "must be at least " + least.toPlainString() + ", is " + amount.toPlainString());
        check(amount.compareTo(new BigDecimal("10000000")) < 0, "amount", "must be below 10000000, is " + amount.toPlainString());
    }

    void finish() {
        if (!found.isEmpty()) {
            throw new InvalidRequestException(found);
        }
    }
}
