package dev.bezant.server.connector;

import dev.bezant.server.kernel.Deadline;

/**
 * A provider that cannot be asked what became of a payment whose answer was lost, but undoes it by our reference, whatever became of it.
 *
 * <p>Whoever settles must have seen to it that nobody can send the payment any more, and that no approval of it counts from then on.
 */
public interface TakesBack {
    /**
     * Takes a payment back, wholly. May be repeated: what was taken back is only taken back again.
     *
     * @param reference ours, told with the payment
     * @param by our own reference of taking it back, new each time
     */
    TakenBack takeBack(String reference, String by, Deadline deadline);

    /** What the provider says to it. */
    sealed interface TakenBack {
        /** Nothing of it is held, and nothing was taken. */
        record Undone() implements TakenBack {}

        /** It has not arrived there: proof only when it cannot be on its way any more. */
        record NotArrived() implements TakenBack {}

        /** It stands, and cannot be taken back any more. */
        record Refused(String reason) implements TakenBack {}

        /** To be asked again. */
        record Unknown(String reason) implements TakenBack {}
    }
}
