package dev.bezant.cardinity;

/** What Cardinity said about a refund. */
public sealed interface RefundOutcome {
    Refund refund();

    record Approved(Refund refund) implements RefundOutcome {}

    /** Not decided yet: ask again until it is. */
    record Processing(Refund refund) implements RefundOutcome {}

    /** Refused; no money moved. */
    record Declined(Refund refund, Decline decline) implements RefundOutcome {}

    /** A word, or a combination, that this version does not know: neither approved nor declined. Treat it as not yet known. */
    record Unrecognized(Refund refund) implements RefundOutcome {}

    static RefundOutcome of(Refund refund) {
        return switch (refund.status()) {
            case APPROVED -> new Approved(refund);
            case DECLINED -> new Declined(refund, refund.decline() == null ? new Decline(null, null, null) : refund.decline());
            case PENDING, PROCESSING -> new Processing(refund);
            case INITIATED, UNRECOGNIZED -> new Unrecognized(refund);
        };
    }
}
