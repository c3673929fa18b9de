package dev.bezant.server.connector;

import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.RedirectMethod;
import java.util.List;
import java.util.Optional;

/** A provider account that can tell what can be paid with through it. */
public interface TellsMethods {
    /** Without asking anybody. */
    List<SupportedMethod> supportedMethods();

    /**
     * For payers of a country and payments in a currency, by asking the provider where it tells. What it does not tell, or not now, is
     * as {@link #supportedMethods()} has it: a payment may be tried.
     *
     * @param country ISO 3166-1 alpha-2, upper-case
     */
    default List<SupportedMethod> supportedMethods(String country, Currency currency) {
        return supportedMethods();
    }

    /**
     * A kind of payment method.
     *
     * @param type as the API names it: {@code card}, {@code ideal}
     * @param brands of cards, as the API names them
     * @param currencies which are known to be taken; empty where the provider decides when it is asked
     * @param countries of payers, ISO 3166-1 alpha-2, upper-case; empty for any
     * @param decimalsMax amounts with more decimals cannot be told to it
     * @param manualCapture whether an authorization can be captured later
     * @param threeDSecure whether payers can be authenticated
     */
    record SupportedMethod(
            String type,
            List<String> brands,
            Optional<List<String>> currencies,
            Optional<List<String>> countries,
            int decimalsMax,
            boolean manualCapture,
            boolean threeDSecure) {

        /**
         * A method without a card.
         *
         * @param capturesLater whether the provider can capture what the method lets be captured later
         */
        public static SupportedMethod of(RedirectMethod method, int decimalsMax, boolean capturesLater) {
            return new SupportedMethod(method.type(), List.of(), method.currencies(), method.countries(), decimalsMax,
                    method.capturesLater() && capturesLater, false);
        }

        /** Whether a payment in a currency may be tried. */
        public boolean mayTake(Currency currency) {
            return currency.isoDigits() <= decimalsMax && currencies.map(known -> known.contains(currency.code())).orElse(true);
        }

        /** Whether a payer from a country may be tried. */
        public boolean mayServe(String country) {
            return countries.map(known -> known.contains(country)).orElse(true);
        }
    }
}
