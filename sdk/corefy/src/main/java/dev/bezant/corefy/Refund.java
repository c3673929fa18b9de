package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A refund as Corefy tells it.
 *
 * @param id {@code ref_...}; null from brands whose answer to a refund is the invoice
 * @param rawStatus the word received; {@link #status()} reads it
 * @param referenceId what it was asked for under
 * @param originalId the payment invoice
 * @param amount major units; null when not told
 * @param other everything else Corefy sent, by its name
 * @see "docs/protocols/corefy.md, section 7"
 */
public record Refund(
        @Nullable String id,
        String rawStatus,
        @Nullable String referenceId,
        @Nullable String originalId,
        @Nullable String description,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal fee,
        @Nullable String currency,
        @Nullable Instant created,
        Map<String, Object> other) {
    private static final Set<String> KNOWN =
            Set.of("id", "type", "status", "reference_id", "original_id", "description", "amount", "fee", "currency", "created");

    /** How a refund stands. The list of Corefy's words is not known; a word that says neither done nor failed counts as not decided. */
    public enum Status { SUCCEEDED, PENDING, FAILED }

    public Status status() {
        if (rawStatus.equals("processed")) {
            return Status.SUCCEEDED;
        }
        return rawStatus.contains("failed") ? Status.FAILED : Status.PENDING;
    }

    static Refund of(Resource resource) {
        return of(resource.id(), resource.attributes().requiredText("status"), resource.attributes());
    }

    /**
     * The refunds of an invoice, each a resource of its own or its attributes alone; null when they are not told, or not so that one could be
     * found by its reference: then nothing follows from not finding one.
     */
    static @Nullable List<Refund> listed(@Nullable JsonNode list) {
        if (list == null || !list.isArray()) {
            return null;
        }
        var refunds = new ArrayList<Refund>();
        for (JsonNode item : list) {
            JsonNode attributes = item.path("attributes").isObject() ? item.path("attributes") : item;
            if (!attributes.path("reference_id").isString()) {
                return null;
            }
            JsonFields json = JsonFields.of(attributes);
            String status = json.text("status");
            refunds.add(of(item.path("id").isString() ? item.path("id").stringValue() : null, status == null ? "" : status, json));
        }
        return List.copyOf(refunds);
    }

    private static Refund of(@Nullable String id, String status, JsonFields json) {
        return new Refund(id, status, json.text("reference_id"), json.text("original_id"), json.text("description"),
                json.decimal("amount"), json.decimal("fee"), json.text("currency"), Json.time(json, "created"), Json.others(json.node(), KNOWN));
    }
}
