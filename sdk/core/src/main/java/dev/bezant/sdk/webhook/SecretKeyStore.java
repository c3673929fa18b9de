package dev.bezant.sdk.webhook;

import dev.bezant.sdk.SecretText;
import java.util.List;

/** Knows the secrets with which a provider signs its webhooks. Safe for use by many threads. */
@FunctionalInterface
public interface SecretKeyStore {
    /**
     * @param keyId as the provider names the key; empty for providers that name none
     * @return all that are valid now, two while a secret is being rotated; empty when the key is unknown
     */
    List<SecretText> secretKeys(String keyId);
}
