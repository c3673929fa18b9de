package dev.bezant.sandbox.provider;

/** What was asked of the control API cannot be done; the message says why and how to mend it. */
public final class ControlException extends RuntimeException {
    private final int status;

    /**
     * @param status the HTTP status to answer with
     */
    public ControlException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
