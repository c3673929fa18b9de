package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Json;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code AmountOfMoney} of requests and answers.
 *
 * @param amount whole minor units of the currency
 * @param currency ISO 4217, upper-case
 */
record Money(long amount, String currency) {
    /** Twelve digits; the simulator's choice. */
    static final long MAX = 999_999_999_999L;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());
    private static final Money NONE = new Money(0, "XXX");

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    /** The amount under that name, at least {@code least}; nothing sensible after noting what is wrong. */
    static Money read(Input parent, String name, long least) {
        var input = parent.required(name);
        if (!parent.has(name)) {
            return NONE;
        }
        var amount = input.number("amount");
        if (!input.has("amount")) {
            input.missing("amount");
        } else if (amount != null && (amount < least || amount > MAX)) {
            input.refuse("amount", "must be between " + least + " and " + MAX);
        }
        var currency = input.text("currencyCode");
        if (currency == null) {
            if (!input.has("currencyCode")) {
                input.missing("currencyCode");
            }
        } else if (!isCurrency(currency)) {
            input.refuse("currencyCode", "is no ISO 4217 code");
        }
        return amount == null || currency == null ? NONE : new Money(amount, currency);
    }

    Money with(long other) {
        return new Money(other, currency);
    }

    /** As the ledger has it. */
    String currencyLower() {
        return currency.toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String text() {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(amount, digits).toPlainString() + " " + currency;
    }

    ObjectNode json() {
        return Json.object().put("amount", amount).put("currencyCode", currency);
    }
}
