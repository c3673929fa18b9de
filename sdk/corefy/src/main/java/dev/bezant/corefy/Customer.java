package dev.bezant.corefy;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who pays or is paid. Corefy has no customers of its own: this rides inside the invoice, and saved cards belong to its reference.
 *
 * @param referenceId ours; the same for every payment of the same person
 * @param metadata such as {@code ip}
 */
public record Customer(
        String referenceId,
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable LocalDate dateOfBirth,
        @Nullable String individualTaxId,
        @Nullable Address address,
        Map<String, String> metadata) {
    public Customer {
        metadata = Map.copyOf(metadata);
    }

    public static Customer of(String referenceId) {
        return new Customer(referenceId, null, null, null, null, null, null, Map.of());
    }

    public Customer withName(String value) {
        return new Customer(referenceId, value, email, phone, dateOfBirth, individualTaxId, address, metadata);
    }

    public Customer withEmail(String value) {
        return new Customer(referenceId, name, value, phone, dateOfBirth, individualTaxId, address, metadata);
    }

    public Customer withPhone(String value) {
        return new Customer(referenceId, name, email, value, dateOfBirth, individualTaxId, address, metadata);
    }

    public Customer withDateOfBirth(LocalDate value) {
        return new Customer(referenceId, name, email, phone, value, individualTaxId, address, metadata);
    }

    public Customer withIndividualTaxId(String value) {
        return new Customer(referenceId, name, email, phone, dateOfBirth, value, address, metadata);
    }

    public Customer withAddress(Address value) {
        return new Customer(referenceId, name, email, phone, dateOfBirth, individualTaxId, value, metadata);
    }

    public Customer withIp(String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put("ip", value);
        return new Customer(referenceId, name, email, phone, dateOfBirth, individualTaxId, address, more);
    }

    void validate(Violations violations) {
        violations.check(!referenceId.isBlank(), "customer.reference_id", "must not be blank");
        violations.matches("customer.email", email, "[^@\\s]+@[^@\\s]+", "must be an e-mail address");
        if (address != null) {
            violations.matches("customer.address.country", address.country(), "[A-Z]{2}", "must be an ISO 3166-1 alpha-2 code");
        }
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("reference_id", referenceId);
        Json.put(json, "name", name);
        Json.put(json, "email", email);
        Json.put(json, "phone", phone);
        Json.put(json, "date_of_birth", dateOfBirth == null ? null : dateOfBirth.toString());
        Json.put(json, "individual_tax_id", individualTaxId);
        Json.putObject(json, "address", address == null ? Map.of() : address.json());
        Json.putObject(json, "metadata", new LinkedHashMap<>(metadata));
        return json;
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "Customer[" + referenceId + "]";
    }
}
