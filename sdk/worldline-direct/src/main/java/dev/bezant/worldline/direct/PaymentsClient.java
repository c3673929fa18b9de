package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CancelPaymentRequest;
import dev.bezant.worldline.direct.model.CancelPaymentResponse;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.CaptureResponse;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePaymentResponse;
import dev.bezant.worldline.direct.model.PaymentDetailsResponse;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.RefundRequest;
import dev.bezant.worldline.direct.model.RefundResponse;
import java.util.concurrent.CompletableFuture;

/** Payments, server to server. */
public final class PaymentsClient {
    private final Gateway gateway;

    PaymentsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Makes a payment.
     *
     * @throws DeclinedPaymentException when it is declined, whatever the HTTP status
     */
    public CreatePaymentResponse createPayment(CreatePaymentRequest request) {
        return createPayment(request, CallContext.none());
    }

    public CreatePaymentResponse createPayment(CreatePaymentRequest request, CallContext context) {
        return gateway.post("createPayment", context, "payments").body(request).keyed().read(CreatePaymentResponse.class, Declines.CREATE);
    }

    public CompletableFuture<CreatePaymentResponse> createPaymentAsync(CreatePaymentRequest request, CallContext context) {
        return gateway.async(() -> createPayment(request, context));
    }

    /** Where a payment stands. */
    public PaymentResponse getPayment(String paymentId) {
        return getPayment(paymentId, CallContext.none());
    }

    public PaymentResponse getPayment(String paymentId, CallContext context) {
        return gateway.get("getPayment", context, "payments", paymentId).readAbout(paymentId, PaymentResponse.class, PaymentResponse::id);
    }

    public CompletableFuture<PaymentResponse> getPaymentAsync(String paymentId, CallContext context) {
        return gateway.async(() -> getPayment(paymentId, context));
    }

    /** A payment with all operations on it. */
    public PaymentDetailsResponse getPaymentDetails(String paymentId) {
        return getPaymentDetails(paymentId, CallContext.none());
    }

    public PaymentDetailsResponse getPaymentDetails(String paymentId, CallContext context) {
        return gateway.get("getPaymentDetails", context, "payments", paymentId, "details")
                .readAbout(paymentId, PaymentDetailsResponse.class, PaymentDetailsResponse::id);
    }

    public CompletableFuture<PaymentDetailsResponse> getPaymentDetailsAsync(String paymentId, CallContext context) {
        return gateway.async(() -> getPaymentDetails(paymentId, context));
    }

    /** Takes what was authorized, wholly or in part. */
    public CaptureResponse capturePayment(String paymentId, CapturePaymentRequest request) {
        return capturePayment(paymentId, request, CallContext.none());
    }

    public CaptureResponse capturePayment(String paymentId, CapturePaymentRequest request, CallContext context) {
        return gateway.post("capturePayment", context, "payments", paymentId, "capture").body(request).keyed().read(CaptureResponse.class);
    }

    public CompletableFuture<CaptureResponse> capturePaymentAsync(String paymentId, CapturePaymentRequest request, CallContext context) {
        return gateway.async(() -> capturePayment(paymentId, request, context));
    }

    /** Releases what was authorized, wholly or in part. */
    public CancelPaymentResponse cancelPayment(String paymentId, CancelPaymentRequest request) {
        return cancelPayment(paymentId, request, CallContext.none());
    }

    public CancelPaymentResponse cancelPayment(String paymentId, CancelPaymentRequest request, CallContext context) {
        return gateway.post("cancelPayment", context, "payments", paymentId, "cancel").body(request).keyed().read(CancelPaymentResponse.class);
    }

    public CompletableFuture<CancelPaymentResponse> cancelPaymentAsync(String paymentId, CancelPaymentRequest request, CallContext context) {
        return gateway.async(() -> cancelPayment(paymentId, request, context));
    }

    /**
     * Gives back what was captured, wholly or in part.
     *
     * @throws DeclinedRefundException when it is declined, whatever the HTTP status
     */
    public RefundResponse refundPayment(String paymentId, RefundRequest request) {
        return refundPayment(paymentId, request, CallContext.none());
    }

    public RefundResponse refundPayment(String paymentId, RefundRequest request, CallContext context) {
        return gateway.post("refundPayment", context, "payments", paymentId, "refund").body(request).keyed()
                .read(RefundResponse.class, Declines.REFUND);
    }

    public CompletableFuture<RefundResponse> refundPaymentAsync(String paymentId, RefundRequest request, CallContext context) {
        return gateway.async(() -> refundPayment(paymentId, request, context));
    }
}
