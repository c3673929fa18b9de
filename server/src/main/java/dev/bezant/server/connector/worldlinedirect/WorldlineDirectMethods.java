package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.worldline.direct.model.PaymentProductIds;
import java.util.Map;

/**
 * What can be paid with through Worldline Direct, as both sides name it.
 *
 * @see "docs/protocols/worldline-direct.md, section 2.2"
 */
final class WorldlineDirectMethods {
    /** Brands of cards to products. */
    static final Map<String, Integer> BRANDS = Map.of(
            "visa", PaymentProductIds.VISA,
            "mastercard", PaymentProductIds.MASTERCARD,
            "amex", PaymentProductIds.AMERICAN_EXPRESS,
            "maestro", PaymentProductIds.MAESTRO,
            "jcb", PaymentProductIds.JCB,
            "discover", PaymentProductIds.DISCOVER,
            "diners", PaymentProductIds.DINERS_CLUB,
            "unionpay", PaymentProductIds.UNIONPAY);

    /** Methods that are paid on a site of their own, to products. */
    static final Map<String, Integer> REDIRECTS = Map.of(
            "bancontact", PaymentProductIds.BANCONTACT,
            "ideal", PaymentProductIds.IDEAL,
            "paypal", PaymentProductIds.PAYPAL);

    private WorldlineDirectMethods() {}

    /** Whether what was kept of a payment is a token; payments have ids such as {@code 3254564310_0}. */
    static boolean isToken(String credential) {
        return credential.indexOf('_') < 0;
    }
}
