package dev.bezant.worldline.direct.model;

import java.util.Optional;

/** What is read off a payment, however it was asked for. */
public interface PaymentView {
    Optional<String> id();

    Optional<PaymentStatus> status();

    Optional<PaymentStatusOutput> statusOutput();

    /** By the word of the status alone; never guessed from anything else. */
    default Progress progress() {
        return status().map(Progress::of).orElse(Progress.UNKNOWN);
    }

    /** Refused; no money moved. */
    default boolean isDeclined() {
        return progress() == Progress.DECLINED;
    }

    /** Money taken, and not given back. */
    default boolean isPaid() {
        return progress() == Progress.PAID;
    }
}
