package dev.bezant.server.vault;

import com.google.crypto.tink.Aead;

/**
 * What encrypts the vault's keyset. A file today ({@link FileMasterKey}); a key management service is another implementation,
 * as Tink's own clients for those services give an {@link Aead} too.
 */
public interface MasterKey {
    /**
     * The key, ready to wrap and unwrap the keyset. Called once per start.
     *
     * @param keysetExists whether a keyset wrapped by this key is there already; then a new key must not be made up
     * @throws VaultException if the key cannot be had
     */
    Aead open(boolean keysetExists);
}
