package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.worldlinedirect.Payment.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid request for a payment.
 *
 * @param card null if the payer leaves for the method's own page
 * @param withCvv whether its code came too
 * @param token the token that the card is from
 * @param returnUrl where the payer goes after the bank's page
 * @param returnUrlPath where in the request that stands, for the error if it is needed and missing
 * @param mandateReference of a direct debit
 */
record PaymentRequest(Money money, References references, Method method, int productId, Mode mode, @Nullable CardFacts card, boolean withCvv,
        @Nullable Token token, ThreeDsRequest threeDs, @Nullable String returnUrl, String returnUrlPath, boolean payerAbsent, boolean tokenize,
        boolean needsCompletion, List<String> webhookUrls, @Nullable Integer autoCaptureMinutes, @Nullable String mandateReference) {

    /** For logs: tells nothing of the card. */
    @Override
    public String toString() {
        return "PaymentRequest[" + money.text() + ", product " + productId + "]";
    }
}
