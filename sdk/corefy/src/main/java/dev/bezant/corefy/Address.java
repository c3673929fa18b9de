package dev.bezant.corefy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer lives.
 *
 * @param country ISO 3166-1 alpha-2
 * @param fullAddress in one line, for those who keep it so
 */
public record Address(
        @Nullable String country,
        @Nullable String region,
        @Nullable String city,
        @Nullable String street,
        @Nullable String postCode,
        @Nullable String fullAddress) {

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        Json.put(json, "country", country);
        Json.put(json, "region", region);
        Json.put(json, "city", city);
        Json.put(json, "street", street);
        Json.put(json, "full_address", fullAddress);
        Json.put(json, "post_code", postCode);
        return json;
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "Address[" + country + "]";
    }
}
