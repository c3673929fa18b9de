package dev.bezant.sandbox.worldlinedirect;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a card comes from and what kind it is, by its number: the simulator's choice. The common test cards "by country" carry their
 * country's ISO 3166-1 number in the digits 7 to 9.
 *
 * @param country ISO 3166-1 alpha-2
 * @param type Credit, Debit or Prepaid
 */
record Origin(String country, String type) {
    private static final Map<String, String> COUNTRIES = countries("032AR076BR124CA152CL170CO484MX784AE040AT056BE100BG191HR196CY203CZ208DK"
            + "233EE246FI250FR276DE300GR348HU372IE380IT428LV440LT442LU470MT528NL578NO616PL620PT642RO705SI703SK724ES752SE756CH826GB036AU"
            + "156CN344HK356IN392JP458MY554NZ702SG764TH");

    static Origin of(String digits) {
        return new Origin(country(digits), type(digits));
    }

    private static String country(String digits) {
        if (digits.startsWith("400") && digits.length() >= 9) {
            var country = COUNTRIES.get(digits.substring(6, 9));
            if (country != null && (digits.startsWith("400000") || digits.startsWith("400005"))) {
                return country;
            }
        }
        return digits.startsWith("4012") || digits.startsWith("4567") || digits.startsWith("5425") || digits.startsWith("6703") ? "BE" : "US";
    }

    private static String type(String digits) {
        if (digits.startsWith("400005") || digits.startsWith("520082") || digits.startsWith("6703")) {
            return "Debit";
        }
        return digits.startsWith("510510") ? "Prepaid" : "Credit";
    }

    private static Map<String, String> countries(String table) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < table.length(); i += 5) {
            map.put(table.substring(i, i + 3), table.substring(i + 3, i + 5));
        }
        return Map.copyOf(map);
    }
}
