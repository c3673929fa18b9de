package dev.bezant.server.method;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.http.Caller;

/** What payment methods need of customers, who in turn need payment methods. */
public interface CustomerDoor {
    /** Whether there is such a customer, not deleted. */
    boolean exists(Session session, Caller caller, String customerId);

    /**
     * Holds a customer still until the transaction ends, so that it is not deleted meanwhile. Always taken before the lock on a
     * payment method.
     *
     * @return false if there is none, or it is deleted
     */
    boolean hold(Session tx, Caller caller, String customerId);

    /** Hears that a method is no longer the customer's, so that it is no longer its default either. */
    void detached(Session tx, Cause cause, String customerId, String paymentMethodId);
}
