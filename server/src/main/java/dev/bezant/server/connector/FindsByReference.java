package dev.bezant.server.connector;

import dev.bezant.server.kernel.Outcome;

/**
 * A provider that is asked for a payment by our reference, and takes a reference only once.
 *
 * <p>What is found is believed at once. That nothing is found proves that nothing happened only if the question was asked when nobody could
 * send the payment any more and the provider had finished with what it had received: after {@code give_up_at} and
 * {@link Connector#processingTimeMax()}.
 */
public interface FindsByReference {
    /**
     * Asks for a payment whose provider's id nobody has heard.
     *
     * @param payment with an empty {@link Connector.Inquiry#providerId()}
     */
    Found find(Connector.Inquiry payment);

    /** What the provider has under a reference. */
    sealed interface Found {
        /** A payment: from now on it is asked for by its id. */
        record There(String providerId, Outcome outcome) implements Found {}

        /** No payment: nothing, or a place for one where nobody has begun to pay, and where nobody but us could. */
        record Nothing() implements Found {}

        /** The provider cannot be asked now. */
        record Unknown(String reason) implements Found {}
    }
}
