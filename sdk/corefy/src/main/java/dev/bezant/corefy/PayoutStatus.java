package dev.bezant.corefy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a payout invoice stands. A word that this version does not know is kept apart: it is neither success nor failure. */
public enum PayoutStatus {
    CREATED(false),
    PROCESSING(false),
    PROCESS_PENDING(false),
    PROCESS_ERROR(false),
    PROCESSED(false),
    PARTIALLY_PROCESSED(false),
    PROCESS_FAILED(true),
    EXPIRED(true),
    TERMINATED(true),
    CANCELING(false),
    CANCEL_PENDING(false),
    PARTIALLY_CANCELED(true),
    CANCELED(true),
    CANCEL_ERROR(false),
    CANCEL_FAILED(true),
    UNRECOGNIZED(false);

    private final boolean last;

    PayoutStatus(boolean last) {
        this.last = last;
    }

    /** Whether Corefy calls this the end. */
    public boolean isFinal() {
        return last;
    }

    static PayoutStatus of(@Nullable String word) {
        for (PayoutStatus status : values()) {
            if (status != UNRECOGNIZED && status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        return UNRECOGNIZED;
    }
}
