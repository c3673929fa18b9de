package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Json;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code AmountData} of requests and answers (section 2.1).
 *
 * @param amount whole minor units of the currency
 * @param currency ISO 4217, upper-case
 */
record Money(long amount, String currency) {
    /** Twelve digits; the simulator's choice. */
    static final long MAX = 999_999_999_999L;
    private static final Map<String, Currency> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));
    private static final Money NONE = new Money(0, "XXX");

    static boolean isCurrency(String code) {
        return CURRENCIES.containsKey(code);
    }

    static int decimals(String currency) {
        var known = CURRENCIES.get(currency);
        return known == null ? 2 : known.getDefaultFractionDigits();
    }

    /** The amount under that name, at least 1; nothing sensible after noting what is wrong. */
    static Money required(Input parent, String name) {
        var money = optional(parent, name);
        if (money == null) {
            parent.refuse(name, "is required");
        }
        return money == null ? NONE : money;
    }

    static @Nullable Money optional(Input parent, String name) {
        if (!parent.has(name)) {
            return null;
        }
        var input = parent.object(name);
        var amount = input.number("amount");
        if (!input.has("amount")) {
            input.refuse("amount", "is required");
        } else if (amount != null && (amount < 1 || amount > MAX)) {
            input.refuse("amount", "must be between 1 and " + MAX);
        }
        var currency = input.requiredText("currencyCode");
        var decimals = input.integer("numberOfDecimals", 0, 9);
        if (!currency.isEmpty() && !isCurrency(currency)) {
            input.refuse("currencyCode", "is no ISO 4217 code");
        } else if (decimals != null && !currency.isEmpty() && decimals != decimals(currency)) {
            input.refuse("numberOfDecimals", "must be " + decimals(currency) + ", as " + currency + " has");
        }
        return amount == null || !isCurrency(currency) ? NONE : new Money(amount, currency);
    }

    Money with(long other) {
        return new Money(other, currency);
    }

    /** As the ledger has it. */
    String currencyLower() {
        return currency.toLowerCase(Locale.ROOT);
    }

    ObjectNode json() {
        return Json.object().put("amount", amount).put("currencyCode", currency).put("numberOfDecimals", decimals(currency));
    }
}
