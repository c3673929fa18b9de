package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.Problem;
import dev.bezant.worldline.direct.model.RefundResponse;

/** A refund was declined; nothing was given back. */
public final class DeclinedRefundException extends DeclinedTransactionException {
    private static final long serialVersionUID = 1L;

    private final transient RefundResponse result;

    DeclinedRefundException(Problem problem, RefundResponse result) {
        super(problem, "refund", result.id().orElse(""), result.statusText().orElse(""), result.isDeclined());
        this.result = result;
    }

    /** The refund as it was made: its id, its status. */
    public RefundResponse result() {
        return result;
    }
}
