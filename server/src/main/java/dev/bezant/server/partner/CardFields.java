package dev.bezant.server.partner;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.method.CardDetails;
import dev.bezant.server.vault.Brands;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code card_number} and its siblings: everything that can be seen without asking anybody. */
final class CardFields {
    static final List<String> NAMES = List.of("card_number", "card_expiry_month", "card_expiry_year", "card_cvv", "card_holder_name");

    private CardFields() {}

    /**
     * A card as our own API takes it; what is wrong is left with the fields.
     *
     * @param withCvv whether the security code is wanted; else there must be none, as it must not be kept
     */
    static Map<String, @Nullable Object> read(Fields fields, boolean withCvv, Instant now) {
        String number = fields.required("card_number", 30);
        if (!fields.has("card_expiry_month")) {
            fields.missing("card_expiry_month");
        }
        if (!fields.has("card_expiry_year")) {
            fields.missing("card_expiry_year");
        }
        Integer month = fields.whole("card_expiry_month", 1, 12);
        Integer year = fields.whole("card_expiry_year", 0, 9999);
        String digits = number == null ? "" : number.replace(" ", "").replace("-", "");
        Brands.Brand brand = Brands.of(digits.matches("[0-9]+") ? digits : "");
        if (number != null && (!digits.matches("[0-9]+") || !brand.lengths().contains(digits.length()) || (brand.luhn() && !Brands.luhn(digits)))) {
            fields.wrong("card_number", "card_number is not the number of a card.");
        }
        if (month != null && year != null) {
            try {
                CardDetails.expiry(month, year, now);
            } catch (ApiException e) {
                fields.wrong(String.valueOf(e.param()).equals("exp_month") ? "card_expiry_month" : "card_expiry_year",
                        "The card has expired, or its expiry is too far ahead.");
            }
        }
        var card = new LinkedHashMap<String, @Nullable Object>();
        card.put("number", digits);
        card.put("exp_month", month == null ? null : month.longValue());
        card.put("exp_year", year == null ? null : year.longValue());
        if (withCvv) {
            String cvv = fields.required("card_cvv", 4);
            if (cvv != null && (!cvv.matches("[0-9]+") || !brand.cvcLengths().contains(cvv.length()))) {
                fields.wrong("card_cvv", "card_cvv is not the security code of such a card.");
            }
            card.put("cvc", cvv);
        } else if (fields.has("card_cvv")) {
            fields.text("card_cvv", 4);
            fields.wrong("card_cvv", "card_cvv cannot be kept with a saved card. Leave it out.");
        }
        return card;
    }
}
