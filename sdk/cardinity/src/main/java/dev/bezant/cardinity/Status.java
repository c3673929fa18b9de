package dev.bezant.cardinity;

import org.jspecify.annotations.Nullable;

/** What Cardinity says about an object. A word that this version does not know is kept apart: it is neither success nor failure. */
public enum Status {
    APPROVED,
    DECLINED,
    PENDING,
    PROCESSING,
    /** Chargebacks only. */
    INITIATED,
    UNRECOGNIZED;

    static Status of(@Nullable String word) {
        if (word == null) {
            return UNRECOGNIZED;
        }
        return switch (word) {
            case "approved" -> APPROVED;
            case "declined" -> DECLINED;
            case "pending" -> PENDING;
            case "processing" -> PROCESSING;
            case "initiated" -> INITIATED;
            default -> UNRECOGNIZED;
        };
    }
}
