package dev.bezant.corefy;

import java.math.BigDecimal;

/** What a payment invoice means for whoever wants the money. Exactly one of these, never a guess. */
public sealed interface PaymentOutcome {
    PaymentInvoice invoice();

    /**
     * The money was taken. What was refunded or charged back since is in the invoice's totals.
     *
     * @param amount major units; may be less than asked for
     */
    record Paid(PaymentInvoice invoice, BigDecimal amount) implements PaymentOutcome {
        /** The payer paid less than was asked. */
        public boolean isPartial() {
            return amount.compareTo(invoice.amount()) < 0;
        }
    }

    /** Not decided: the payer has yet to act, Corefy is at work, or its staff must look. Ask again, or wait for the callback. */
    record Pending(PaymentInvoice invoice) implements PaymentOutcome {}

    /** Refused; no money moved. */
    record Declined(PaymentInvoice invoice, Decline decline) implements PaymentOutcome {}

    /** Its time ran out or the payer gave up; no money moved. */
    record Lapsed(PaymentInvoice invoice) implements PaymentOutcome {}

    /** Corefy used a word that this version does not know: neither paid nor refused. Treat it as not yet known. */
    record Unrecognized(PaymentInvoice invoice) implements PaymentOutcome {}

    /** Reads the outcome off an invoice. */
    static PaymentOutcome of(PaymentInvoice invoice) {
        return switch (invoice.status()) {
            case PROCESSED, REFUNDING, REFUND_PENDING, REFUND_ERROR, PARTIALLY_REFUNDED, REFUNDED, REFUND_FAILED, CHARGED_BACK,
                    PARTIALLY_CHARGED_BACK -> new Paid(invoice, received(invoice));
            case PARTIALLY_PROCESSED -> invoice.totals().processed() == null ? new Unrecognized(invoice) : new Paid(invoice, received(invoice));
            case CREATED, PROCESSING, PROCESS_PENDING, PROCESS_ERROR -> new Pending(invoice);
            case PROCESS_FAILED -> new Declined(invoice,
                    new Decline(invoice.resolution(), invoice.resolutionMessage(), invoice.acquirer().originalResolution()));
            case EXPIRED, TERMINATED -> new Lapsed(invoice);
            case UNRECOGNIZED -> new Unrecognized(invoice);
        };
    }

    private static BigDecimal received(PaymentInvoice invoice) {
        BigDecimal processed = invoice.totals().processed();
        return processed == null ? invoice.amount() : processed;
    }
}
