package dev.bezant.worldline.direct.model;

import java.util.Optional;

/** What is read off a refund. */
public interface RefundView {
    Optional<PaymentStatus> status();

    /** Refused; nothing was given back. */
    default boolean isDeclined() {
        return status().filter(PaymentStatus.REJECTED::equals).isPresent();
    }

    /** Given back, as far as the platform knows. */
    default boolean isRefunded() {
        return status().filter(PaymentStatus.REFUNDED::equals).isPresent();
    }
}
