package dev.bezant.server.connector;

import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Payment;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Outcome;
import java.time.Duration;

/**
 * A provider that answers a repeated request as it answered the first, and carries out one that never arrived. So it tells what became of a
 * request whose answer was lost, by being sent it again.
 */
public interface RepeatsByKey {
    /** How long after the first sending a repeat is sure to be recognized. */
    Duration repeatableFor();

    /**
     * Sends a payment again, with all that is still known of it: the CVC may be gone.
     *
     * @return what became of it; {@link Outcome.Unknown} for every answer that does not prove it, also one that refuses the repeat
     */
    Outcome repeat(Payment payment, Deadline deadline);

    /**
     * Sends a movement again, word for word.
     *
     * @return what became of it; {@link Outcome.Rejected} where the provider refuses it: it would have answered as before if it had been done
     */
    Outcome repeat(MovementKind kind, Movement movement, Deadline deadline);
}
