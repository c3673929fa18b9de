package dev.bezant.corefy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a payment invoice stands. A word that this version does not know is kept apart: it is neither success nor failure.
 *
 * @see "docs/protocols/corefy.md, section 11"
 */
public enum InvoiceStatus {
    CREATED(false),
    PROCESSING(false),
    PROCESS_PENDING(false),
    /** An attempt failed and another will follow. */
    PROCESS_ERROR(false),
    /** Paid; a refund or a chargeback may follow. */
    PROCESSED(false),
    /** Paid, but less than was asked. */
    PARTIALLY_PROCESSED(false),
    /** Every attempt failed. Corefy's staff can still correct it to paid. */
    PROCESS_FAILED(true),
    EXPIRED(true),
    /** The payer gave up. */
    TERMINATED(true),
    REFUNDING(false),
    REFUND_PENDING(false),
    REFUND_ERROR(false),
    PARTIALLY_REFUNDED(true),
    REFUNDED(true),
    /** The refund is impossible; the payment stays paid. */
    REFUND_FAILED(true),
    CHARGED_BACK(true),
    PARTIALLY_CHARGED_BACK(true),
    UNRECOGNIZED(false);

    private final boolean last;

    InvoiceStatus(boolean last) {
        this.last = last;
    }

    /** Whether Corefy calls this the end. */
    public boolean isFinal() {
        return last;
    }

    static InvoiceStatus of(@Nullable String word) {
        for (InvoiceStatus status : values()) {
            if (status != UNRECOGNIZED && status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        return UNRECOGNIZED;
    }
}
