package dev.bezant.server.vault;

import org.jspecify.annotations.Nullable;

/** The vault could not seal or open something, or its key files are not as they must be. Messages never hold what was sealed. */
public final class VaultException extends RuntimeException {
    VaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
