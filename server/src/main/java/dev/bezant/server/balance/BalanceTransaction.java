package dev.bezant.server.balance;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One movement of money, as the merchant's balance sees it.
 *
 * @param amount in minor units; negative where money went away
 * @param source the charge, refund or dispute that it is about
 * @param settled whether the provider has done it; false while it works on it
 */
public record BalanceTransaction(
        String id,
        Kind kind,
        long amount,
        String currency,
        String source,
        @Nullable String description,
        boolean settled,
        Instant createdAt) {
    private static final String PREFIX = "txn_";

    /** What moved the money, in the API's two vocabularies. */
    public enum Kind {
        CHARGE("charge", "charge"),
        REFUND("refund", "refund"),
        REFUND_FAILURE("refund_failure", "refund_failure"),
        DISPUTE("adjustment", "dispute"),
        DISPUTE_REVERSAL("adjustment", "dispute_reversal"),
        /** A payment that was approved too late, given back. */
        REVERSAL("adjustment", "other_adjustment");

        private static final Map<String, Kind> BY_CATEGORY = List.of(values()).stream().collect(Collectors.toMap(Kind::category, Function.identity()));

        private final String type;
        private final String category;

        Kind(String type, String category) {
            this.type = type;
            this.category = category;
        }

        public String type() {
            return type;
        }

        /** The {@code reporting_category}; each kind has one of its own. */
        public String category() {
            return category;
        }

        static Kind of(String category) {
            Kind kind = BY_CATEGORY.get(category);
            if (kind == null) {
                throw new IllegalArgumentException("No balance transaction is a " + category);
            }
            return kind;
        }
    }

    /** The id of the transaction of a charge, capture, refund or reversal: the same for ever, and in the order of time. */
    public static String idOf(String sourceId) {
        return PREFIX + body(sourceId);
    }

    /** An id without its prefix. */
    static String body(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    static BalanceTransaction read(Row row) throws SQLException {
        return new BalanceTransaction(row.text("id"), Kind.of(row.text("category")), row.number("amount"), row.text("currency"),
                row.text("source"), row.textOrNull("description"), row.flag("settled"), row.moment("created_at"));
    }

    /**
     * As the API shows it. No provider tells what it keeps for itself, so the fee is 0 and the net amount the amount.
     *
     * @param delay how long after a movement its money counts as available
     */
    public ObjectNode render(Instant now, Duration delay) {
        Instant available = createdAt.plus(delay);
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "balance_transaction");
        shown.put("amount", amount);
        shown.put("available_on", available.getEpochSecond());
        shown.put("balance_type", "payments");
        shown.put("created", createdAt.getEpochSecond());
        shown.put("currency", currency);
        shown.put("description", description);
        shown.putNull("exchange_rate");
        shown.put("fee", 0);
        shown.set("fee_details", Json.array());
        shown.put("net", amount);
        shown.put("reporting_category", kind.category());
        shown.put("source", source);
        shown.put("status", settled && !available.isAfter(now) ? "available" : "pending");
        shown.put("type", kind.type());
        return shown;
    }
}
