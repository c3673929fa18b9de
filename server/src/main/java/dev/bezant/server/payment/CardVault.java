package dev.bezant.server.payment;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Secret;
import java.util.Optional;

/** What a payment needs of the vault: a card opened for one call, and test tokens turned into payment methods. */
public interface CardVault {
    Secret open(String accountId, boolean livemode, String cardId, byte[] pan);

    /** @return empty if its short-lived key is gone */
    Optional<Secret> openCvc(String accountId, String cardId, byte[] cvc, String keyId);

    /** Whether an id stands for a test card, as {@code pm_card_visa} does, rather than for a stored payment method. */
    boolean namesTestCard(String id);

    /**
     * A fresh payment method from a test token such as {@code pm_card_visa}; empty if the text is none.
     *
     * @throws dev.bezant.server.http.ApiException 404 if there is no such test card, or the mode is live
     */
    Optional<String> methodFromToken(Session tx, Caller caller, String token);
}
