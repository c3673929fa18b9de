package dev.bezant.sdk.error;

/** The provider found the request wrong (400, 422); nothing happened. Mend the request: the items are in {@link #errors()}. */
public final class ValidationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ValidationException(Problem problem) {
        super(problem);
    }
}
