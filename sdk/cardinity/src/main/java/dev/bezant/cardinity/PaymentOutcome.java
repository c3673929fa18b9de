package dev.bezant.cardinity;

import dev.bezant.cardinity.Payment.ThreeDs1Challenge;
import dev.bezant.cardinity.Payment.ThreeDs2Challenge;

/** What Cardinity said about a payment. Exactly one of these, never a guess. */
public sealed interface PaymentOutcome {
    Payment payment();

    /** Paid, or authorized where only that was asked for. */
    record Approved(Payment payment) implements PaymentOutcome {}

    /** The payer must authenticate; post the challenge, then {@code finalize3ds2}. */
    record Pending3ds2(Payment payment, ThreeDs2Challenge challenge) implements PaymentOutcome {}

    /** The payer must authenticate the old way; post the challenge, then {@code finalize3ds1}. */
    record Pending3ds1(Payment payment, ThreeDs1Challenge challenge) implements PaymentOutcome {}

    /** Not decided yet, and nothing for the payer to do: ask again until it is. */
    record Processing(Payment payment) implements PaymentOutcome {}

    /** Refused by the issuer or by 3-D Secure; no money moved. */
    record Declined(Payment payment, Decline decline) implements PaymentOutcome {}

    /** Cardinity used a word, or a combination, that this version does not know: neither approved nor declined. Treat it as not yet known. */
    record Unrecognized(Payment payment) implements PaymentOutcome {}

    /** Reads the outcome off a payment, for instance one that was fetched. */
    static PaymentOutcome of(Payment payment) {
        return switch (payment.status()) {
            case APPROVED -> new Approved(payment);
            case DECLINED -> new Declined(
                    payment, payment.decline() == null ? new Decline(null, null, null) : payment.decline());
            case PROCESSING -> new Processing(payment);
            case PENDING -> pending(payment);
            case INITIATED, UNRECOGNIZED -> new Unrecognized(payment);
        };
    }

    private static PaymentOutcome pending(Payment payment) {
        // Both present means that v2 failed technically and v1 is offered (docs/protocols/cardinity.md, section 3).
        if (payment.threeDs1() != null) {
            return new Pending3ds1(payment, payment.threeDs1());
        }
        return payment.threeDs2() != null ? new Pending3ds2(payment, payment.threeDs2()) : new Processing(payment);
    }
}
