package dev.bezant.sandbox.cardinity;

import java.util.Locale;

/** Of a payment, or of what hangs on one. */
enum Status {
    APPROVED, DECLINED, PENDING, PROCESSING, INITIATED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
