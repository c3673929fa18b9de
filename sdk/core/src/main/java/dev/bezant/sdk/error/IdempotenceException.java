package dev.bezant.sdk.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with this idempotence key is being carried out, or was with another body (409). The first request's outcome is what counts. */
public final class IdempotenceException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final String idempotenceKey;
    private final @Nullable Instant firstRequestAt;

    /** @param firstRequestAt null where the provider did not say */
    public IdempotenceException(Problem problem, String idempotenceKey, @Nullable Instant firstRequestAt) {
        super(problem);
        this.idempotenceKey = idempotenceKey;
        this.firstRequestAt = firstRequestAt;
    }

    public String idempotenceKey() {
        return idempotenceKey;
    }

    /** When the provider received the first request with this key, in its clock, where it said so. */
    public Optional<Instant> firstRequestAt() {
        return Optional.ofNullable(firstRequestAt);
    }

    /** The first request with this key may still be at work. */
    @Override
    public boolean mayHaveTakenEffect() {
        return true;
    }
}
