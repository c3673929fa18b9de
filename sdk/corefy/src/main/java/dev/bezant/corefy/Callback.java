package dev.bezant.corefy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verified callback. Corefy sends the object itself; it may come twice, late, before an older one, or skip states in between. Treat it as a hint to
 * look: read the object before acting on money, since the signature scheme is an old one.
 *
 * @see "docs/protocols/corefy.md, section 10"
 */
public sealed interface Callback {
    /** When the object was last changed, by Corefy's clock: what is older than what is known already can be left out. Null when not told. */
    @Nullable Instant updated();

    record Payment(PaymentInvoice invoice) implements Callback {
        @Override
        public @Nullable Instant updated() {
            return invoice.times().updated();
        }
    }

    record Payout(PayoutInvoice payout) implements Callback {
        @Override
        public @Nullable Instant updated() {
            return payout.updated();
        }
    }

    /**
     * About something that this version does not know; answer with success and do nothing.
     *
     * @param type of the resource
     */
    record Unrecognized(String type, String id) implements Callback {
        @Override
        public @Nullable Instant updated() {
            return null;
        }
    }

    /**
     * An event of the intents dialect.
     *
     * @param type such as {@code payment.succeeded}
     * @param id of the event, to recognise repetitions
     * @param time when it happened
     * @param amount major units
     * @param other everything else that was sent, by its name
     */
    record IntentEvent(
            String type,
            String id,
            @Nullable Instant time,
            @Nullable String paymentId,
            @Nullable String paymentIntentId,
            @Nullable String customerId,
            @Nullable String referenceId,
            @Nullable String status,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            Map<String, Object> other) implements Callback {
        @Override
        public @Nullable Instant updated() {
            return time;
        }
    }
}
