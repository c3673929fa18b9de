package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.json.JsonFields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The card that paid, and the token it is charged by again.
 *
 * @param token present where it was asked for; charges the same customer's card until the card expires
 * @param authType such as {@code card}
 * @param mask such as {@code 512381******0000}
 * @param network such as {@code MASTERCARD}
 * @param expiryYear two digits, as Corefy writes it
 * @param cardId of Corefy's vault
 * @param eci of a passed 3-D Secure authentication
 * @param other what else Corefy sent about the card
 */
public record CardPayload(
        @Nullable SecretText token,
        @Nullable String authType,
        @Nullable String mask,
        @Nullable String brand,
        @Nullable String type,
        @Nullable String network,
        @Nullable String holder,
        @Nullable Integer expiryMonth,
        @Nullable Integer expiryYear,
        @Nullable String cardId,
        @Nullable String issuerCountry,
        @Nullable String eci,
        Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of(
            "mask", "brand", "type", "network", "holder", "expiry_month", "expiry_year", "card_id", "issuer_country", "verification");

    static @Nullable CardPayload of(JsonFields invoice) {
        JsonFields payload = invoice.object("payload").orElse(null);
        if (payload == null) {
            return null;
        }
        JsonFields card = payload.object("payment_card").orElse(null);
        String token = payload.text("token");
        SecretText secret = token == null || token.isEmpty() ? null : SecretText.of(token);
        if (card == null) {
            return secret == null
                    ? null
                    : new CardPayload(secret, payload.text("auth_type"), null, null, null, null, null, null, null, null, null, null, Map.of());
        }
        return new CardPayload(secret, payload.text("auth_type"), card.text("mask"), card.text("brand"), card.text("type"), card.text("network"),
                card.text("holder"), card.integer("expiry_month"), card.integer("expiry_year"), card.text("card_id"), card.text("issuer_country"),
                eci(card), Json.others(card.node(), KNOWN));
    }

    private static @Nullable String eci(JsonFields card) {
        for (var verification : card.node().path("verification")) {
            if (verification.path("type").asString("").equals("3ds") && verification.path("details").path("eci").isValueNode()) {
                return verification.path("details").path("eci").asString();
            }
        }
        return null;
    }

    /** The holder is personal data. */
    @Override
    public String toString() {
        return "CardPayload[" + mask + "]";
    }
}
