package dev.bezant.server.payment;

import java.util.Arrays;
import java.util.Locale;

/**
 * How an intent stands.
 *
 * @see "docs/protocols/payments-api.md, section 3"
 */
public enum IntentStatus {
    REQUIRES_PAYMENT_METHOD,
    REQUIRES_CONFIRMATION,
    REQUIRES_ACTION,
    /** A provider call is in flight, or its outcome is not known yet. */
    PROCESSING,
    REQUIRES_CAPTURE,
    SUCCEEDED,
    CANCELED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static IntentStatus of(String wireName) {
        return Arrays.stream(values()).filter(status -> status.wireName().equals(wireName)).findFirst().orElseThrow();
    }
}
