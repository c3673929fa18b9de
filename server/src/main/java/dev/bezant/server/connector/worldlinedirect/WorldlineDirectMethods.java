package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.worldline.direct.model.PaymentProductIds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What can be paid with through Worldline Direct, as both sides name it.
 *
 * @see "docs/protocols/worldline-direct.md, section 2.2"
 */
final class WorldlineDirectMethods {
    /** Amounts are told in minor units, whatever their currency. */
    private static final int DECIMALS_MAX = 4;

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
    static final Map<RedirectMethod, Integer> REDIRECTS = new EnumMap<>(Map.of(
            RedirectMethod.BANCONTACT, PaymentProductIds.BANCONTACT,
            RedirectMethod.EPS, PaymentProductIds.EPS,
            RedirectMethod.IDEAL, PaymentProductIds.IDEAL,
            RedirectMethod.PAYPAL, PaymentProductIds.PAYPAL));

    private WorldlineDirectMethods() {}

    /** Of these brands; currencies and countries are told by the provider when it is asked. */
    static SupportedMethod cards(Set<String> brands) {
        return new SupportedMethod("card", brands.stream().sorted().toList(), Optional.empty(), Optional.empty(), DECIMALS_MAX, true, true);
    }

    /** Of the products that are there; all that this connector knows, where that is not told. */
    static List<SupportedMethod> redirects(Predicate<Integer> product) {
        return REDIRECTS.entrySet().stream().filter(method -> product.test(method.getValue()))
                .map(method -> SupportedMethod.of(method.getKey(), DECIMALS_MAX, true)).toList();
    }

    /** Whether what was kept of a payment is a token; payments have ids such as {@code 3254564310_0}. */
    static boolean isToken(String credential) {
        return credential.indexOf('_') < 0;
    }
}
