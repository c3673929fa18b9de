package dev.bezant.server.connector.corefy;

import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import dev.bezant.server.kernel.RedirectMethod;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be paid with through Corefy. Which brands and currencies an account's routes take is Corefy's decision, told with the payment. */
final class CorefyMethods {
    /** Amounts are decimals in major units, of every currency of ISO 4217. */
    private static final int DECIMALS_MAX = 3;
    /** Those that its documentation shows. */
    private static final List<String> BRANDS = List.of("mastercard", "visa");

    /** Methods that are paid on a page of Corefy's, by the words that the codes of services begin with. */
    static final Map<RedirectMethod, String> PAGES = new EnumMap<>(Map.of(RedirectMethod.EPS, "eps", RedirectMethod.IDEAL, "ideal"));

    private CorefyMethods() {}

    static List<SupportedMethod> pages() {
        return PAGES.keySet().stream().map(method -> SupportedMethod.of(method, DECIMALS_MAX, false)).toList();
    }

    static SupportedMethod cards() {
        return new SupportedMethod("card", BRANDS, Optional.empty(), Optional.empty(), DECIMALS_MAX, false, true);
    }
}
