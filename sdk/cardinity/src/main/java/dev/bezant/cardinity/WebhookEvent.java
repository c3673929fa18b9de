package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verified event in the envelope of docs/protocols/cardinity.md, section 8. Treat it as a hint to look: fetch the object before acting on money.
 *
 * @param rawType as received; {@link #type()} reads it
 * @param id of the event, to recognise repetitions; null when not sent
 * @param resourceId of the payment, refund, settlement, void or chargeback that {@code data} is about; null when not sent
 * @param parentId of the payment, where {@code data} is about something of a payment
 * @param rawStatus of that resource
 * @param amount of that resource
 */
public record WebhookEvent(
        String rawType,
        @Nullable String id,
        @Nullable Instant created,
        @Nullable String resourceId,
        @Nullable String parentId,
        @Nullable String orderId,
        @Nullable String rawStatus,
        @Nullable BigDecimal amount,
        @Nullable Decline decline) {

    /** The kinds of event that are known; answer the others with success and do nothing. */
    public enum Type {
        PAYMENT_APPROVED,
        PAYMENT_DECLINED,
        PAYMENT_PENDING,
        REFUND_APPROVED,
        REFUND_DECLINED,
        SETTLEMENT_APPROVED,
        SETTLEMENT_DECLINED,
        VOID_APPROVED,
        CHARGEBACK_CREATED,
        UNRECOGNIZED
    }

    public Type type() {
        return switch (rawType) {
            case "payment.approved" -> Type.PAYMENT_APPROVED;
            case "payment.declined" -> Type.PAYMENT_DECLINED;
            case "payment.pending" -> Type.PAYMENT_PENDING;
            case "refund.approved" -> Type.REFUND_APPROVED;
            case "refund.declined" -> Type.REFUND_DECLINED;
            case "settlement.approved" -> Type.SETTLEMENT_APPROVED;
            case "settlement.declined" -> Type.SETTLEMENT_DECLINED;
            case "void.approved" -> Type.VOID_APPROVED;
            case "chargeback.created" -> Type.CHARGEBACK_CREATED;
            default -> Type.UNRECOGNIZED;
        };
    }
}
