package dev.bezant.server.refund;

import dev.bezant.server.balance.BalanceTransaction;
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
 * @param methodType what the charge was paid with: {@code card}, {@code ideal}
 * @param uncaptured whether it releases an authorization of which nothing was captured; then no money moves
 * @param taken whether the provider took it, so that the money is on its way or there
 * @param returnedBy the balance transaction that brought the money back, where it failed after it had been taken
 */
public record RefundRow(
        String accountId,
        String id,
        boolean livemode,
        String chargeId,
        String paymentIntentId,
        @Nullable String customerId,
        @Nullable String paymentMethodId,
        String methodType,
        String state,
        String reference,
        @Nullable String providerId,
        Money amount,
        @Nullable String reason,
        @Nullable String failureReason,
        ObjectNode metadata,
        @Nullable String idempotencyId,
        Instant createdAt,
        boolean uncaptured,
        boolean taken,
        @Nullable String returnedBy) {

    public static RefundRow read(Row row) throws SQLException {
        return new RefundRow(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("charge_id"),
                row.text("payment_intent_id"), row.textOrNull("customer_id"), row.textOrNull("payment_method_id"),
                row.text("method_type"), row.text("state"), row.text("reference"), row.textOrNull("provider_id"),
                Money.of(row.number("amount"), row.text("currency")), row.textOrNull("reason"), row.textOrNull("failure_reason"),
                Json.readObject(row.text("metadata")), row.textOrNull("idempotency_id"), row.moment("created_at"), row.flag("uncaptured"),
                row.flag("taken"), row.textOrNull("returned_by"));
    }

    /** The same in another state; where that is pending or succeeded, the provider has taken it. */
    RefundRow in(String newState, @Nullable String newProviderId, @Nullable String newFailureReason) {
        boolean takes = !uncaptured && (newState.equals("pending") || newState.equals("succeeded"));
        return new RefundRow(accountId, id, livemode, chargeId, paymentIntentId, customerId, paymentMethodId, methodType, newState, reference,
                newProviderId == null ? providerId : newProviderId, amount, reason, newFailureReason, metadata, idempotencyId, createdAt,
                uncaptured, taken || takes, returnedBy);
    }

    RefundRow returnedBy(String transactionId) {
        return new RefundRow(accountId, id, livemode, chargeId, paymentIntentId, customerId, paymentMethodId, methodType, state, reference, providerId, amount,
                reason, failureReason, metadata, idempotencyId, createdAt, uncaptured, taken, transactionId);
    }

    RefundRow with(ObjectNode newMetadata) {
        return new RefundRow(accountId, id, livemode, chargeId, paymentIntentId, customerId, paymentMethodId, methodType, state, reference, providerId, amount,
                reason, failureReason, newMetadata, idempotencyId, createdAt, uncaptured, taken, returnedBy);
    }

    /** As the API shows it. */
    public ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "refund");
        shown.put("amount", amount.amount());
        shown.put("balance_transaction", taken ? BalanceTransaction.idOf(id) : null);
        shown.put("charge", chargeId);
        shown.put("created", createdAt.getEpochSecond());
        shown.put("currency", amount.currency().code());
        shown.put("customer", customerId);
        shown.putNull("customer_account");
        if (!state.equals("failed") && !state.equals("canceled")) {
            shown.set("destination_details", destination());
        }
        if (returnedBy != null) {
            shown.put("failure_balance_transaction", returnedBy);
        }
        if (failureReason != null) {
            shown.put("failure_reason", failureReason);
        }
        shown.set("metadata", metadata);
        shown.put("payment_intent", paymentIntentId);
        shown.put("payment_method", paymentMethodId);
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

    /** Where the money goes. The acquirer's reference, by which a bank could find it, is told by no provider yet. */
    private ObjectNode destination() {
        ObjectNode destination = Json.object();
        if (!methodType.equals("card")) {
            destination.putObject(methodType);
            destination.put("type", methodType);
            return destination;
        }
        ObjectNode card = Json.object();
        card.putNull("reference");
        card.put("reference_status", "unavailable");
        card.putNull("reference_type");
        card.put("type", uncaptured ? "reversal" : state.equals("succeeded") ? "refund" : "pending");
        destination.set("card", card);
        destination.put("type", "card");
        return destination;
    }
}
