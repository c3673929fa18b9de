package dev.bezant.sdk.error;

/** A request with this idempotence key is being carried out, or was with another body (409). The first request's outcome is what counts. */
public final class IdempotenceException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final String idempotenceKey;

    public IdempotenceException(Problem problem, String idempotenceKey) {
        super(problem);
        this.idempotenceKey = idempotenceKey;
    }

    public String idempotenceKey() {
        return idempotenceKey;
    }

    /** The first request with this key may still be at work. */
    @Override
    public boolean mayHaveTakenEffect() {
        return true;
    }
}
