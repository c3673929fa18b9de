package dev.bezant.server.payment;

import dev.bezant.server.kernel.Secret;
import java.util.Optional;

/** What a payment needs of the vault: a card opened for one call. */
public interface CardVault {
    Secret open(String accountId, boolean livemode, String cardId, byte[] pan);

    /** @return empty if its short-lived key is gone */
    Optional<Secret> openCvc(String accountId, String cardId, byte[] cvc, String keyId);
}
