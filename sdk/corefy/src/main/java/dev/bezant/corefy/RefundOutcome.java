package dev.bezant.corefy;

/** What Corefy said about a refund. Exactly one of these, never a guess. */
public sealed interface RefundOutcome {
    Refund refund();

    record Succeeded(Refund refund) implements RefundOutcome {}

    /** Asked for and not decided: read the invoice's refunds, or wait for the callback. */
    record Pending(Refund refund) implements RefundOutcome {}

    /** Impossible; the payment stays as it was. */
    record Failed(Refund refund) implements RefundOutcome {}

    static RefundOutcome of(Refund refund) {
        return switch (refund.status()) {
            case SUCCEEDED -> new Succeeded(refund);
            case PENDING -> new Pending(refund);
            case FAILED -> new Failed(refund);
        };
    }
}
