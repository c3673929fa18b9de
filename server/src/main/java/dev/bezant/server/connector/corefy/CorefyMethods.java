package dev.bezant.server.connector.corefy;

import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import java.util.List;
import java.util.Optional;

/** What can be paid with through Corefy. Which brands and currencies an account's routes take is Corefy's decision, told with the payment. */
final class CorefyMethods {
    /** Amounts are decimals in major units, of every currency of ISO 4217. */
    private static final int DECIMALS_MAX = 3;
    /** Those that its documentation shows. */
    private static final List<String> BRANDS = List.of("mastercard", "visa");

    private CorefyMethods() {}

    static SupportedMethod cards() {
        return new SupportedMethod("card", BRANDS, Optional.empty(), Optional.empty(), DECIMALS_MAX, false, true);
    }
}
