package dev.bezant.sandbox.corefy;

import java.util.Locale;

/** The statuses of payment invoices (section 11). */
enum Status {
    CREATED, PROCESS_PENDING, PROCESSED, PARTIALLY_PROCESSED, PROCESS_FAILED, EXPIRED, TERMINATED, REFUND_PENDING, PARTIALLY_REFUNDED, REFUNDED,
    REFUND_FAILED, CHARGED_BACK, PARTIALLY_CHARGED_BACK;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it can still be paid. */
    boolean isOpen() {
        return this == CREATED || this == PROCESS_PENDING;
    }
}
