package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.card.Scheme;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What the provider remembers of a card: never its number or code.
 *
 * @param expiryYear two digits
 * @param cardId of the vault
 */
record Card(String first, String last, int length, Scheme scheme, int expiryMonth, int expiryYear, String holder, String cardId,
        CardBehaviour behaviour) {

    static Card of(String pan, int month, int year, String holder) {
        return new Card(pan.substring(0, 6), pan.substring(pan.length() - 4), pan.length(), Scheme.of(pan), month, year % 100, holder,
                Ids.next("card_"), CardBehaviour.of(pan));
    }

    String mask() {
        return first + "*".repeat(length - 10) + last;
    }

    /** Such as {@code 0430}. */
    String expiry() {
        return String.format(Locale.ROOT, "%02d%02d", expiryMonth, expiryYear);
    }

    boolean isExpired(Instant now) {
        return YearMonth.of(2000 + expiryYear, expiryMonth).isBefore(YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    }

    CardBehaviour.Verdict verdict(long amount, Instant now, boolean payerPresent) {
        return behaviour.verdict(amount, expiry(), isExpired(now), payerPresent);
    }

    String network() {
        return switch (scheme) {
            case VISA -> "VISA";
            case MASTERCARD -> "MASTERCARD";
            case AMERICAN_EXPRESS -> "AMEX";
            case JCB -> "JCB";
            case DINERS_CLUB -> "DINERS";
            case DISCOVER -> "DISCOVER";
            case UNIONPAY -> "UNIONPAY";
            case MAESTRO -> "MAESTRO";
            case UNKNOWN -> "UNKNOWN";
        };
    }
}
