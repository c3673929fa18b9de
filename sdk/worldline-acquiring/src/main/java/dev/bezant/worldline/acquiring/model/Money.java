package dev.bezant.worldline.acquiring.model;

import dev.bezant.sdk.model.MinorUnits;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Makes amounts that make sense, and reads them exactly.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 0"
 */
public interface Money {
    /**
     * @param minorUnits zero or more: 1234 is 12.34 EUR, 1.234 KWD and 1234 JPY
     * @param currencyCode ISO 4217, upper case
     * @throws IllegalArgumentException for an amount below zero, or a currency whose decimals are not known
     */
    static AmountData of(long minorUnits, String currencyCode) {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("an amount of " + minorUnits + ", expected zero or more minor units");
        }
        return AmountData.builder().amount(minorUnits).currencyCode(currencyCode).numberOfDecimals(digits(currencyCode)).build();
    }

    /**
     * Exact or refused: nothing is rounded.
     *
     * @param amount zero or more, with no more decimals than the currency has
     * @param currencyCode ISO 4217, upper case
     * @throws IllegalArgumentException for what is not
     */
    static AmountData of(BigDecimal amount, String currencyCode) {
        int digits = digits(currencyCode);
        try {
            return of(amount.movePointRight(digits).longValueExact(), currencyCode);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount.toPlainString() + " " + currencyCode + " has more than " + digits + " decimals", e);
        }
    }

    Optional<Long> amount();

    Optional<String> currencyCode();

    Optional<Integer> numberOfDecimals();

    /** Such as 12.34; empty when the amount is absent, or neither it nor its currency says how many decimals it has. */
    default Optional<BigDecimal> decimal() {
        var known = MinorUnits.digits(currencyCode().orElse(""));
        Optional<Integer> digits = numberOfDecimals().or(() -> known.isPresent() ? Optional.of(known.getAsInt()) : Optional.empty());
        return amount().flatMap(minor -> digits.filter(number -> number >= 0 && number <= 9).map(number -> BigDecimal.valueOf(minor, number)));
    }

    private static int digits(String currencyCode) {
        return MinorUnits.digits(currencyCode).orElseThrow(() -> new IllegalArgumentException(
                "the currency is '" + currencyCode + "', expected an ISO 4217 code such as EUR"));
    }
}
