package dev.bezant.client;

import dev.bezant.sdk.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card as its payer gives it.
 *
 * @param number digits
 * @param expiryMonth 1 to 12
 * @param expiryYear two or four digits
 * @param cvv three or four digits; null where it is not known
 * @param holder null where it is not known
 */
public record Card(SecretText number, int expiryMonth, int expiryYear, @Nullable SecretText cvv, @Nullable String holder) {
    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("card_number", number.reveal());
        body.put("card_expiry_month", expiryMonth);
        body.put("card_expiry_year", expiryYear);
        CorefyIntegration.put(body, "card_cvv", cvv == null ? null : cvv.reveal());
        CorefyIntegration.put(body, "card_holder_name", holder);
        return body;
    }

    /** Masked. */
    @Override
    public String toString() {
        return "Card[" + number.maskedCardNumber() + "]";
    }
}
