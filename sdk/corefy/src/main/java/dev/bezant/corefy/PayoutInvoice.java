package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payout as Corefy tells it.
 *
 * @param id {@code cpoi_...}
 * @param rawStatus the word received; {@link #status()} reads it
 * @param resolution {@code ok}, or why not; upper-case words appear here too
 * @param amount major units, as asked for
 * @param payoutAmount what the recipient gets
 * @param writeoff what the account is charged
 * @param moderationRequired parked until one of Corefy's staff decides
 * @param other everything else Corefy sent, by its name
 * @see "docs/protocols/corefy.md, section 8"
 */
public record PayoutInvoice(
        String id,
        String rawStatus,
        @Nullable String resolution,
        @Nullable String resolutionMessage,
        @Nullable String referenceId,
        BigDecimal amount,
        String currency,
        @Nullable BigDecimal payoutAmount,
        @Nullable BigDecimal writeoff,
        boolean testMode,
        boolean moderationRequired,
        @Nullable Instant created,
        @Nullable Instant updated,
        Map<String, String> metadata,
        Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("status", "resolution", "resolution_message", "reference_id", "amount", "currency",
            "payout_amount", "writeoff", "test_mode", "moderation_required", "created", "updated", "metadata");

    public PayoutStatus status() {
        return PayoutStatus.of(rawStatus);
    }

    static PayoutInvoice of(Resource resource) {
        resource.expecting("payout-invoice");
        JsonFields json = resource.attributes();
        return new PayoutInvoice(resource.id(), json.requiredText("status"), json.text("resolution"), json.text("resolution_message"),
                json.text("reference_id"), json.requiredDecimal("amount"), json.requiredText("currency"), json.decimal("payout_amount"),
                json.decimal("writeoff"), Json.flag(json, "test_mode"), Json.flag(json, "moderation_required"), Json.time(json, "created"),
                Json.time(json, "updated"), Json.texts(json, "metadata"), Json.others(json.node(), KNOWN));
    }

    /** Without the rest, which may name the recipient. */
    @Override
    public String toString() {
        return "PayoutInvoice[" + id + ", " + rawStatus + ", " + amount + " " + currency + "]";
    }
}
