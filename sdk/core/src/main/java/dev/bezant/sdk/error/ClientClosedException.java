package dev.bezant.sdk.error;

/** The client, or what it sends through, was closed before this call. Nothing was sent. */
public final class ClientClosedException extends SdkException {
    private static final long serialVersionUID = 1L;

    public ClientClosedException(String what) {
        super(what + " is closed. Create a client once, share it, and close it when the application ends.", null);
    }
}
