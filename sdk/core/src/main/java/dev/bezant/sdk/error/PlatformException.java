package dev.bezant.sdk.error;

/** The provider failed (5xx). A call that changes something may or may not have been carried out: find out before repeating it. */
public final class PlatformException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PlatformException(Problem problem) {
        super(problem);
    }
}
