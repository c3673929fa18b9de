package dev.bezant.server.method;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.vault.Brands;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A card as a request gives it, checked as far as that goes without asking anybody.
 *
 * @param number digits only
 * @param expYear four digits
 * @param cvc null if none was given
 */
public record CardDetails(Secret number, int expMonth, int expYear, @Nullable Secret cvc, Brands.Brand brand) implements NewPaymentMethod.Instrument {
    private static final int YEARS_AHEAD_MAX = 50;
    /** A card is good until its month ends where it ends last. */
    private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

    /**
     * Reads the members of a {@code card} map.
     *
     * @throws ApiException 402 with the code of the member that is wrong
     * @see "docs/protocols/payments-api.md, section 5.4"
     */
    static CardDetails read(Params card, Instant now) {
        String number = digits(card.requiredText("number", 100));
        long month = card.requiredInteger("exp_month", Long.MIN_VALUE, Long.MAX_VALUE);
        long year = card.requiredInteger("exp_year", Long.MIN_VALUE, Long.MAX_VALUE);
        String cvc = card.text("cvc", 100);
        card.ignore("networks");
        Brands.Brand brand = Brands.of(number);
        checkNumber(number, brand);
        YearMonth expiry = expiry(month, year, now);
        if (card.has("cvc") && (cvc == null || !cvc.matches("[0-9]+") || !brand.cvcLengths().contains(cvc.length()))) {
            throw new ApiException(ErrorCode.INVALID_CVC, "cvc", "Your card's security code is invalid.");
        }
        return new CardDetails(Secret.of(number), expiry.getMonthValue(), expiry.getYear(), cvc == null ? null : Secret.of(cvc), brand);
    }

    /** A test card, good for five years, with a CVC of the right length. */
    static CardDetails ofTest(Secret number, Instant now) {
        Brands.Brand brand = Brands.of(number.reveal());
        Secret cvc = Secret.of(brand.cvcLengths().contains(4) ? "1234" : "123");
        return new CardDetails(number, 12, YearMonth.from(now.atOffset(ZoneOffset.UTC)).getYear() + 5, cvc, brand);
    }

    /**
     * Checks an expiry; a year of two digits is of this century.
     *
     * @throws ApiException 402 invalid_expiry_month or invalid_expiry_year
     */
    public static YearMonth expiry(long month, long year, Instant now) {
        if (month < 1 || month > 12) {
            throw new ApiException(ErrorCode.INVALID_EXPIRY_MONTH, "exp_month", "Your card's expiration month is invalid.");
        }
        YearMonth thisMonth = YearMonth.from(now.atOffset(LAST_ZONE));
        long fullYear = year >= 0 && year < 100 ? 2000 + year : year;
        if (fullYear < thisMonth.getYear() || fullYear > thisMonth.getYear() + YEARS_AHEAD_MAX) {
            throw new ApiException(ErrorCode.INVALID_EXPIRY_YEAR, "exp_year", "Your card's expiration year is invalid.");
        }
        YearMonth expiry = YearMonth.of((int) fullYear, (int) month);
        if (expiry.isBefore(thisMonth)) {
            throw new ApiException(ErrorCode.INVALID_EXPIRY_MONTH, "exp_month", "Your card's expiration month is invalid.");
        }
        return expiry;
    }

    private static void checkNumber(String number, Brands.Brand brand) {
        if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9') || !brand.lengths().contains(number.length())) {
            throw new ApiException(ErrorCode.INVALID_NUMBER, "number", "The card number is not a valid credit card number.");
        }
        if (brand.luhn() && !Brands.luhn(number)) {
            throw new ApiException(ErrorCode.INCORRECT_NUMBER, "number", "Your card number is incorrect.");
        }
    }

    /** People write numbers in groups. */
    private static String digits(String number) {
        return number.replace(" ", "").replace("-", "");
    }
}
