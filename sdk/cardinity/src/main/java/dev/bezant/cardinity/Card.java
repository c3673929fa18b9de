package dev.bezant.cardinity;

import dev.bezant.sdk.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card to be charged.
 *
 * @param pan 12 to 20 digits
 * @param expiryYear four digits
 * @param expiryMonth 1 to 12
 * @param cvc 3 or 4 digits; null only for mail and telephone orders
 * @param holder 1 to 32 characters
 */
public record Card(SecretText pan, int expiryYear, int expiryMonth, @Nullable SecretText cvc, String holder) {
    static final String MOTO_PREFIX = "CRD-MOTO";

    void validate(Violations violations, @Nullable String description, int currentYear) {
        String digits = pan.reveal();
        violations.check(digits.matches("[0-9]{12,20}") && luhn(digits), "payment_instrument.pan", "must be a valid card number");
        violations.check(expiryYear >= currentYear && expiryYear <= 9999, "payment_instrument.exp_year", "must be " + currentYear + " or later");
        violations.check(expiryMonth >= 1 && expiryMonth <= 12, "payment_instrument.exp_month", "must be between 1 and 12");
        boolean moto = description != null && description.startsWith(MOTO_PREFIX);
        violations.check(cvc == null ? moto : cvc.reveal().matches("[0-9]{3,4}"), "payment_instrument.cvc", "must be 3 or 4 digits");
        violations.length("payment_instrument.holder", holder, 1, 32);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("pan", pan.reveal());
        json.put("exp_year", expiryYear);
        json.put("exp_month", expiryMonth);
        if (cvc != null) {
            json.put("cvc", cvc.reveal());
        }
        json.put("holder", holder);
        return json;
    }

    /** The holder is personal data too. */
    @Override
    public String toString() {
        return "Card[" + pan.maskedCardNumber() + "]";
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
