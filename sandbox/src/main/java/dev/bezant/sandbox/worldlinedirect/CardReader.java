package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.Scheme;
import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.world.Luhn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the cards of requests and forms (sections 1.1, 2.2). */
final class CardReader {
    /** This provider's own cards that are always declined. */
    private static final Set<String> DECLINED = Set.of("4321456998744563", "1234567890123452");
    private static final Set<Integer> BY_SCHEME = Set.of(1, 2, 3, 56, 117, 125, 128, 132);

    private final Vault vault;

    CardReader(Vault vault) {
        this.vault = vault;
    }

    /** A card as typed; the product is that of its number if null. Null after noting what is wrong. */
    @Nullable CardFacts read(Input card, @Nullable Integer product) {
        checkCvv(card);
        return readWithoutCvv(card, product);
    }

    @Nullable CardFacts readWithoutCvv(Input card, @Nullable Integer product) {
        var number = card.requiredText("cardNumber");
        if (!number.isEmpty() && !number.matches("\\d{12,19}")) {
            card.refuse("cardNumber", "must be 12 to 19 digits");
            number = "";
        }
        var expiry = expiry(card);
        var holder = card.text("cardholderName");
        if (number.isEmpty() || expiry == null) {
            return null;
        }
        return facts(number, expiry, holder, product, card);
    }

    private CardFacts facts(String number, String expiry, @Nullable String holder, @Nullable Integer product, Input card) {
        int own = productOf(number);
        if (product != null && BY_SCHEME.contains(product) && BY_SCHEME.contains(own) && product != own) {
            card.refuse(new ApiError(400, "CARDNUMBER_PAYMENTPRODUCTID_MISMATCH", "50001111", "1008",
                    "The card number is not of payment product " + product, ApiError.Category.DIRECT_PLATFORM_ERROR, "paymentProductId"));
        }
        Decline refusal = DECLINED.contains(number) ? Decline.ISSUER_REJECTED : Luhn.holds(number) ? null : Decline.INVALID_NUMBER;
        return new CardFacts(number.substring(0, 6), number.substring(number.length() - 4), number.length(), expiry, holder,
                product != null ? product : own, Origin.of(number), TestCard.of(number), refusal, vault.seal(number));
    }

    private static @Nullable String expiry(Input card) {
        var expiry = card.requiredText("expiryDate");
        if (expiry.isEmpty()) {
            return null;
        }
        if (CardFacts.expiryMonth(expiry) == null) {
            card.refuse("expiryDate", "must be MMYY");
            return null;
        }
        return expiry;
    }

    private static void checkCvv(Input card) {
        var cvv = card.text("cvv");
        if (cvv != null && !cvv.matches("\\d{3,4}")) {
            card.refuse("cvv", "must be 3 or 4 digits");
        }
    }

    /** The payment product of a card number's first digits, 0 if unknown. */
    static int productOf(String digits) {
        return switch (Scheme.of(digits)) {
            case VISA -> 1;
            case AMERICAN_EXPRESS -> 2;
            case MASTERCARD -> 3;
            case UNIONPAY -> 56;
            case MAESTRO -> digits.startsWith("6703") ? 3012 : 117;
            case JCB -> 125;
            case DISCOVER -> 128;
            case DINERS_CLUB -> 132;
            case UNKNOWN -> 0;
        };
    }

    /** The {@code cardScheme} of a product (section 2.3), or null. */
    static @Nullable String schemeOf(int product) {
        return switch (product) {
            case 1 -> "Visa";
            case 2 -> "AmericanExpress";
            case 3, 117 -> "Mastercard";
            case 56 -> "Cup";
            case 125 -> "Jcb";
            case 128, 132 -> "DinersDiscover";
            case 130 -> "Cb";
            case 3012 -> "Bancontact";
            default -> null;
        };
    }
}
