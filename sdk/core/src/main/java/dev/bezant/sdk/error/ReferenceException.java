package dev.bezant.sdk.error;

/** What the call refers to does not exist, is gone, or is not in the right state (404, 409, 410); nothing happened. */
public final class ReferenceException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ReferenceException(Problem problem) {
        super(problem);
    }
}
