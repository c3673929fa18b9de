package dev.bezant.server.payment;

import dev.bezant.server.kernel.Outcome;

/** Takes care of a payment that was approved after its attempt had been closed as failed: gives it back. */
@FunctionalInterface
public interface LateApproval {
    void approved(Charge charge, Outcome.Approved approved);
}
