package dev.bezant.worldline.direct.model;

import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last month of a card, {@code MMYY} on the wire. Made by a caller it is a real month; read from an answer it is whatever came, for instance
 * a masked one.
 *
 * @see "docs/protocols/worldline-direct.md, section 2"
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
        return new ExpiryDate("%02d%02d".formatted(month, year - CENTURY));
    }

    public static ExpiryDate of(YearMonth month) {
        return of(month.getMonthValue(), month.getYear());
    }

    /** @param text {@code MMYY} or {@code MM/YY} */
    public static ExpiryDate parse(String text) {
        if (!text.matches("(0[1-9]|1[0-2])/?[0-9]{2}")) {
            throw new IllegalArgumentException("an expiry is given as MMYY or MM/YY, such as 1230");
        }
        return new ExpiryDate(text.replace("/", ""));
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
        return wire.matches("(0[1-9]|1[0-2])[0-9]{2}")
                ? Optional.of(YearMonth.of(CENTURY + Integer.parseInt(wire.substring(2)), Integer.parseInt(wire.substring(0, 2))))
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
