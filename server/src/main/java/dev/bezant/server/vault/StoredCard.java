package dev.bezant.server.vault;

/**
 * A card number that is now in the vault.
 *
 * @param id {@code card_...}
 * @param fingerprint the same for the same number of one account and mode
 */
public record StoredCard(String id, String fingerprint) {}
