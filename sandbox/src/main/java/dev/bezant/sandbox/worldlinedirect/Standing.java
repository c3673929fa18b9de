package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.worldlinedirect.Maintenance.Kind;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Stage;

/**
 * How a payment or an operation on it stands, in this provider's words (section 2.1).
 *
 * @param status such as {@code PENDING_CAPTURE}
 */
record Standing(String status, String category, int code, boolean isAuthorized, boolean isCancellable, boolean isRefundable) {
    static final String WAITING = "PENDING_CONNECT_OR_3RD_PARTY";
    static final String FOR_MERCHANT = "PENDING_MERCHANT";
    static final String COMPLETED = "COMPLETED";
    static final String UNSUCCESSFUL = "UNSUCCESSFUL";
    static final String REFUNDED = "REFUNDED";

    static Standing of(String status, String category, int code, boolean isAuthorized, boolean isCancellable, boolean isRefundable) {
        return new Standing(status, category, code, isAuthorized, isCancellable, isRefundable);
    }

    static Standing of(Payment payment) {
        return switch (payment.state().stage()) {
            case REDIRECTED -> of("REDIRECTED", WAITING, 46, false, false, false);
            case WAITING -> of("AUTHORIZATION_REQUESTED", WAITING, 51, false, false, false);
            case UNCERTAIN -> of("AUTHORIZATION_REQUESTED", WAITING, 52, false, false, false);
            case COMPLETION -> of("PENDING_COMPLETION", FOR_MERCHANT, 5, false, false, false);
            case VERIFIED -> of("ACCOUNT_VERIFIED", "ACCOUNT_VERIFIED", 5, true, false, false);
            case REJECTED -> of("REJECTED", UNSUCCESSFUL, 2, false, false, false);
            case CANCELLED -> of("CANCELLED", UNSUCCESSFUL, 1, false, false, false);
            case APPROVED -> approved(payment);
        };
    }

    /** Captured in parts it counts as captured, as on the legacy platform; refunded only when all was given back (choice). */
    private static Standing approved(Payment payment) {
        boolean open = payment.remaining() > 0 && !payment.state().cancelClosed();
        boolean refundable = payment.captured() > payment.refunding();
        var dispute = payment.last(Kind.CHARGEBACK);
        if (dispute != null && dispute.stage() != Stage.REJECTED) {
            return of(dispute.standing().status(), COMPLETED, 9, false, false, refundable);
        }
        if (payment.captured() > 0 && payment.remaining() == 0 && payment.refunding() == payment.captured()) {
            var refund = payment.last(Kind.REFUND);
            boolean uncertain = refund != null && refund.stage() == Stage.UNCERTAIN;
            return payment.refunded() == payment.captured()
                    ? of("REFUNDED", REFUNDED, 8, false, false, false)
                    : of("REFUND_REQUESTED", WAITING, uncertain ? 82 : 81, false, false, false);
        }
        var capture = payment.last(Kind.CAPTURE);
        if (capture != null && capture.isOpen()) {
            return of("CAPTURE_REQUESTED", WAITING, capture.standing().code(), open, open, refundable);
        }
        if (payment.captured() > 0) {
            return of("CAPTURED", COMPLETED, 9, open, open, refundable);
        }
        if (capture != null && capture.stage() == Stage.REJECTED) {
            return of("REJECTED_CAPTURE", UNSUCCESSFUL, 93, open, open, false);
        }
        if (payment.remaining() == 0) {
            return of("CANCELLED", UNSUCCESSFUL, 6, false, false, false);
        }
        return of("PENDING_CAPTURE", FOR_MERCHANT, 5, true, open, false);
    }
}
