package dev.bezant.server.vault;

/**
 * A card number, encrypted, not yet stored: the row of {@code vault_card} for a caller that inserts it with a statement of its own.
 *
 * @param id {@code card_...}
 * @param pan ciphertext, for the column {@code pan}
 * @param keyId for the column {@code key_id}
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from the cipher to a statement, never compared.
public record SealedCard(String id, byte[] pan, long keyId, String fingerprint) {}
