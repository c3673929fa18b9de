package dev.bezant.server.connector;

import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Outcome;
import java.util.List;
import java.util.Optional;

/** The ability to hold more than was authorized first, as long as nothing of it is captured. */
public interface IncrementsAuthorizations {
    /** @param more how much more; its reference is that of the increment */
    Outcome increment(Movement more, Deadline deadline);

    /**
     * The increments of a payment, complete.
     *
     * @return empty if the provider could not be asked, or does not tell all of them
     */
    Optional<List<Sighting>> increments(String providerId, Currency currency);
}
