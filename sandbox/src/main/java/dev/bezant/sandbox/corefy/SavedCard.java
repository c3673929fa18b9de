package dev.bezant.sandbox.corefy;

import org.jspecify.annotations.Nullable;

/**
 * A card that can be charged again.
 *
 * @param id the token, or of the intents dialect {@code pm_...}
 * @param owner the customer's reference, or of the intents dialect the customer's id
 */
record SavedCard(String id, String account, @Nullable String owner, Card card, boolean intents) {}
