package dev.bezant.server.method;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.RedirectMethod;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of {@code payment_method}.
 *
 * @param customerId whom it is attached to; null if nobody
 * @param detachedAt set once it has been attached and detached: never usable again
 * @param billingDetails as stored; render it with {@link dev.bezant.server.shape.BillingDetails#rendered}
 */
public record PaymentMethod(
        String accountId,
        String id,
        boolean livemode,
        @Nullable String customerId,
        @Nullable Instant detachedAt,
        Instrument instrument,
        ObjectNode billingDetails,
        ObjectNode metadata,
        String allowRedisplay,
        Instant createdAt) {
    private static final List<String> COLUMNS = List.of(
            "account_id", "id", "livemode", "type", "customer_id", "detached_at", "card_id", "brand", "last4", "bin", "exp_month",
            "exp_year", "funding", "country", "fingerprint", "details", "billing_details", "metadata", "allow_redisplay", "created_at");

    /** What is paid with. */
    public sealed interface Instrument {
        /** As the API names it: {@code card}, {@code ideal}. */
        String type();
    }

    /**
     * A method whose payers pay on a site of its own.
     *
     * @param details what the payer told of it: a {@link RedirectMethod#params() parameter} each
     */
    public record Redirect(RedirectMethod method, ObjectNode details) implements Instrument {
        @Override
        public String type() {
            return method.type();
        }

        /** Under its own name in the API. */
        ObjectNode shown() {
            ObjectNode shown = Json.object();
            method.members().forEach(member -> shown.set(member, details.path(member).isString() ? details.get(member) : NullNode.instance));
            return shown;
        }
    }

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
            String fingerprint) implements Instrument {
        @Override
        public String type() {
            return "card";
        }
    }

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
        return new PaymentMethod(
                row.text("pm_account_id"),
                row.text("pm_id"),
                row.flag("pm_livemode"),
                row.textOrNull("pm_customer_id"),
                row.momentOrNull("pm_detached_at"),
                instrument(row),
                Json.readObject(row.text("pm_billing_details")),
                Json.readObject(row.text("pm_metadata")),
                row.text("pm_allow_redisplay"),
                row.moment("pm_created_at"));
    }

    private static Instrument instrument(Row row) throws SQLException {
        Optional<RedirectMethod> redirect = RedirectMethod.find(row.text("pm_type"));
        if (redirect.isPresent()) {
            ObjectNode details = Json.readObjectOrNull(row.textOrNull("pm_details"));
            return new Redirect(redirect.get(), details == null ? Json.object() : details);
        }
        return new Card(
                row.text("pm_card_id"),
                row.text("pm_brand"),
                row.text("pm_last4"),
                row.text("pm_bin"),
                row.whole("pm_exp_month"),
                row.whole("pm_exp_year"),
                row.text("pm_funding"),
                row.textOrNull("pm_country"),
                row.text("pm_fingerprint"));
    }

    /** The same, where the table was joined from the left; null if there was no method. */
    public static @Nullable PaymentMethod readOrNull(Row row) throws SQLException {
        return row.textOrNull("pm_id") == null ? null : read(row);
    }

    public String type() {
        return instrument.type();
    }

    /** Whether a payment may use it: not once it has been detached. */
    public boolean usable() {
        return detachedAt == null;
    }

    PaymentMethod attachedTo(String customer) {
        return new PaymentMethod(accountId, id, livemode, customer, null, instrument, billingDetails, metadata, allowRedisplay, createdAt);
    }

    PaymentMethod detached(Instant at) {
        return new PaymentMethod(accountId, id, livemode, null, at, instrument, billingDetails, metadata, allowRedisplay, createdAt);
    }

    /** Without the payer's details, which do not belong in a log. */
    @Override
    public String toString() {
        return "PaymentMethod[" + id + ", " + (instrument instanceof Card card ? card.brand() + " " + card.last4() : type()) + "]";
    }
}
