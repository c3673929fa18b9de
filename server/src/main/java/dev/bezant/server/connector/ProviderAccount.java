package dev.bezant.server.connector;

import dev.bezant.server.kernel.Secret;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merchant's account at a provider.
 *
 * @param settings nothing secret: url, default_country, default_holder, ...
 * @param credentials JSON of the provider's own names
 */
public record ProviderAccount(
        String accountId, String id, boolean livemode, String provider, String name, ObjectNode settings, Secret credentials) {}
