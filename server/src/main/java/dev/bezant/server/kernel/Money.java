package dev.bezant.server.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in whole API units of one currency; never negative arithmetic by accident, never floating point.
 *
 * @param amount API minor units, 0 or more
 */
public record Money(long amount, Currency currency) {
    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("Amount " + amount + " " + currency + " is negative");
        }
    }

    public static Money of(long amount, String currency) {
        return new Money(amount, Currency.of(currency));
    }

    /**
     * The sum, in the same currency.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        requireSame(other);
        return new Money(Math.addExact(amount, other.amount), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the currencies differ or the result would be negative
     */
    public Money minus(Money other) {
        requireSame(other);
        return new Money(Math.subtractExact(amount, other.amount), currency);
    }

    /**
     * The amount with the digits of ISO 4217, as providers that take decimals want it: 5000 ISK of the API is {@code 50}.
     *
     * @throws ArithmeticException if that would round
     */
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(amount, currency.apiDigits()).setScale(currency.isoDigits(), RoundingMode.UNNECESSARY);
    }

    /**
     * The inverse of {@link #toDecimal()}; trailing zeros beyond the currency's digits are fine.
     *
     * @throws ArithmeticException if the value does not fit whole API units exactly
     */
    public static Money fromDecimal(BigDecimal value, Currency currency) {
        return new Money(value.setScale(currency.apiDigits(), RoundingMode.UNNECESSARY).unscaledValue().longValueExact(), currency);
    }

    /**
     * The amount in the minor units of ISO 4217, as providers that take whole numbers want it: 5000 ISK of the API is {@code 50}.
     *
     * @throws ArithmeticException if that would round
     */
    public long toMinorUnits() {
        return toDecimal().unscaledValue().longValueExact();
    }

    /** The inverse of {@link #toMinorUnits()}. */
    public static Money ofMinorUnits(long units, Currency currency) {
        return fromDecimal(BigDecimal.valueOf(units, currency.isoDigits()), currency);
    }

    private void requireSame(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot combine " + this + " with " + other + ": the currencies differ");
        }
    }

    /** For people: {@code 50.00 EUR}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(amount, currency.apiDigits()).toPlainString() + " " + currency.code().toUpperCase(java.util.Locale.ROOT);
    }
}
