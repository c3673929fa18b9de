package dev.bezant.sdk.error;

/** The credentials are known but may not do this (403); nothing happened. */
public final class AuthorizationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public AuthorizationException(Problem problem) {
        super(problem);
    }
}
