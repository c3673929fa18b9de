package dev.bezant.cardinity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payment with a card; with {@code threeDs2} the payer may be asked to authenticate. */
public record CardPayment(PaymentTerms terms, Card card, @Nullable ThreeDs2Data threeDs2) implements PaymentRequest {
    public static CardPayment of(PaymentTerms terms, Card card) {
        return new CardPayment(terms, card, null);
    }

    public CardPayment with3ds2(ThreeDs2Data data) {
        return new CardPayment(terms, card, data);
    }

    void validate(Violations violations, int currentYear) {
        terms.validate(violations);
        card.validate(violations, terms.description(), currentYear);
        if (threeDs2 != null) {
            threeDs2.validate(violations);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = terms.json();
        json.put("payment_method", "card");
        json.put("payment_instrument", card.json());
        if (threeDs2 != null) {
            json.put("threeds2_data", threeDs2.json());
        }
        return json;
    }
}
