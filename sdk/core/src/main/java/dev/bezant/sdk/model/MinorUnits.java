package dev.bezant.sdk.model;

import java.util.Currency;
import java.util.OptionalInt;
import java.util.Set;

/** How many decimals a currency has: ISO 4217's exceptions are written down here, since the lists of Java versions differ. */
public final class MinorUnits {
    private static final Set<String> NONE = Set.of("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF", "XOF", "XPF");
    private static final Set<String> THREE = Set.of("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");
    private static final Set<String> FOUR = Set.of("CLF", "UYW");

    private MinorUnits() {}

    /** Empty for what is not a currency that this JVM knows. */
    public static OptionalInt digits(String currencyCode) {
        if (NONE.contains(currencyCode)) {
            return OptionalInt.of(0);
        }
        if (THREE.contains(currencyCode)) {
            return OptionalInt.of(3);
        }
        if (FOUR.contains(currencyCode)) {
            return OptionalInt.of(4);
        }
        try {
            // Minus one is for gold, tests and the like.
            return Currency.getInstance(currencyCode).getDefaultFractionDigits() < 0 ? OptionalInt.empty() : OptionalInt.of(2);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }
}
