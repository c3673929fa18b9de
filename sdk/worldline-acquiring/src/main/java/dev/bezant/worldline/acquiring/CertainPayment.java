package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.worldline.acquiring.model.ApiPaymentResponse;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalResponse;
import org.jspecify.annotations.Nullable;

/** What became of a payment that must not stay in doubt. Exactly one of these. */
public sealed interface CertainPayment {
    /** The platform answered; a decline is an answer too. */
    record Answered(ApiPaymentResponse response) implements CertainPayment {}

    /**
     * The answer was lost, or decided nothing, and the operation was taken back: nothing is held.
     *
     * @param reason why there is no answer
     */
    record TakenBack(SdkException reason, ApiTechnicalReversalResponse reversal) implements CertainPayment {}

    /**
     * The answer was lost, and the platform does not know the operation. It can still arrive late, so take it back once more after the longest time
     * that a request may take.
     *
     * @param reason why there is no answer
     */
    record NotArrived(SdkException reason, ReferenceException unknown) implements CertainPayment {}

    /**
     * The answer was lost, and taking back was not confirmed either: something may be held. Take it back again later.
     *
     * @param reason why there is no answer
     * @param refusal what the platform said to the last attempt to take it back; null when it said nothing
     * @param failure why there is none; null when there is
     */
    record InDoubt(SdkException reason, @Nullable ApiTechnicalReversalResponse refusal, @Nullable SdkException failure)
            implements CertainPayment {}
}
