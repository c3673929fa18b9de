package dev.bezant.sdk.error;

/** A webhook, notification or browser return is not provably the provider's. Do not act upon it. */
public class SignatureException extends SdkException {
    private static final long serialVersionUID = 1L;

    public SignatureException(String message) {
        super(message, null);
    }
}
