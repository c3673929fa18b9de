package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.card.TestCard.Sca;
import dev.bezant.sandbox.world.Luhn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a card: never its number, nor its code.
 *
 * @param bin the first six digits
 * @param expiry {@code MMYYYY}
 * @param brand as the request names it, else of the number
 * @param shared the test card that every provider knows; null for any other
 * @param accountReference the PAR: the same for the same number
 */
record CardFacts(String bin, String last4, String expiry, String brand, String country, boolean isNumber, @Nullable TestCard shared,
        String accountReference) {

    static CardFacts of(String number, String expiry, @Nullable String brand) {
        return new CardFacts(number.substring(0, 6), number.substring(number.length() - 4), expiry,
                brand == null ? Cards.brandOf(number) : brand, Cards.countryOf(number), Luhn.holds(number), TestCard.of(number),
                "V001" + digest(number).substring(0, 25).toUpperCase(Locale.ROOT));
    }

    Sca sca() {
        return shared == null ? Sca.NONE : shared.sca();
    }

    Aftermath aftermath() {
        return shared == null ? Aftermath.NONE : shared.aftermath();
    }

    /** Six digits, stars, four digits: as disputes show it. */
    String masked() {
        return bin + "******" + last4;
    }

    boolean isExpired(Instant now) {
        var month = expiryMonth(expiry);
        return month != null && month.isBefore(YearMonth.from(now.atZone(ZoneOffset.UTC)));
    }

    /** The month of {@code MMYYYY}, or null if it is none. */
    static @Nullable YearMonth expiryMonth(String text) {
        if (!text.matches("\\d{6}")) {
            return null;
        }
        try {
            return YearMonth.of(Integer.parseInt(text.substring(2)), Integer.parseInt(text.substring(0, 2)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
