package dev.bezant.worldline.acquiring.model;

/** How far a payment or a refund is, in the few ways that call for different acts. */
public enum Progress {
    /** Approved: the merchant may capture or release. */
    WAITS_FOR_MERCHANT,
    /** Being worked on: ask again. */
    UNDER_WAY,
    /** Captured: the money goes its way. */
    CAPTURED,
    /** Refused: no money moved. */
    DECLINED,
    /** Released, or taken back. */
    UNDONE,
    /** Without a status, or with one that this version does not know: neither a success nor a failure. */
    UNKNOWN;

    static Progress of(PaymentStatus status) {
        return switch (status) {
            case AUTHORIZED -> WAITS_FOR_MERCHANT;
            case PENDING -> UNDER_WAY;
            case PENDING_CAPTURE, CONFIRMED -> CAPTURED;
            case NOT_AUTHORIZED -> DECLINED;
            case REVERSED, CANCELLED -> UNDONE;
            case UNRECOGNIZED -> UNKNOWN;
        };
    }
}
