package dev.bezant.worldline.direct.model;

import java.util.Optional;

/** What is read off the answer to a new or completed payment. */
public interface PaymentCreation {
    Optional<PaymentResponse> payment();

    Optional<MerchantAction> merchantAction();

    /** What must happen next. */
    default NextAction nextAction() {
        return merchantAction().map(NextAction::of).orElseGet(NextAction.None::new);
    }
}
