package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card to be charged.
 *
 * @param number 12 to 19 digits
 * @param expiryMonth 1 to 12
 * @param expiryYear two or four digits; past dates are meaningful on test cards and only refused outside test mode
 * @param cvv 3 or 4 digits; null where the acquirer does without
 * @param holder null becomes {@code CARD HOLDER}
 */
public record Card(SecretText number, int expiryMonth, int expiryYear, @Nullable SecretText cvv, @Nullable String holder) {
    private static final String HOLDER_STANDARD = "CARD HOLDER";

    void validate(Violations violations, boolean testMode, YearMonth now) {
        String digits = number.reveal();
        violations.check(digits.matches("[0-9]{12,19}") && luhn(digits), "card_number", "must be a valid card number");
        violations.check(expiryMonth >= 1 && expiryMonth <= 12, "exp_month", "must be between 1 and 12");
        boolean year = (expiryYear >= 0 && expiryYear <= 99) || (expiryYear >= 2000 && expiryYear <= 2099);
        violations.check(year, "exp_year", "must have two digits, or be between 2000 and 2099");
        if (!testMode && year && expiryMonth >= 1 && expiryMonth <= 12) {
            violations.check(!YearMonth.of(2000 + expiryYear % 100, expiryMonth).isBefore(now), "exp_year", "must not be past");
        }
        violations.check(cvv == null || cvv.reveal().matches("[0-9]{3,4}"), "cvv", "must be 3 or 4 digits");
        violations.length("card_holder", holder, 1, 100);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("card_number", number.reveal());
        json.put("card_holder", holder == null ? HOLDER_STANDARD : holder);
        Json.put(json, "cvv", cvv == null ? null : cvv.reveal());
        json.put("exp_month", twoDigits(expiryMonth));
        json.put("exp_year", twoDigits(expiryYear % 100));
        return json;
    }

    /** The holder is personal data too. */
    @Override
    public String toString() {
        return "Card[" + number.maskedCardNumber() + "]";
    }

    static String twoDigits(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
