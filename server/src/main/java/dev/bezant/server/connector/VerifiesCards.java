package dev.bezant.server.connector;

import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Outcome;

/** A provider that asks the issuer about a card without charging it: an amount of zero, with a challenge where one is wanted. */
public interface VerifiesCards {
    /**
     * Verifies a card.
     *
     * @param payment of amount zero
     * @return as {@link Connector#pay}; approved with an amount of zero
     */
    Outcome verify(Connector.Payment payment, Deadline deadline);
}
