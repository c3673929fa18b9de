package dev.bezant.worldline.acquiring.model;

import java.util.Optional;

/** What is read off a refund, however it was asked for. */
public interface RefundView {
    Optional<String> refundId();

    Optional<PaymentStatus> status();

    /** By the word of the status alone; never guessed from anything else. */
    default Progress progress() {
        return status().map(Progress::of).orElse(Progress.UNKNOWN);
    }
}
