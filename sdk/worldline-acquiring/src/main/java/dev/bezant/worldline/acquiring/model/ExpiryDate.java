package dev.bezant.worldline.acquiring.model;

import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last month of a card, {@code MMYYYY} on the wire. Made by a caller it is a real month; read from an answer it is whatever came.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 0"
 */
public final class ExpiryDate {
    private static final int CENTURY = 2000;

    private final String wire;

    private ExpiryDate(String wire) {
        this.wire = wire;
    }

    /**
     * @param month 1 to 12
     * @param year four digits, 2000 to 2099
     */
    public static ExpiryDate of(int month, int year) {
        if (month < 1 || month > 12 || year < CENTURY || year >= CENTURY + 100) {
            throw new IllegalArgumentException("an expiry of month " + month + " of the year " + year + ", expected 1 to 12 of 2000 to 2099");
        }
        return new ExpiryDate("%02d%04d".formatted(month, year));
    }

    public static ExpiryDate of(YearMonth month) {
        return of(month.getMonthValue(), month.getYear());
    }

    /** As received, whatever it is. */
    public static ExpiryDate ofWire(String text) {
        return new ExpiryDate(text);
    }

    public String wire() {
        return wire;
    }

    /** Empty when what was received is no month. */
    public Optional<YearMonth> yearMonth() {
        return wire.matches("(0[1-9]|1[0-2])20[0-9]{2}")
                ? Optional.of(YearMonth.of(Integer.parseInt(wire.substring(2)), Integer.parseInt(wire.substring(0, 2))))
                : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExpiryDate that && wire.equals(that.wire);
    }

    @Override
    public int hashCode() {
        return Objects.hash(wire);
    }

    /** Card data. */
    @Override
    public String toString() {
        return "****";
    }
}
