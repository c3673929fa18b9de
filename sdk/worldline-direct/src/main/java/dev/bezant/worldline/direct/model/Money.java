package dev.bezant.worldline.direct.model;

import dev.bezant.sdk.model.MinorUnits;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Makes amounts that make sense, and reads them exactly.
 *
 * @see "docs/protocols/worldline-direct.md, section 0"
 */
public interface Money {
    /**
     * @param minorUnits zero or more: 1234 is 12.34 EUR, 1.234 KWD and 1234 JPY
     * @param currencyCode ISO 4217, upper case
     */
    static AmountOfMoney of(long minorUnits, String currencyCode) {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("an amount of " + minorUnits + ", expected zero or more minor units");
        }
        if (!currencyCode.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("the currency is '" + currencyCode + "', expected an ISO 4217 code such as EUR");
        }
        return AmountOfMoney.builder().amount(minorUnits).currencyCode(currencyCode).build();
    }

    /**
     * Exact or refused: nothing is rounded.
     *
     * @param amount zero or more, with no more decimals than the currency has
     * @param currencyCode ISO 4217, upper case
     */
    static AmountOfMoney of(BigDecimal amount, String currencyCode) {
        int digits = MinorUnits.digits(currencyCode).orElseThrow(() -> new IllegalArgumentException(
                "it is not known how many decimals '" + currencyCode + "' has: give the amount in minor units"));
        try {
            return of(amount.movePointRight(digits).longValueExact(), currencyCode);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount.toPlainString() + " " + currencyCode + " has more than " + digits + " decimals", e);
        }
    }

    Optional<Long> amount();

    Optional<String> currencyCode();

    /** Such as 12.34; empty when amount or currency is absent, or the currency's decimals are not known. */
    default Optional<BigDecimal> decimal() {
        var digits = MinorUnits.digits(currencyCode().orElse(""));
        return digits.isEmpty() ? Optional.empty() : amount().map(minor -> BigDecimal.valueOf(minor, digits.getAsInt()));
    }
}
