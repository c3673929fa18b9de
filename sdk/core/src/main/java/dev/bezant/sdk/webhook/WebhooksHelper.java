package dev.bezant.sdk.webhook;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnknownKeyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells genuine webhooks from others. Says nothing about their age or about repetitions: deduplicate by the event's id.
 *
 * @param signatureHeader where the signature is
 * @param keyIdHeader where the key's id is; null for providers without, the store is then asked for the empty id
 */
public record WebhooksHelper(
        SecretKeyStore keys, String signatureHeader, @Nullable String keyIdHeader, SignatureEncoding encoding) {
    /**
     * @param body exactly the bytes received
     * @throws SignatureException unless exactly one signature is there and one of the key's secrets made it
     */
    public void verify(byte[] body, Headers headers) {
        byte[] signature = signature(single(headers, signatureHeader));
        String keyId = keyIdHeader == null ? "" : single(headers, keyIdHeader);
        // A store that was written without null checks may answer null for a key that it does not know.
        @Nullable List<SecretText> secrets = keys.secretKeys(keyId);
        if (secrets == null || secrets.isEmpty()) {
            throw new UnknownKeyException(keyId);
        }
        // Every secret is tried, so that the time taken does not tell which one fits.
        boolean genuine = false;
        for (var secret : secrets) {
            genuine |= HmacSha256.matches(body, secret, signature);
        }
        if (!genuine) {
            throw new SignatureException("the signature in " + signatureHeader + " does not fit the body");
        }
    }

    private byte[] signature(String text) {
        try {
            return encoding.decode(text.trim());
        } catch (IllegalArgumentException e) {
            throw new SignatureException("the signature in " + signatureHeader + " is not " + encoding);
        }
    }

    private static String single(Headers headers, String name) {
        List<String> values = headers.all(name);
        if (values.size() != 1) {
            throw new SignatureException("expected exactly one header " + name + ", found " + values.size());
        }
        return values.get(0);
    }
}
