package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CompletePaymentRequest;
import dev.bezant.worldline.direct.model.CompletePaymentResponse;
import java.util.concurrent.CompletableFuture;

/** Payments that wait to be completed. */
public final class CompleteClient {
    private final Gateway gateway;

    CompleteClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Completes one.
     *
     * @throws DeclinedPaymentException when it is declined, whatever the HTTP status
     */
    public CompletePaymentResponse completePayment(String paymentId, CompletePaymentRequest request) {
        return completePayment(paymentId, request, CallContext.none());
    }

    public CompletePaymentResponse completePayment(String paymentId, CompletePaymentRequest request, CallContext context) {
        return gateway.post("completePayment", context, "payments", paymentId, "complete").body(request).keyed()
                .read(CompletePaymentResponse.class, Declines.COMPLETE);
    }

    public CompletableFuture<CompletePaymentResponse> completePaymentAsync(
            String paymentId, CompletePaymentRequest request, CallContext context) {
        return gateway.async(() -> completePayment(paymentId, request, context));
    }
}
