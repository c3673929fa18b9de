package dev.bezant.sandbox.worldlinedirect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a payment that was made. Its id is the payment's with the next number behind it. Immutable.
 *
 * @param amount minor units of the payment's currency
 * @param last whether it was said to be the last of its kind
 * @param dueAt when a pending one ends by itself
 * @param approvedWhenDue how it ends then
 * @param captureId of a refund that names the capture it is for
 */
record Maintenance(int number, Kind kind, long amount, Stage stage, boolean last, Instant created, @Nullable Instant dueAt,
        boolean approvedWhenDue, References references, References operationReferences, @Nullable String captureId) {

    enum Kind { CAPTURE, CANCEL, REFUND, INCREMENT, CHARGEBACK }

    /** An uncertain one is pending, and nobody knows what will become of it. */
    enum Stage { PENDING, UNCERTAIN, DONE, REJECTED }

    boolean isOpen() {
        return stage == Stage.PENDING || stage == Stage.UNCERTAIN;
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    Maintenance ended(boolean approved) {
        return new Maintenance(number, kind, amount, approved ? Stage.DONE : Stage.REJECTED, last, created, null, false, references,
                operationReferences, captureId);
    }

    /** What the merchant called it: for the truth ledger. */
    @Nullable String reference() {
        return operationReferences.merchantReference() != null
                ? operationReferences.merchantReference() : references.merchantReference();
    }

    /** As an operation in the answers. */
    Standing standing() {
        return switch (kind) {
            case CAPTURE -> switch (stage) {
                case PENDING -> Standing.of("CAPTURE_REQUESTED", Standing.WAITING, 91, false, false, false);
                case UNCERTAIN -> Standing.of("CAPTURE_REQUESTED", Standing.WAITING, 92, false, false, false);
                case DONE -> Standing.of("CAPTURED", Standing.COMPLETED, 9, false, false, true);
                case REJECTED -> Standing.of("REJECTED_CAPTURE", Standing.UNSUCCESSFUL, 93, false, false, false);
            };
            case CANCEL -> switch (stage) {
                case PENDING, UNCERTAIN -> Standing.of("CANCELLED", Standing.FOR_MERCHANT, 61, true, false, false);
                case DONE -> Standing.of("CANCELLED", Standing.UNSUCCESSFUL, 6, false, false, false);
                case REJECTED -> Standing.of("REJECTED", Standing.UNSUCCESSFUL, 63, false, false, false);
            };
            case REFUND -> switch (stage) {
                case PENDING -> Standing.of("REFUND_REQUESTED", Standing.WAITING, 81, false, false, false);
                case UNCERTAIN -> Standing.of("REFUND_REQUESTED", Standing.WAITING, 82, false, false, false);
                case DONE -> Standing.of("REFUNDED", Standing.REFUNDED, 8, false, false, false);
                case REJECTED -> Standing.of("REJECTED", Standing.UNSUCCESSFUL, 83, false, false, false);
            };
            case INCREMENT -> Standing.of("PENDING_CAPTURE", Standing.FOR_MERCHANT, 5, true, true, false);
            case CHARGEBACK -> Standing.of(isOpen() ? "CHARGEBACK_NOTIFICATION" : "CHARGEBACKED", Standing.COMPLETED, 9, false, false, false);
        };
    }
}
