package dev.bezant.corefy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as they are written: JSON numbers in major units. */
final class Amounts {
    private Amounts() {}

    /** Checked before; whole services get no decimal point at all. */
    static BigDecimal written(BigDecimal amount, boolean wholeOnly) {
        BigDecimal plain = amount.scale() < 0 ? amount.setScale(0) : amount;
        return wholeOnly ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
    }
}
