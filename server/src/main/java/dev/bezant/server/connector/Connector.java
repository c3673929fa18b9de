package dev.bezant.server.connector;

import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One provider account, ready to be called. Shared by all threads.
 *
 * <p>Money calls end in an {@link Outcome}, never in an exception for something the provider said or the network did, and send no
 * byte once their deadline has passed. Optional abilities are interfaces of their own.
 */
public interface Connector extends AutoCloseable {
    /**
     * Authorizes, or authorizes and captures at once.
     *
     * @param reference ours, unique; what settling will ask for
     * @param capture whether to capture at once
     * @param credential what stands for an earlier approved payment with the same card at this provider, as it was told then; it can
     *     stand for the CVC
     * @param keep whether the payer agreed that the card may be kept for later payments
     * @param challenge whether the merchant wants the payer challenged where the issuer would not have it
     * @param statement what the payer's statement is to say
     * @param returnUrl where a challenge or another site brings the payer's browser back to (ours)
     * @param noticeUrl where the provider may tell us of this payment
     * @param offSession whether the payer is absent, so that no challenge is possible
     */
    record Payment(
            String reference,
            Money amount,
            boolean capture,
            Instrument instrument,
            @Nullable String credential,
            boolean keep,
            boolean challenge,
            Payer payer,
            @Nullable String description,
            @Nullable String statement,
            Browser browser,
            String returnUrl,
            String noticeUrl,
            boolean offSession) {}

    /** What is paid with. */
    sealed interface Instrument {}

    /**
     * A card.
     *
     * @param brand as the API names it, such as {@code visa}; {@code unknown} where the number does not tell
     * @param cvc null where it is not known: a saved card
     */
    record Card(Secret number, String brand, int expMonth, int expYear, @Nullable Secret cvc) implements Instrument {}

    /** A method whose payers pay on a site of its own. */
    record Redirect(RedirectMethod method) implements Instrument {}

    /**
     * Who pays, as far as the payment method's billing details tell.
     *
     * @param country ISO 3166-1 alpha-2
     */
    record Payer(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String state,
            @Nullable String postalCode,
            @Nullable String country) {
        /** Without what a log must not hold. */
        @Override
        public String toString() {
            return "Payer[" + country + "]";
        }
    }

    /**
     * What 3-D Secure wants to know of the payer's browser; null where unknown, the connector has documented defaults.
     *
     * @param timeZoneMinutes as JavaScript's getTimezoneOffset tells it
     */
    record Browser(
            @Nullable String acceptHeader,
            @Nullable String language,
            @Nullable Integer screenWidth,
            @Nullable Integer screenHeight,
            @Nullable String userAgent,
            @Nullable Integer colorDepth,
            @Nullable Integer timeZoneMinutes,
            @Nullable String ip) {
        public static final Browser UNKNOWN = new Browser(null, null, null, null, null, null, null, null);
    }

    /**
     * A payment that the provider has given an id.
     *
     * @param reference ours, told when it was made
     * @param returnUrl as in {@link Payment}
     */
    record Inquiry(String providerId, String reference, Money amount, String returnUrl) {}

    /**
     * What came back with the payer's browser.
     *
     * @param echo what the provider said, when it asked for the challenge, that the way back brings
     * @param fields what it brought
     */
    record Completion(Inquiry payment, Map<String, String> echo, Map<String, String> fields) {}

    /**
     * A capture, void or refund of an earlier payment.
     *
     * @param providerId of the payment
     * @param reference ours, put where the provider gives it back
     * @param amount of the movement; of a void, what is released
     * @param last of a capture: whether nothing more will be captured, so that the rest is released
     */
    record Movement(String providerId, String reference, Money amount, boolean last) {}

    /** The kinds of movement on a payment. */
    enum MovementKind {
        CAPTURE,
        VOID,
        REFUND
    }

    Outcome pay(Payment payment, Deadline deadline);

    /** Whether these fields are what a challenge of this very payment sends back. Asks nobody. */
    boolean answers(Completion completion);

    /** Finishes a payment after its challenge. */
    Outcome complete(Completion completion, Deadline deadline);

    Outcome move(MovementKind kind, Movement movement, Deadline deadline);

    /**
     * How a payment stands at the provider, by its id.
     *
     * @return {@link Outcome.Unknown} if the provider cannot be asked now; {@link Outcome.NotSent} if it has a place for the payment, and nobody has
     *     begun to pay there: proof only when nobody can any more
     */
    Outcome inquire(Inquiry payment);

    /** The movements of a kind on a payment, complete; empty if the provider cannot be asked now. */
    Optional<List<Sighting>> movements(MovementKind kind, String providerId, Currency currency);

    /**
     * Something seen at the provider.
     *
     * @param reference ours, as the provider gives it back; empty if it was not ours
     * @param outcome {@link Outcome.Pending} where only an inquiry tells more
     */
    record Sighting(String providerId, String reference, Outcome outcome) {}

    /** Whether a payment whose challenge was abandoned stays undone unless we complete it. */
    boolean completesOnlyThroughUs();

    /** The longest the provider works on a request after it has arrived. */
    Duration processingTimeMax();

    /** Whether the credentials work: asks something harmless. @return empty if they do, else what is wrong and how to mend it */
    Optional<String> test();

    @Override
    void close();
}
