package dev.bezant.sandbox.cardinity;

import org.jspecify.annotations.Nullable;

/** What the provider remembers of a card: never its number or code. */
record Card(String brand, String last4, int expYear, int expMonth, @Nullable String holder, CardBehaviour behaviour) {

    /**
     * The scheme by the number's first digits. Only the spelling {@code Visa} is known from the provider; the others are the simulator's.
     */
    static String brandOf(String pan) {
        int two = Integer.parseInt(pan.substring(0, 2));
        int four = Integer.parseInt(pan.substring(0, 4));
        if (pan.charAt(0) == '4') {
            return "Visa";
        }
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            return "Mastercard";
        }
        if (two == 34 || two == 37) {
            return "American Express";
        }
        if (two == 35) {
            return "JCB";
        }
        if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095) {
            return "Diners";
        }
        if (four == 6011 || two == 65 || (four >= 6440 && four <= 6499)) {
            return "Discover";
        }
        if (two == 62 || two == 81) {
            return "UnionPay";
        }
        return two == 50 || (two >= 56 && two <= 69) ? "Maestro" : "Unknown";
    }
}
