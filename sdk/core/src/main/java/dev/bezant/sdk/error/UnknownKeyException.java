package dev.bezant.sdk.error;

/** A webhook names a key whose secret is not in the key store: add the key, or do not believe the message. */
public final class UnknownKeyException extends SignatureException {
    private static final long serialVersionUID = 1L;

    private final String keyId;

    public UnknownKeyException(String keyId) {
        super("no secret is known for the webhook key '" + keyId + "'");
        this.keyId = keyId;
    }

    public String keyId() {
        return keyId;
    }
}
