package dev.bezant.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a customer is made of. Not for several threads. */
public final class NewCustomer {
    private final Map<String, Object> body = new LinkedHashMap<>();

    private NewCustomer() {}

    public static NewCustomer of(String email) {
        return new NewCustomer().set("email", email);
    }

    public NewCustomer name(String value) {
        return set("name", value);
    }

    public NewCustomer phone(String value) {
        return set("phone", value);
    }

    /** @param country ISO 3166-1 alpha-2 */
    public NewCustomer address(String line1, String city, String postalCode, String country) {
        return set("address_line1", line1).set("city", city).set("postal_code", postalCode).set("country", country);
    }

    public NewCustomer state(String value) {
        return set("state", value);
    }

    /** Yours; a repeat with the same one gives the same customer. */
    public NewCustomer reference(String value) {
        return set("reference_id", value);
    }

    Map<String, Object> body() {
        return body;
    }

    private NewCustomer set(String name, String value) {
        body.put(name, value);
        return this;
    }
}
