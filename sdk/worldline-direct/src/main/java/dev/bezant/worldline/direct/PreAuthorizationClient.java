package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.AddAuthorizationDetailsResponse;
import dev.bezant.worldline.direct.model.IncrementAuthorizationRequest;
import dev.bezant.worldline.direct.model.IncrementAuthorizationResponse;
import dev.bezant.worldline.direct.model.UpdateAuthorizationAdditionalDataRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Authorizations that are changed afterwards. Known from the vendor's newest library only, the objects' fields not at all: give and read them
 * as other fields.
 */
public final class PreAuthorizationClient {
    private final Gateway gateway;

    PreAuthorizationClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Raises one.
     *
     * @throws DeclinedPaymentException when an error holds the declined payment
     */
    public IncrementAuthorizationResponse incrementAuthorization(String paymentId, IncrementAuthorizationRequest request) {
        return incrementAuthorization(paymentId, request, CallContext.none());
    }

    public IncrementAuthorizationResponse incrementAuthorization(String paymentId, IncrementAuthorizationRequest request, CallContext context) {
        return gateway.post("incrementAuthorization", context, "payments", paymentId, "increment-authorization").body(request)
                .read(IncrementAuthorizationResponse.class, Declines.errorsOnly());
    }

    public CompletableFuture<IncrementAuthorizationResponse> incrementAuthorizationAsync(
            String paymentId, IncrementAuthorizationRequest request, CallContext context) {
        return gateway.async(() -> incrementAuthorization(paymentId, request, context));
    }

    /**
     * Adds data to one.
     *
     * @throws DeclinedPaymentException when an error holds the declined payment
     */
    public AddAuthorizationDetailsResponse addAuthorizationDetails(String paymentId, UpdateAuthorizationAdditionalDataRequest request) {
        return addAuthorizationDetails(paymentId, request, CallContext.none());
    }

    public AddAuthorizationDetailsResponse addAuthorizationDetails(
            String paymentId, UpdateAuthorizationAdditionalDataRequest request, CallContext context) {
        return gateway.post("addAuthorizationDetails", context, "payments", paymentId, "authorization-additional-data").body(request)
                .read(AddAuthorizationDetailsResponse.class, Declines.errorsOnly());
    }

    public CompletableFuture<AddAuthorizationDetailsResponse> addAuthorizationDetailsAsync(
            String paymentId, UpdateAuthorizationAdditionalDataRequest request, CallContext context) {
        return gateway.async(() -> addAuthorizationDetails(paymentId, request, context));
    }
}
