package dev.bezant.sandbox.corefy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Money between Corefy's numbers in major units and whole minor units. */
final class Money {
    private static final Map<String, Integer> DECIMALS = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toMap(Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

    private Money() {}

    static boolean isCurrency(String code) {
        return DECIMALS.containsKey(code);
    }

    /** Reads a JSON number or a decimal text; null if it is none, negative, too large, or finer than the currency. */
    static @Nullable Long minor(JsonNode node, String currency) {
        if (node.isNumber()) {
            return minor(node.decimalValue(), currency);
        }
        return node.isString() ? minor(node.stringValue(), currency) : null;
    }

    static @Nullable Long minor(String text, String currency) {
        return text.matches("\\d{1,15}(\\.\\d{1,9})?") ? minor(new BigDecimal(text), currency) : null;
    }

    private static @Nullable Long minor(BigDecimal major, String currency) {
        var shifted = major.movePointRight(decimals(currency)).stripTrailingZeros();
        return shifted.signum() < 0 || shifted.scale() > 0 || shifted.precision() - shifted.scale() > 15 ? null : shifted.longValueExact();
    }

    /** As PHP writes a number: without zeros at the end. */
    static BigDecimal number(long minor, String currency) {
        var plain = BigDecimal.valueOf(minor, decimals(currency)).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** With all decimals, as in balances and on pages. */
    static String text(long minor, String currency) {
        return BigDecimal.valueOf(minor, decimals(currency)).toPlainString();
    }

    static long major(long units, String currency) {
        return BigDecimal.valueOf(units).movePointRight(decimals(currency)).longValueExact();
    }

    static String lower(String currency) {
        return currency.toLowerCase(Locale.ROOT);
    }

    private static int decimals(String currency) {
        return DECIMALS.getOrDefault(currency, 2);
    }
}
