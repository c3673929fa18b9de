package dev.bezant.cardinity;

/** What Cardinity said about a void. */
public sealed interface VoidOutcome {
    PaymentVoid paymentVoid();

    record Approved(PaymentVoid paymentVoid) implements VoidOutcome {}

    /** Not decided yet: ask again until it is. */
    record Processing(PaymentVoid paymentVoid) implements VoidOutcome {}

    /** Refused; no money moved. */
    record Declined(PaymentVoid paymentVoid, Decline decline) implements VoidOutcome {}

    /** A word, or a combination, that this version does not know: neither approved nor declined. Treat it as not yet known. */
    record Unrecognized(PaymentVoid paymentVoid) implements VoidOutcome {}

    static VoidOutcome of(PaymentVoid paymentVoid) {
        return switch (paymentVoid.status()) {
            case APPROVED -> new Approved(paymentVoid);
            case DECLINED -> new Declined(paymentVoid, paymentVoid.decline() == null ? new Decline(null, null, null) : paymentVoid.decline());
            case PENDING, PROCESSING -> new Processing(paymentVoid);
            case INITIATED, UNRECOGNIZED -> new Unrecognized(paymentVoid);
        };
    }
}
