package dev.bezant.server.connector;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider that tells of payments by itself. What it tells is no proof of a state: late, twice and in any order, it makes us ask. */
public interface TellsByNotice {
    /**
     * Checks that a notice is the provider's, and reads what it is about.
     *
     * @param body exactly the bytes received
     * @param header of the request, by any-case name
     * @throws NotGenuine if it is not provably the provider's
     */
    Notice read(byte[] body, Function<String, @Nullable String> header) throws NotGenuine;

    /**
     * What a genuine notice is about.
     *
     * @param fingerprint the same for every delivery of the same news
     * @param type in the provider's words
     * @param reference ours, of the payment or payout; null where the notice does not tell, or is about something else
     * @param providerId the provider's id of it; null likewise
     * @param shown the body without what must not be stored, as JSON
     */
    record Notice(String fingerprint, String type, @Nullable String reference, @Nullable String providerId, String shown) {}

    /** The notice is not provably the provider's. The message is for an operator, and holds nothing of the notice. */
    final class NotGenuine extends Exception {
        private static final long serialVersionUID = 1L;

        public NotGenuine(String message) {
            super(message, null, false, false);
        }
    }
}
