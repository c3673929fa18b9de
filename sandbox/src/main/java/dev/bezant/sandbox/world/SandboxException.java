package dev.bezant.sandbox.world;

/** The sandbox cannot start or go on; the message says how to mend it. */
public final class SandboxException extends RuntimeException {
    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
