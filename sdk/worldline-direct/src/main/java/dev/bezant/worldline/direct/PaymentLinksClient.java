package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreatePaymentLinkRequest;
import dev.bezant.worldline.direct.model.PaymentLinkResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Links on which somebody pays. */
public final class PaymentLinksClient {
    private final Gateway gateway;

    PaymentLinksClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Makes one. */
    public PaymentLinkResponse createPaymentLink(CreatePaymentLinkRequest request) {
        return createPaymentLink(request, CallContext.none());
    }

    public PaymentLinkResponse createPaymentLink(CreatePaymentLinkRequest request, CallContext context) {
        return gateway.post("createPaymentLink", context, "paymentlinks").body(request).read(PaymentLinkResponse.class);
    }

    public CompletableFuture<PaymentLinkResponse> createPaymentLinkAsync(CreatePaymentLinkRequest request, CallContext context) {
        return gateway.async(() -> createPaymentLink(request, context));
    }

    /** Where one stands. */
    public PaymentLinkResponse getPaymentLinkById(String paymentLinkId) {
        return getPaymentLinkById(paymentLinkId, CallContext.none());
    }

    public PaymentLinkResponse getPaymentLinkById(String paymentLinkId, CallContext context) {
        return gateway.get("getPaymentLinkById", context, "paymentlinks", paymentLinkId).read(PaymentLinkResponse.class);
    }

    public CompletableFuture<PaymentLinkResponse> getPaymentLinkByIdAsync(String paymentLinkId, CallContext context) {
        return gateway.async(() -> getPaymentLinkById(paymentLinkId, context));
    }

    /** Ends one: nobody can pay on it any more. */
    public void cancelPaymentLinkById(String paymentLinkId) {
        cancelPaymentLinkById(paymentLinkId, CallContext.none());
    }

    public void cancelPaymentLinkById(String paymentLinkId, CallContext context) {
        gateway.post("cancelPaymentLinkById", context, "paymentlinks", paymentLinkId, "cancel").done();
    }

    public CompletableFuture<@Nullable Void> cancelPaymentLinkByIdAsync(String paymentLinkId, CallContext context) {
        return gateway.async(() -> {
            cancelPaymentLinkById(paymentLinkId, context);
            return null;
        });
    }
}
