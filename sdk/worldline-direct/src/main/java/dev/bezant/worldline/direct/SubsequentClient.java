package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.SubsequentPaymentRequest;
import dev.bezant.worldline.direct.model.SubsequentPaymentResponse;
import java.util.concurrent.CompletableFuture;

/** Payments that follow an earlier one, without the payer. */
public final class SubsequentClient {
    private final Gateway gateway;

    SubsequentClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Makes one.
     *
     * @param paymentId of the first
     * @throws DeclinedPaymentException when it is declined, whatever the HTTP status
     */
    public SubsequentPaymentResponse subsequentPayment(String paymentId, SubsequentPaymentRequest request) {
        return subsequentPayment(paymentId, request, CallContext.none());
    }

    public SubsequentPaymentResponse subsequentPayment(String paymentId, SubsequentPaymentRequest request, CallContext context) {
        return gateway.post("subsequentPayment", context, "payments", paymentId, "subsequent").body(request).keyed()
                .read(SubsequentPaymentResponse.class, Declines.SUBSEQUENT);
    }

    public CompletableFuture<SubsequentPaymentResponse> subsequentPaymentAsync(
            String paymentId, SubsequentPaymentRequest request, CallContext context) {
        return gateway.async(() -> subsequentPayment(paymentId, request, context));
    }
}
