package dev.bezant.sandbox.world;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at one simulated provider.
 *
 * @param provider the provider's name, such as {@code cardinity}
 * @param name unique within the provider
 * @param credentials by the provider's own field names; settings of the simulator may stand beside them
 * @param standard true for the account that exists from the start and survives a reset
 * @param revoked true once its credentials no longer work
 */
public record Account(String provider, String name, Map<String, String> credentials, boolean standard, boolean revoked) {
    public Account {
        credentials = Map.copyOf(credentials);
    }

    /** The credential or setting, or null. */
    public @Nullable String get(String field) {
        return credentials.get(field);
    }

    /**
     * @throws IllegalStateException if the account was made without that field
     */
    public String require(String field) {
        var value = credentials.get(field);
        if (value == null) {
            throw new IllegalStateException("Account " + provider + "/" + name + " has no " + field);
        }
        return value;
    }

    /** Names the fields but never their values. */
    @Override
    public String toString() {
        return "Account[" + provider + "/" + name + ", credentials=" + new TreeMap<>(credentials).keySet() + "]";
    }

    Account revoke() {
        return new Account(provider, name, credentials, standard, true);
    }

    Account restore() {
        return new Account(provider, name, credentials, standard, false);
    }
}
