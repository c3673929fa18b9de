package dev.bezant.server.payment;

import dev.bezant.server.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payment intent or a setup intent as stored.
 *
 * @param version bumped by every change; the guard of every transition
 * @param details what is only shown: description, metadata, shipping, return_url, payment_method_types, options
 */
public record Intent(
        String accountId,
        String id,
        boolean livemode,
        Purpose purpose,
        int version,
        IntentStatus status,
        Money amount,
        long amountCapturable,
        long amountReceived,
        String captureMethod,
        String confirmationMethod,
        @Nullable String customerId,
        @Nullable String paymentMethodId,
        @Nullable String latestChargeId,
        String clientSecret,
        @Nullable String cancellationReason,
        @Nullable Instant canceledAt,
        ObjectNode details,
        @Nullable ObjectNode nextAction,
        @Nullable ObjectNode lastPaymentError,
        Instant createdAt) {

    /** Whether something is left to do once it succeeds: keep the card with the customer, write down a mandate. */
    boolean hasFollowUp() {
        return (customerId != null && keepsCard()) || details.has("mandate_data");
    }

    /** Whether the card is to be kept with the customer for later. */
    boolean keepsCard() {
        String usage = cardOption("setup_future_usage");
        return purpose == Purpose.SETUP || (usage == null ? detail("setup_future_usage") != null : !usage.equals("none"));
    }

    public boolean capturesAtOnce() {
        return !captureMethod.equals("manual") && !"manual".equals(cardOption("capture_method"));
    }

    private @Nullable String cardOption(String name) {
        return details.path("payment_method_options").path("card").path(name).asString(null);
    }

    public @Nullable String detail(String name) {
        JsonNode value = details.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    public boolean detailFlag(String name) {
        return details.path(name).asBoolean(false);
    }

    /** A copy to change. */
    public Change change() {
        return new Change(this);
    }

    /** What a transition changes; everything else stays. */
    public static final class Change {
        private final Intent from;
        private IntentStatus status;
        private Money amount;
        private long amountCapturable;
        private long amountReceived;
        private String captureMethod;
        private @Nullable String customerId;
        private @Nullable String paymentMethodId;
        private @Nullable String latestChargeId;
        private @Nullable String cancellationReason;
        private @Nullable Instant canceledAt;
        private ObjectNode details;
        private @Nullable ObjectNode nextAction;
        private @Nullable ObjectNode lastPaymentError;

        private Change(Intent from) {
            this.from = from;
            this.status = from.status;
            this.amount = from.amount;
            this.amountCapturable = from.amountCapturable;
            this.amountReceived = from.amountReceived;
            this.captureMethod = from.captureMethod;
            this.customerId = from.customerId;
            this.paymentMethodId = from.paymentMethodId;
            this.latestChargeId = from.latestChargeId;
            this.cancellationReason = from.cancellationReason;
            this.canceledAt = from.canceledAt;
            this.details = from.details;
            this.nextAction = from.nextAction;
            this.lastPaymentError = from.lastPaymentError;
        }

        /** Sets the status; what belongs to other statuses alone is cleared. */
        public Change status(IntentStatus to) {
            status = to;
            if (to != IntentStatus.REQUIRES_ACTION) {
                nextAction = null;
            }
            if (to != IntentStatus.REQUIRES_CAPTURE && to != IntentStatus.PROCESSING) {
                amountCapturable = 0;
            }
            if (to != IntentStatus.REQUIRES_PAYMENT_METHOD) {
                lastPaymentError = null;
            }
            return this;
        }

        public Change amount(Money to) {
            amount = to;
            return this;
        }

        public Change capturable(long to) {
            amountCapturable = to;
            return this;
        }

        public Change received(long to) {
            amountReceived = to;
            return this;
        }

        public Change captureMethod(String to) {
            captureMethod = to;
            return this;
        }

        public Change customer(@Nullable String to) {
            customerId = to;
            return this;
        }

        public Change paymentMethod(@Nullable String to) {
            paymentMethodId = to;
            return this;
        }

        public Change latestCharge(String to) {
            latestChargeId = to;
            return this;
        }

        public Change canceled(@Nullable String reason, Instant at) {
            cancellationReason = reason;
            canceledAt = at;
            return this;
        }

        public Change details(ObjectNode to) {
            details = to;
            return this;
        }

        public Change nextAction(ObjectNode to) {
            nextAction = to;
            return this;
        }

        public Change lastPaymentError(ObjectNode to) {
            lastPaymentError = to;
            return this;
        }

        /** The changed intent, one version on. */
        public Intent done() {
            return new Intent(from.accountId, from.id, from.livemode, from.purpose, from.version + 1, status, amount, amountCapturable, amountReceived,
                    captureMethod, from.confirmationMethod, customerId, paymentMethodId, latestChargeId, from.clientSecret,
                    cancellationReason, canceledAt, details, nextAction, lastPaymentError, from.createdAt);
        }
    }
}
