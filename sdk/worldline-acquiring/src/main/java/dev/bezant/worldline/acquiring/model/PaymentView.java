package dev.bezant.worldline.acquiring.model;

import java.util.Optional;

/** What is read off a payment, however it was asked for. */
public interface PaymentView {
    Optional<String> paymentId();

    Optional<PaymentStatus> status();

    /** By the word of the status alone; never guessed from anything else. */
    default Progress progress() {
        return status().map(Progress::of).orElse(Progress.UNKNOWN);
    }
}
