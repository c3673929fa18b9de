package dev.bezant.server.dispute;

import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of {@code dispute}.
 *
 * @param heard the provider's last word
 * @param reason in the API's words
 * @param reasonCode the network's
 * @param evidence what was said so far, sent in or not
 * @param submittedAt when evidence was last sent in; null if it never was
 * @param handedOverAt when the provider got it; null where it has not, or an operator has not said that he did it
 * @param dueBy until when evidence is taken; null where the provider does not say
 */
public record Dispute(
        String accountId,
        String id,
        boolean livemode,
        String chargeId,
        String paymentIntentId,
        String provider,
        String providerAccountId,
        String providerId,
        String providerPaymentId,
        Word heard,
        DisputeStatus status,
        String reason,
        @Nullable String reasonCode,
        @Nullable String reasonText,
        Money amount,
        @Nullable String brand,
        ObjectNode evidence,
        int submissionCount,
        @Nullable Instant submittedAt,
        @Nullable Instant handedOverAt,
        @Nullable Instant dueBy,
        ObjectNode metadata,
        Instant createdAt) {

    static Dispute read(Row row) throws SQLException {
        return new Dispute(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("charge_id"), row.text("payment_intent_id"),
                row.text("provider"), row.text("provider_account_id"), row.text("provider_id"), row.text("provider_payment_id"),
                Word.valueOf(row.text("heard").toUpperCase(Locale.ROOT)), DisputeStatus.of(row.text("status")), row.text("reason"),
                row.textOrNull("reason_code"), row.textOrNull("reason_text"), Money.of(row.number("amount"), row.text("currency")),
                row.textOrNull("brand"), Json.readObject(row.text("evidence")), row.whole("submission_count"), row.momentOrNull("submitted_at"),
                row.momentOrNull("handed_over_at"), row.momentOrNull("due_by"), Json.readObject(row.text("metadata")), row.moment("created_at"));
    }

    Dispute now(Word word, DisputeStatus next) {
        return new Dispute(accountId, id, livemode, chargeId, paymentIntentId, provider, providerAccountId, providerId, providerPaymentId, word,
                next, reason, reasonCode, reasonText, amount, brand, evidence, submissionCount, submittedAt, handedOverAt, dueBy, metadata, createdAt);
    }

    Dispute saying(ObjectNode newEvidence, ObjectNode newMetadata) {
        return new Dispute(accountId, id, livemode, chargeId, paymentIntentId, provider, providerAccountId, providerId, providerPaymentId, heard,
                status, reason, reasonCode, reasonText, amount, brand, newEvidence, submissionCount, submittedAt, handedOverAt, dueBy, newMetadata, createdAt);
    }

    Dispute submitted(Instant at) {
        return new Dispute(accountId, id, livemode, chargeId, paymentIntentId, provider, providerAccountId, providerId, providerPaymentId, heard,
                status.submitted(), reason, reasonCode, reasonText, amount, brand, evidence, submissionCount + 1, at, null, dueBy, metadata, createdAt);
    }

    /**
     * As the API shows it.
     *
     * @param transactions what it took and gave back, rendered
     * @param refundable whether its charge could be refunded now
     */
    ObjectNode render(List<ObjectNode> transactions, boolean refundable, Instant now) {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "dispute");
        shown.put("amount", amount.amount());
        shown.set("balance_transactions", Json.array(transactions));
        shown.put("charge", chargeId);
        shown.put("created", createdAt.getEpochSecond());
        shown.put("currency", amount.currency().code());
        shown.set("enhanced_eligibility_types", Json.array());
        shown.set("evidence", Evidence.rendered(evidence));
        ObjectNode details = shown.putObject("evidence_details");
        details.put("due_by", dueBy == null ? null : dueBy.getEpochSecond());
        details.putObject("enhanced_eligibility");
        details.put("has_evidence", !evidence.isEmpty());
        details.put("past_due", dueBy != null && dueBy.isBefore(now) && status.needsResponse());
        details.put("submission_count", submissionCount);
        shown.putNull("intended_submission_method");
        shown.put("is_charge_refundable", refundable);
        shown.put("livemode", livemode);
        shown.set("metadata", metadata);
        shown.put("payment_intent", paymentIntentId);
        ObjectNode method = shown.putObject("payment_method_details");
        ObjectNode card = method.putObject("card");
        card.put("brand", brand);
        card.put("case_type", status.inquiry() ? "inquiry" : "chargeback");
        card.put("network", brand);
        card.put("network_reason_code", reasonCode);
        method.put("type", "card");
        shown.put("reason", reason);
        shown.put("status", status.wireName());
        shown.put("provider", provider);
        shown.put("provider_account", providerAccountId);
        shown.put("provider_reference", providerId);
        shown.put("provider_reason", reasonText);
        return shown;
    }

    /** Without what was said about the payer, which does not belong in a log. */
    @Override
    public String toString() {
        return "Dispute[" + id + ", " + status.wireName() + "]";
    }
}
