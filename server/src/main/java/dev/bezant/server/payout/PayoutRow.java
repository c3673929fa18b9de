package dev.bezant.server.payout;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payout as stored.
 *
 * @param state {@code pending} until it is proved what became of it, {@code paid}, {@code failed}
 * @param reference ours, told to the provider
 * @param snapshot the card and its billing details as they were; empty until the first commit
 * @param failure {@code {"code","message","provider_code","provider_text"}}
 */
record PayoutRow(
        String accountId,
        String id,
        boolean livemode,
        String state,
        String provider,
        String providerAccountId,
        String reference,
        @Nullable String providerId,
        String paymentMethodId,
        ObjectNode snapshot,
        Money amount,
        @Nullable String description,
        @Nullable String statementDescriptor,
        ObjectNode metadata,
        @Nullable ObjectNode failure,
        @Nullable String idempotencyId,
        Instant createdAt) {

    static PayoutRow read(Row row) throws SQLException {
        return new PayoutRow(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("state"), row.text("provider"),
                row.text("provider_account_id"), row.text("reference"), row.textOrNull("provider_id"), row.text("payment_method_id"),
                Json.readObject(row.text("method_snapshot")), Money.of(row.number("amount"), row.text("currency")), row.textOrNull("description"),
                row.textOrNull("statement_descriptor"), Json.readObject(row.text("metadata")), Json.readObjectOrNull(row.textOrNull("failure")),
                row.textOrNull("idempotency_id"), row.moment("created_at"));
    }

    PayoutRow in(String newState, @Nullable String newProviderId, @Nullable ObjectNode newFailure) {
        return new PayoutRow(accountId, id, livemode, newState, provider, providerAccountId, reference, newProviderId == null ? providerId : newProviderId,
                paymentMethodId, snapshot, amount, description, statementDescriptor, metadata, newFailure, idempotencyId, createdAt);
    }

    PayoutRow of(ObjectNode newSnapshot) {
        return new PayoutRow(accountId, id, livemode, state, provider, providerAccountId, reference, providerId, paymentMethodId, newSnapshot, amount,
                description, statementDescriptor, metadata, failure, idempotencyId, createdAt);
    }

    boolean isOpen() {
        return state.equals("pending");
    }

    /** @see "docs/protocols/payments-api.md, section 2.4, payout" */
    ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "payout");
        shown.put("amount", amount.amount());
        // No provider tells when a card's bank shows it.
        shown.put("arrival_date", createdAt.getEpochSecond());
        shown.put("automatic", false);
        shown.putNull("balance_transaction");
        shown.put("created", createdAt.getEpochSecond());
        shown.put("currency", amount.currency().code());
        shown.put("description", description);
        shown.put("destination", paymentMethodId);
        shown.putNull("failure_balance_transaction");
        shown.set("failure_code", failure("code"));
        shown.set("failure_message", failure("message"));
        shown.put("livemode", livemode);
        shown.set("metadata", metadata);
        shown.put("method", "standard");
        shown.putNull("original_payout");
        shown.put("reconciliation_status", "not_applicable");
        shown.putNull("reversed_by");
        shown.put("source_type", "card");
        shown.put("statement_descriptor", statementDescriptor);
        shown.put("status", state);
        shown.put("type", "card");
        shown.put("provider", provider);
        shown.put("provider_account", providerAccountId);
        shown.put("provider_reference", providerId);
        shown.put("reference", reference);
        return shown;
    }

    private JsonNode failure(String member) {
        return failure == null || !failure.has(member) ? NullNode.instance : failure.get(member);
    }

    /** Without the recipient. */
    @Override
    public String toString() {
        return "PayoutRow[" + id + ", " + state + ", " + amount + "]";
    }
}
