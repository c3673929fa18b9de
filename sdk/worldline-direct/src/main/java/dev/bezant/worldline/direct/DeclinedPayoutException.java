package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.Problem;
import dev.bezant.worldline.direct.model.PayoutResult;

/** A payout was declined; nothing was paid out. */
public final class DeclinedPayoutException extends DeclinedTransactionException {
    private static final long serialVersionUID = 1L;

    private final transient PayoutResult result;

    DeclinedPayoutException(Problem problem, PayoutResult result) {
        super(problem, "payout", result.id().orElse(""), result.statusText().orElse(""), result.isDeclined());
        this.result = result;
    }

    /** The payout as it was made: its id, its status. */
    public PayoutResult result() {
        return result;
    }
}
