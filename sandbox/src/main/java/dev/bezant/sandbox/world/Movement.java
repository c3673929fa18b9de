package dev.bezant.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * A movement of money that took effect at a simulated provider.
 *
 * @param providerId the provider's id of the object that moved the money
 * @param parentId the payment it belongs to, null for a payment itself
 * @param reference what the merchant called it, null if nothing was given
 * @param amount whole minor units
 * @param currency ISO 4217, lower-case
 */
public record Movement(String provider, String account, MovementKind kind, String providerId, @Nullable String parentId,
        @Nullable String reference, long amount, String currency) {}
