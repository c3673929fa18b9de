package dev.bezant.server.method;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of {@code payment_method}.
 *
 * @param type always {@code card} for now
 * @param customerId whom it is attached to; null if nobody
 * @param detachedAt set once it has been attached and detached: never usable again
 * @param billingDetails as stored; render it with {@link dev.bezant.server.shape.BillingDetails#rendered}
 */
public record PaymentMethod(
        String accountId,
        String id,
        boolean livemode,
        String type,
        @Nullable String customerId,
        @Nullable Instant detachedAt,
        Card card,
        ObjectNode billingDetails,
        ObjectNode metadata,
        String allowRedisplay,
        Instant createdAt) {
    private static final List<String> COLUMNS = List.of(
            "account_id", "id", "livemode", "type", "customer_id", "detached_at", "card_id", "brand", "last4", "bin", "exp_month",
            "exp_year", "funding", "country", "fingerprint", "billing_details", "metadata", "allow_redisplay", "created_at");

    /**
     * What is known of the card without opening the vault.
     *
     * @param id the vault's id, {@code card_...}
     * @param brand from {@link dev.bezant.server.vault.Brands}; {@code maestro} is shown as {@code unknown}
     * @param bin the first six digits
     * @param country ISO 3166-1 alpha-2; null if not known
     */
    public record Card(
            String id,
            String brand,
            String last4,
            String bin,
            int expMonth,
            int expYear,
            String funding,
            @Nullable String country,
            String fingerprint) {}

    /**
     * The columns that {@link #read} wants, each named {@code pm_...} so that they do not collide with another table's:
     * {@code m.id as pm_id, ...}.
     *
     * @param alias of the table {@code payment_method} in the statement
     */
    public static String columns(String alias) {
        return COLUMNS.stream().map(column -> alias + "." + column + " as pm_" + column).collect(Collectors.joining(", "));
    }

    /** Reads a row that has the {@link #columns}. */
    public static PaymentMethod read(Row row) throws SQLException {
        var card = new Card(
                row.text("pm_card_id"),
                row.text("pm_brand"),
                row.text("pm_last4"),
                row.text("pm_bin"),
                row.whole("pm_exp_month"),
                row.whole("pm_exp_year"),
                row.text("pm_funding"),
                row.textOrNull("pm_country"),
                row.text("pm_fingerprint"));
        return new PaymentMethod(
                row.text("pm_account_id"),
                row.text("pm_id"),
                row.flag("pm_livemode"),
                row.text("pm_type"),
                row.textOrNull("pm_customer_id"),
                row.momentOrNull("pm_detached_at"),
                card,
                Json.readObject(row.text("pm_billing_details")),
                Json.readObject(row.text("pm_metadata")),
                row.text("pm_allow_redisplay"),
                row.moment("pm_created_at"));
    }

    /** The same, where the table was joined from the left; null if there was no method. */
    public static @Nullable PaymentMethod readOrNull(Row row) throws SQLException {
        return row.textOrNull("pm_id") == null ? null : read(row);
    }

    /** Whether a payment may use it: not once it has been detached. */
    public boolean usable() {
        return detachedAt == null;
    }

    PaymentMethod attachedTo(String customer) {
        return new PaymentMethod(accountId, id, livemode, type, customer, null, card, billingDetails, metadata, allowRedisplay, createdAt);
    }

    PaymentMethod detached(Instant at) {
        return new PaymentMethod(accountId, id, livemode, type, null, at, card, billingDetails, metadata, allowRedisplay, createdAt);
    }

    /** Without the payer's details, which do not belong in a log. */
    @Override
    public String toString() {
        return "PaymentMethod[" + id + ", " + card.brand() + " " + card.last4() + "]";
    }
}
