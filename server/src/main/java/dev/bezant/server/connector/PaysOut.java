package dev.bezant.server.connector;

import dev.bezant.server.connector.Connector.Card;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that sends money to cards. As with payments, calls end in an {@link Outcome} and send no byte once their deadline has passed. */
public interface PaysOut {
    /**
     * Money to a card.
     *
     * @param reference ours, unique
     * @param card without its security code
     * @param recipient as far as the card's billing details tell
     * @param statement what the recipient's statement is to say
     * @param noticeUrl where the provider may tell us of it
     */
    record Payout(
            String reference,
            Money amount,
            Card card,
            Payer recipient,
            @Nullable String description,
            @Nullable String statement,
            String noticeUrl) {}

    /** Keeps the provider's id of a payout. */
    interface Place {
        /** @return false if it is not to be sent any more */
        boolean keep(String providerId);

        /** Told that the provider has taken it up and shows it as unsent still: from now on, that it shows so is no proof. */
        void takenUp();
    }

    /**
     * Sends it.
     *
     * @param place told the provider's id before any money can move, where the provider gives a payout a place first
     * @return approved with what was sent; {@link Outcome.Pending} where the provider works on it, or only reading by the id tells;
     *     {@link Outcome.ActionRequired} where it has paid a part, or has not wholly taken it back: a person must look
     */
    Outcome payOut(Payout payout, Place place, Deadline deadline);

    /**
     * How it stands, by the provider's id.
     *
     * @return {@link Outcome.Unknown} if the provider cannot be asked now; {@link Outcome.NotSent} if it has its place and nobody has sent it: proof
     *     only when nobody can any more, and the provider was not heard to take it up
     */
    Outcome payout(String providerId, String reference, Money amount);

    /**
     * What became of one whose id nobody has heard. Called once nobody can be sending it any more, and the provider has finished with what had
     * arrived. It may be sent again, word for word, where the provider answers that as it answered the first.
     *
     * @return {@link Outcome.Unknown} for everything that does not prove it
     */
    Outcome settlePayout(Payout payout, Deadline deadline);

    /** How long after the first sending {@link #settlePayout} proves anything; empty for however long. */
    Optional<Duration> payoutSettleableFor();
}
