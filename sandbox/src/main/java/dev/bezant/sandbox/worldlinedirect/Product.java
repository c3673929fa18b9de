package dev.bezant.sandbox.worldlinedirect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A payment product (section 2.2). Where each is offered is the simulator's choice: countries and currencies as people know the method.
 *
 * @param countries ISO 3166-1 alpha-2; empty for everywhere
 * @param currencies ISO 4217; empty for all
 * @param redirects whether the payer leaves for the method's own page
 * @param authorizes whether the money can be taken later
 * @param stores whether a token can be made
 */
record Product(int id, String label, Method method, boolean grouped, Set<String> countries, Set<String> currencies, boolean redirects,
        boolean authorizes, boolean stores) {
    static final int BANCONTACT = 3012;
    static final int SEPA = 771;
    static final int APPLE_PAY = 302;
    static final int GOOGLE_PAY = 320;
    static final int POSTFINANCE = 3203;

    private static final Set<String> EURO = Set.of("EUR");
    private static final Set<String> EURO_LANDS = Set.of("AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PT", "SI", "SK");
    private static final Set<String> KLARNA_LANDS = Set.of("AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NL", "NO", "PL", "SE");

    /** In the order in which they are shown. */
    static final List<Product> ALL = List.of(
            card(1, "Visa"), card(3, "Mastercard"), card(2, "American Express"), card(117, "Maestro"), card(130, "Cartes Bancaires", "FR"),
            card(125, "JCB"), card(128, "Discover"), card(132, "Diners Club"), card(56, "UnionPay International"),
            new Product(BANCONTACT, "Bancontact", Method.CARD, true, Set.of("BE"), EURO, true, false, false),
            new Product(APPLE_PAY, "Apple Pay", Method.MOBILE, false, Set.of(), Set.of(), false, true, false),
            new Product(GOOGLE_PAY, "Google Pay", Method.MOBILE, false, Set.of(), Set.of(), false, true, false),
            redirect(809, "iDEAL", Set.of("NL"), EURO),
            new Product(840, "PayPal", Method.REDIRECT, false, Set.of(), Set.of(), true, true, true),
            redirect(900, "Wero", Set.of("BE", "DE", "FR"), EURO),
            redirect(3124, "Przelewy24", Set.of("PL"), Set.of("PLN", "EUR")),
            redirect(5406, "EPS", Set.of("AT"), EURO),
            redirect(5500, "Multibanco", Set.of("PT"), EURO),
            redirect(5908, "MB WAY", Set.of("PT"), EURO),
            redirect(5001, "Bizum", Set.of("ES"), EURO),
            redirect(5407, "TWINT", Set.of("CH"), Set.of("CHF")),
            redirect(POSTFINANCE, "PostFinance Pay", Set.of("CH"), Set.of("CHF", "EUR")),
            redirect(3204, "BLIK", Set.of("PL"), Set.of("PLN")),
            redirect(350, "Swish", Set.of("SE"), Set.of("SEK")),
            redirect(5404, "WeChat Pay", Set.of(), Set.of("EUR", "USD", "GBP")),
            redirect(5405, "Alipay+", Set.of(), Set.of("EUR", "USD", "GBP")),
            redirect(5408, "Bank transfer", EURO_LANDS, EURO),
            redirect(3112, "Illicado", Set.of("FR"), EURO),
            new Product(3301, "Klarna Pay Now", Method.REDIRECT, false, KLARNA_LANDS, Set.of(), true, true, false),
            new Product(3302, "Klarna Pay Later", Method.REDIRECT, false, KLARNA_LANDS, Set.of(), true, true, false),
            new Product(SEPA, "SEPA Direct Debit", Method.DIRECT_DEBIT, false, EURO_LANDS, EURO, false, false, false));

    private static final Map<Integer, Product> BY_ID = ALL.stream().collect(Collectors.toUnmodifiableMap(Product::id, Function.identity()));

    static @Nullable Product of(int id) {
        return BY_ID.get(id);
    }

    /** Whether it can be had there. */
    boolean isOffered(@Nullable String country, @Nullable String currency) {
        return (country == null || countries.isEmpty() || countries.contains(country)) && isOfferedIn(currency);
    }

    boolean isOfferedIn(@Nullable String currency) {
        return currency == null || currencies.isEmpty() || currencies.contains(currency);
    }

    /** A card whose number is typed here. */
    boolean isTyped() {
        return method == Method.CARD && !redirects;
    }

    private static Product card(int id, String label, String... countries) {
        return new Product(id, label, Method.CARD, true, Set.of(countries), Set.of(), false, true, true);
    }

    private static Product redirect(int id, String label, Set<String> countries, Set<String> currencies) {
        return new Product(id, label, Method.REDIRECT, false, countries, currencies, true, false, false);
    }
}
