package dev.bezant.sdk.json;

import org.jspecify.annotations.Nullable;

/**
 * What was read is not JSON, or not of the expected shape. Within a call the communicator turns it into a {@code CommunicationException}; it
 * carries no content, because content may be card data.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
