package dev.bezant.sdk.error;

import org.jspecify.annotations.Nullable;

/** A genuine webhook whose content this version cannot read. Keep the raw body and ask the provider for the object's state. */
public class UnreadableMessageException extends SdkException {
    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
