package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.card.Scheme;
import org.jspecify.annotations.Nullable;

/** What the provider remembers of a card: never its number or code. */
record Card(String brand, String last4, int expYear, int expMonth, @Nullable String holder, CardBehaviour behaviour) {

    /**
     * The scheme's name. Only the spelling {@code Visa} is known from the provider; the others are the simulator's.
     */
    static String brandOf(String pan) {
        return switch (Scheme.of(pan)) {
            case VISA -> "Visa";
            case MASTERCARD -> "Mastercard";
            case AMERICAN_EXPRESS -> "American Express";
            case JCB -> "JCB";
            case DINERS_CLUB -> "Diners";
            case DISCOVER -> "Discover";
            case UNIONPAY -> "UnionPay";
            case MAESTRO -> "Maestro";
            case UNKNOWN -> "Unknown";
        };
    }
}
