package dev.bezant.server.refund;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refund as stored.
 *
 * @param state {@code submitting} (our request may be on its way), {@code pending} (the provider works on it), {@code succeeded},
 *     {@code failed}, {@code canceled}
 */
public record RefundRow(
        String accountId,
        String id,
        boolean livemode,
        String chargeId,
        String paymentIntentId,
        String state,
        String reference,
        @Nullable String providerId,
        Money amount,
        @Nullable String reason,
        @Nullable String failureReason,
        ObjectNode metadata,
        @Nullable String idempotencyId,
        Instant createdAt) {

    public static RefundRow read(Row row) throws SQLException {
        return new RefundRow(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("charge_id"),
                row.text("payment_intent_id"), row.text("state"), row.text("reference"), row.textOrNull("provider_id"),
                Money.of(row.number("amount"), row.text("currency")), row.textOrNull("reason"), row.textOrNull("failure_reason"),
                Json.readObject(row.text("metadata")), row.textOrNull("idempotency_id"), row.moment("created_at"));
    }

    RefundRow in(String newState, @Nullable String newProviderId, @Nullable String newFailureReason) {
        return new RefundRow(accountId, id, livemode, chargeId, paymentIntentId, newState, reference,
                newProviderId == null ? providerId : newProviderId, amount, reason, newFailureReason, metadata, idempotencyId, createdAt);
    }

    RefundRow with(ObjectNode newMetadata) {
        return new RefundRow(accountId, id, livemode, chargeId, paymentIntentId, state, reference, providerId, amount, reason,
                failureReason, newMetadata, idempotencyId, createdAt);
    }

    /** As the API shows it. */
    public ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "refund");
        shown.put("amount", amount.amount());
        shown.putNull("balance_transaction");
        shown.put("charge", chargeId);
        shown.put("created", createdAt.getEpochSecond());
        shown.put("currency", amount.currency().code());
        if (failureReason != null) {
            shown.put("failure_reason", failureReason);
        }
        shown.set("metadata", metadata);
        shown.put("payment_intent", paymentIntentId);
        if (state.equals("submitting") || state.equals("pending")) {
            shown.put("pending_reason", "processing");
        }
        shown.put("reason", reason);
        shown.putNull("receipt_number");
        shown.putNull("source_transfer_reversal");
        shown.put("status", state.equals("submitting") ? "pending" : state);
        shown.putNull("transfer_reversal");
        shown.put("reference", reference);
        shown.put("provider_reference", providerId);
        return shown;
    }
}
