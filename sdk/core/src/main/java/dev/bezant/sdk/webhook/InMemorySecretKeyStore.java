package dev.bezant.sdk.webhook;

import dev.bezant.sdk.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets held in memory. One per provider account: key ids of different accounts may be equal. */
public final class InMemorySecretKeyStore implements SecretKeyStore {
    private final Map<String, List<SecretText>> keys = new ConcurrentHashMap<>();

    /** Adds a secret; those stored before for the same key stay valid until removed. */
    public InMemorySecretKeyStore store(String keyId, SecretText secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the webhook secret of key '" + keyId + "' is blank");
        }
        keys.merge(keyId, List.of(secret), (old, added) -> {
            var all = new ArrayList<>(old);
            all.addAll(added);
            return List.copyOf(all);
        });
        return this;
    }

    public void remove(String keyId) {
        keys.remove(keyId);
    }

    public void clear() {
        keys.clear();
    }

    @Override
    public List<SecretText> secretKeys(String keyId) {
        return keys.getOrDefault(keyId, List.of());
    }
}
