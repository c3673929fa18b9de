package dev.bezant.corefy;

/** What a payout invoice means. Exactly one of these, never a guess. */
public sealed interface PayoutOutcome {
    PayoutInvoice payout();

    /** The money is on its way to the recipient, or there. */
    record Paid(PayoutInvoice payout) implements PayoutOutcome {}

    /** Created with automatic processing off: nothing moves before {@link Payouts#process}. */
    record Waiting(PayoutInvoice payout) implements PayoutOutcome {}

    /** Not decided: Corefy is at work, or its staff must look. */
    record Pending(PayoutInvoice payout) implements PayoutOutcome {}

    /** Refused, canceled or too old; no money left. */
    record Failed(PayoutInvoice payout) implements PayoutOutcome {}

    /** Some of it went out, or a cancelation did not succeed wholly: a person must look. */
    record Mixed(PayoutInvoice payout) implements PayoutOutcome {}

    /** A word that this version does not know: neither paid nor failed. */
    record Unrecognized(PayoutInvoice payout) implements PayoutOutcome {}

    static PayoutOutcome of(PayoutInvoice payout) {
        return switch (payout.status()) {
            case PROCESSED -> new Paid(payout);
            case CREATED -> new Waiting(payout);
            case PROCESSING, PROCESS_PENDING, PROCESS_ERROR, CANCELING, CANCEL_PENDING, CANCEL_ERROR -> new Pending(payout);
            case PROCESS_FAILED, EXPIRED, TERMINATED, CANCELED -> new Failed(payout);
            case PARTIALLY_PROCESSED, PARTIALLY_CANCELED, CANCEL_FAILED -> new Mixed(payout);
            case UNRECOGNIZED -> new Unrecognized(payout);
        };
    }
}
