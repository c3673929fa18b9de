package dev.bezant.worldline.direct.model;

/** How far a payment is, in the few ways that call for different acts. */
public enum Progress {
    /** Being worked on: ask again, or wait for the webhook. */
    UNDER_WAY,
    /** The payer must act: at a bank, on a page, with an app. */
    WAITS_FOR_PAYER,
    /** The merchant must act: capture, complete, approve. */
    WAITS_FOR_MERCHANT,
    /** Paid. */
    PAID,
    /** The card was checked; nothing was to be paid. */
    VERIFIED,
    /** Refused: no money moved. */
    DECLINED,
    /** Released or given up before it was paid. */
    CANCELLED,
    /** Paid, and given back or taken back since. */
    GIVEN_BACK,
    /** Without a status, or with one that this version does not know: neither a success nor a failure. */
    UNKNOWN;

    static Progress of(PaymentStatus status) {
        return switch (status) {
            case CREATED, AUTHORIZATION_REQUESTED, CAPTURE_REQUESTED, REFUND_REQUESTED -> UNDER_WAY;
            case REDIRECTED, PENDING_PAYMENT -> WAITS_FOR_PAYER;
            case PENDING_APPROVAL, PENDING_COMPLETION, PENDING_CAPTURE, PENDING_FRAUD_APPROVAL -> WAITS_FOR_MERCHANT;
            case CAPTURED, PAID -> PAID;
            case ACCOUNT_VERIFIED -> VERIFIED;
            case REJECTED, REJECTED_CAPTURE -> DECLINED;
            case CANCELLED -> CANCELLED;
            case REVERSED, REFUNDED, CHARGEBACKED, CHARGEBACK_NOTIFICATION -> GIVEN_BACK;
            case UNRECOGNIZED -> UNKNOWN;
        };
    }
}
