package dev.bezant.sandbox.cardinity;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Money between Cardinity's two-decimal text, hundredths (called cents here whatever the currency), and minor units. */
final class Amounts {
    private static final Pattern SHAPE = Pattern.compile("\\d{1,7}(\\.\\d{1,4})?");
    /** Decimals by code. Currencies with three decimals cannot be told in two, so they are not offered. */
    private static final Map<String, Integer> DECIMALS = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() == 2 || currency.getDefaultFractionDigits() == 0)
            .collect(Collectors.toMap(Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

    private Amounts() {}

    static boolean isCurrency(String code) {
        return DECIMALS.containsKey(code);
    }

    /** Reads a JSON string or number; null if it is no amount or has more than two decimals that matter. */
    static @Nullable Long cents(JsonNode node) {
        String text;
        if (node.isString()) {
            text = node.stringValue();
        } else if (node.isNumber()) {
            text = node.decimalValue().toPlainString();
        } else {
            return null;
        }
        if (!SHAPE.matcher(text).matches()) {
            return null;
        }
        var decimal = new BigDecimal(text).stripTrailingZeros();
        return decimal.scale() > 2 ? null : decimal.movePointRight(2).longValueExact();
    }

    /** Whether the amount can be told in the currency's own minor units. */
    static boolean fits(long cents, String currency) {
        return DECIMALS.getOrDefault(currency, 2) == 2 || cents % 100 == 0;
    }

    static long minorUnits(long cents, String currency) {
        return DECIMALS.getOrDefault(currency, 2) == 2 ? cents : cents / 100;
    }

    static long centsOf(long minorUnits, String currency) {
        return DECIMALS.getOrDefault(currency, 2) == 2 ? minorUnits : Math.multiplyExact(minorUnits, 100L);
    }

    static String text(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    static String lower(String currency) {
        return currency.toLowerCase(Locale.ROOT);
    }
}
