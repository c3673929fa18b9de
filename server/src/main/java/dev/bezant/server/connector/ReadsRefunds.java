package dev.bezant.server.connector;

import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;

/** A provider whose refunds are read by ids of their own: what a payment tells of them is not all. */
public interface ReadsRefunds {
    /**
     * How a refund stands.
     *
     * @param refundId the provider's
     * @param amount as it was asked for
     * @return {@link Outcome.Unknown} if the provider cannot be asked now
     */
    Outcome readRefund(String refundId, Money amount);
}
