package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.card.Scheme;
import java.util.HashMap;
import java.util.Map;

/** What card numbers tell. The countries are the simulator's choice: the common test cards carry theirs in the digits 7 to 9 (ISO 3166-1). */
final class Cards {
    /** Number, code and currency of a country. */
    private static final String[] COUNTRIES = {
        "032ARARS", "036AUAUD", "040ATEUR", "056BEEUR", "076BRBRL", "100BGEUR", "124CACAD", "152CLCLP", "156CNCNY", "170COCOP", "191HREUR",
        "196CYEUR", "203CZCZK", "208DKDKK", "233EEEUR", "246FIEUR", "250FREUR", "276DEEUR", "300GREUR", "344HKHKD", "348HUHUF", "356ININR",
        "372IEEUR", "380ITEUR", "392JPJPY", "428LVEUR", "440LTEUR", "442LUEUR", "458MYMYR", "470MTEUR", "484MXMXN", "528NLEUR", "554NZNZD",
        "578NONOK", "616PLPLN", "620PTEUR", "642RORON", "702SGSGD", "703SKEUR", "705SIEUR", "724ESEUR", "752SESEK", "756CHCHF", "764THTHB",
        "784AEAED", "826GBGBP", "840USUSD"
    };
    private static final Map<String, String> BY_NUMBER = new HashMap<>();
    private static final Map<String, String> CURRENCIES = new HashMap<>();

    static {
        for (var country : COUNTRIES) {
            BY_NUMBER.put(country.substring(0, 3), country.substring(3, 5));
            CURRENCIES.put(country.substring(3, 5), country.substring(5));
        }
    }

    private Cards() {}

    /** The scheme's brand, by the first digits. */
    static String brandOf(String digits) {
        return Scheme.of(digits).name();
    }

    /** ISO 3166-1 alpha-2. */
    static String countryOf(String digits) {
        boolean marked = digits.length() >= 9 && (digits.startsWith("400000") || digits.startsWith("400005"));
        var country = marked ? BY_NUMBER.get(digits.substring(6, 9)) : null;
        return country != null ? country : digits.startsWith("4176") ? "GB" : "US";
    }

    /** ISO 4217; that of the euro where the country is not known. */
    static String currencyOf(String country) {
        return CURRENCIES.getOrDefault(country, "EUR");
    }
}
