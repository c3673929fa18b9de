package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as Cardinity writes them: two decimals, whatever the currency. */
final class Money {
    private Money() {}

    /** @throws ArithmeticException for more than two decimals, which validation has refused before */
    static String text(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
    }
}
