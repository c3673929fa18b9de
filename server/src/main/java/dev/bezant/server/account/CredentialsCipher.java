package dev.bezant.server.account;

import dev.bezant.server.kernel.Secret;

/** Encrypts what opens a provider account. The vault implements it; ciphertext moved to another row does not open. */
public interface CredentialsCipher {
    /** @param json the credentials, by the provider's own names */
    byte[] encrypt(String accountId, String providerAccountId, String json);

    /** @return the JSON that was given to {@link #encrypt} */
    Secret decrypt(String accountId, String providerAccountId, byte[] ciphertext);
}
