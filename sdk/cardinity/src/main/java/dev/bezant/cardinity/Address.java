package dev.bezant.cardinity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A billing or delivery address for 3-D Secure.
 *
 * @param line1 at most 50 characters, as are the other lines and the city
 * @param country ISO 3166-1 alpha-2
 * @param postalCode at most 16 characters
 * @param state at most 14 characters
 */
public record Address(
        String line1,
        @Nullable String line2,
        @Nullable String line3,
        String city,
        String country,
        String postalCode,
        @Nullable String state) {

    void validate(Violations violations, String path) {
        violations.length(path + ".address_line1", line1, 1, 50);
        violations.length(path + ".address_line2", line2, 0, 50);
        violations.length(path + ".address_line3", line3, 0, 50);
        violations.length(path + ".city", city, 1, 50);
        violations.matches(path + ".country", country, "[A-Z]{2}", "must be an ISO 3166-1 alpha-2 code");
        violations.length(path + ".postal_code", postalCode, 1, 16);
        violations.length(path + ".state", state, 0, 14);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("address_line1", line1);
        Json.put(json, "address_line2", line2);
        Json.put(json, "address_line3", line3);
        json.put("city", city);
        json.put("country", country);
        json.put("postal_code", postalCode);
        Json.put(json, "state", state);
        return json;
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "Address[" + country + "]";
    }
}
