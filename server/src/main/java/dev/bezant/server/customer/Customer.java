package dev.bezant.server.customer;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.Address;
import dev.bezant.server.shape.Shipping;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of {@code customer}.
 *
 * @param profile what the API changes
 * @param deletedAt set once deleted: from then on only its id is shown
 */
public record Customer(
        String accountId, String id, boolean livemode, CustomerProfile profile, Instant createdAt, @Nullable Instant deletedAt) {
    private static final List<String> COLUMNS = List.of(
            "account_id", "id", "livemode", "email", "name", "phone", "description", "address", "shipping", "preferred_locales",
            "tax_exempt", "balance", "invoice_prefix", "next_invoice_sequence", "default_payment_method", "default_source", "currency",
            "invoice_settings", "metadata", "created_at",
            "deleted_at");

    static String columns(String alias) {
        return COLUMNS.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    static Customer read(Row row) throws SQLException {
        var profile = new CustomerProfile(
                row.textOrNull("email"),
                row.textOrNull("name"),
                row.textOrNull("phone"),
                row.textOrNull("description"),
                Json.readObjectOrNull(row.textOrNull("address")),
                Json.readObjectOrNull(row.textOrNull("shipping")),
                row.texts("preferred_locales"),
                row.text("tax_exempt"),
                row.number("balance"),
                row.text("invoice_prefix"),
                row.whole("next_invoice_sequence"),
                row.textOrNull("default_payment_method"),
                row.textOrNull("default_source"),
                row.textOrNull("currency"),
                Json.readObject(row.text("invoice_settings")),
                Json.readObject(row.text("metadata")));
        return new Customer(
                row.text("account_id"), row.text("id"), row.flag("livemode"), profile, row.moment("created_at"), row.momentOrNull("deleted_at"));
    }

    Customer with(CustomerProfile changed) {
        return new Customer(accountId, id, livemode, changed, createdAt, deletedAt);
    }

    /** The object of the API; of a deleted customer just its id and that it is deleted. */
    public ObjectNode render() {
        ObjectNode object = Json.object();
        object.put("id", id);
        object.put("object", "customer");
        if (deletedAt != null) {
            object.put("deleted", true);
            return object;
        }
        object.set("address", Address.rendered(profile.address()));
        object.put("balance", profile.balance());
        object.put("created", createdAt.getEpochSecond());
        object.put("currency", profile.currency());
        object.put("default_source", profile.defaultSource());
        object.put("delinquent", false);
        object.put("description", profile.description());
        object.putNull("discount");
        object.put("email", profile.email());
        object.put("invoice_prefix", profile.invoicePrefix());
        InvoiceSettings.render(profile.invoiceSettings(), profile.defaultPaymentMethod(), object.putObject("invoice_settings"));
        object.put("livemode", livemode);
        object.set("metadata", profile.metadata());
        object.put("name", profile.name());
        object.put("next_invoice_sequence", profile.nextInvoiceSequence());
        object.put("phone", profile.phone());
        object.set("preferred_locales", Json.texts(profile.preferredLocales()));
        object.set("shipping", Shipping.OF_CUSTOMER.rendered(profile.shipping()));
        object.put("tax_exempt", profile.taxExempt());
        object.putNull("test_clock");
        return object;
    }

    /** Without personal data, which does not belong in a log. */
    @Override
    public String toString() {
        return "Customer[" + id + "]";
    }
}
