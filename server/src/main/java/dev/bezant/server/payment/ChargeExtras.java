package dev.bezant.server.payment;

import dev.bezant.server.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a charge besides its money and its state.
 *
 * @param details what was said about the payment when the charge was made, and what updates changed of it since; members are absent
 *     where nothing was said
 * @param challenge which challenge the payer was sent to, {@code 3ds2} or {@code 3ds1}; null if there was none
 * @param captureId the capture that took the money; null where the payment itself took it, or nothing was taken
 * @param disputed whether it was ever disputed
 * @param amountDisputed what disputes have taken of it at present, in minor units
 * @param takingBack whether the provider is, or was, asked to take it back because its answer was lost: no approval of it counts any more
 */
public record ChargeExtras(
        ObjectNode details, @Nullable String challenge, @Nullable String captureId, boolean disputed, long amountDisputed, boolean takingBack) {
    /** What a charge takes over of its intent's details. */
    private static final List<String> TAKEN_OVER = List.of("description", "metadata", "receipt_email", "shipping", "statement_descriptor",
            "statement_descriptor_suffix", "transfer_group");

    /** Of a charge that is being made for an intent. */
    static ChargeExtras of(Intent intent) {
        ObjectNode details = Json.object();
        for (String name : TAKEN_OVER) {
            JsonNode value = intent.details().get(name);
            if (value != null) {
                details.set(name, value);
            }
        }
        return new ChargeExtras(details, null, null, false, 0, false);
    }

    /** The details as they are stored: null where there are none. */
    @Nullable String storedDetails() {
        return details.isEmpty() ? null : Json.write(details);
    }

    ChargeExtras challenged(String kind) {
        return new ChargeExtras(details, kind, captureId, disputed, amountDisputed, takingBack);
    }

    ChargeExtras capturedBy(String operationId) {
        return new ChargeExtras(details, challenge, operationId, disputed, amountDisputed, takingBack);
    }

    ChargeExtras with(ObjectNode changed) {
        return new ChargeExtras(changed, challenge, captureId, disputed, amountDisputed, takingBack);
    }
}
