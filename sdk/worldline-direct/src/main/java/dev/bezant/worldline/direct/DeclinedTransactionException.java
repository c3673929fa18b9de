package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.Problem;
import dev.bezant.worldline.direct.model.APIError;
import dev.bezant.worldline.direct.model.ErrorResponse;
import java.util.List;

/**
 * A payment, refund or payout was made at the platform and declined. The subclasses carry it. Thrown whatever the HTTP status: usually 402, also
 * for an answer of 201 that holds a declined transaction.
 *
 * @see "docs/protocols/worldline-direct.md, section 5"
 */
public abstract class DeclinedTransactionException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final boolean declined;

    /** @param declined whether the status is one that says so, and not merely within an error's answer */
    DeclinedTransactionException(Problem problem, String what, String id, String status, boolean declined) {
        super(problem, "declined " + what + " '" + id + "' with status '" + status + "' (HTTP " + problem.status() + ")");
        this.declined = declined;
    }

    /** Why, as the platform says; act upon {@code errorCode}. Empty when it does not say. */
    public final List<APIError> reasons() {
        return problem().body(ErrorResponse.class).map(ErrorResponse::errors).orElse(List.of());
    }

    /** False when the status says declined; otherwise an error came with a transaction in another state, and nothing is certain. */
    @Override
    public final boolean mayHaveTakenEffect() {
        return !declined;
    }
}
