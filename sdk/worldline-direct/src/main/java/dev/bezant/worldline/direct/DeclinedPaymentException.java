package dev.bezant.worldline.direct;

import dev.bezant.sdk.error.Problem;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.PaymentView;
import java.util.Optional;

/** A payment was declined by the issuer, the acquirer, 3-D Secure or a check for fraud. */
public final class DeclinedPaymentException extends DeclinedTransactionException {
    private static final long serialVersionUID = 1L;

    private final transient CreatePaymentResponse result;

    DeclinedPaymentException(Problem problem, CreatePaymentResponse result) {
        super(problem, "payment", result.payment().flatMap(PaymentResponse::id).orElse(""),
                result.payment().flatMap(PaymentResponse::statusText).orElse(""),
                result.payment().filter(PaymentView::isDeclined).isPresent());
        this.result = result;
    }

    /** The payment as it was made: its id, its status, the reasons in {@code payment().statusOutput().errors()}. */
    public CreatePaymentResponse result() {
        return result;
    }
}
