package dev.bezant.worldline.direct.model;

import java.util.Optional;

/** What is read off a payout. */
public interface PayoutView {
    Optional<PayoutStatus> status();

    /** Refused; nothing was paid out. */
    default boolean isDeclined() {
        return status().filter(PayoutStatus.REJECTED_CREDIT::equals).isPresent();
    }

    default boolean isPaidOut() {
        return status().filter(PayoutStatus.ACCOUNT_CREDITED::equals).isPresent();
    }
}
