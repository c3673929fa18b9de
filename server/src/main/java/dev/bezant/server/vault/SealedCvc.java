package dev.bezant.server.vault;

import java.time.Instant;

/**
 * A CVC, encrypted, not yet stored: the row of {@code vault_cvc}.
 *
 * @param cvc ciphertext, for the column {@code cvc}
 * @param keyId the short-lived key, for the column {@code key_id}
 * @param expiresAt from when it can no longer be opened
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from the cipher to a statement, never compared.
public record SealedCvc(byte[] cvc, String keyId, Instant expiresAt) {}
