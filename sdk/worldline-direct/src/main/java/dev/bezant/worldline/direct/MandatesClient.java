package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateMandateRequest;
import dev.bezant.worldline.direct.model.CreateMandateResponse;
import dev.bezant.worldline.direct.model.GetMandateResponse;
import dev.bezant.worldline.direct.model.RevokeMandateRequest;
import java.util.concurrent.CompletableFuture;

/** SEPA direct debit mandates. */
public final class MandatesClient {
    private final Gateway gateway;

    MandatesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins one. */
    public CreateMandateResponse createMandate(CreateMandateRequest request) {
        return createMandate(request, CallContext.none());
    }

    public CreateMandateResponse createMandate(CreateMandateRequest request, CallContext context) {
        return gateway.post("createMandate", context, "mandates").body(request).read(CreateMandateResponse.class);
    }

    public CompletableFuture<CreateMandateResponse> createMandateAsync(CreateMandateRequest request, CallContext context) {
        return gateway.async(() -> createMandate(request, context));
    }

    /** Where one stands. */
    public GetMandateResponse getMandate(String uniqueMandateReference) {
        return getMandate(uniqueMandateReference, CallContext.none());
    }

    public GetMandateResponse getMandate(String uniqueMandateReference, CallContext context) {
        return gateway.get("getMandate", context, "mandates", uniqueMandateReference).read(GetMandateResponse.class);
    }

    public CompletableFuture<GetMandateResponse> getMandateAsync(String uniqueMandateReference, CallContext context) {
        return gateway.async(() -> getMandate(uniqueMandateReference, context));
    }

    /** Suspends one. */
    public GetMandateResponse blockMandate(String uniqueMandateReference) {
        return blockMandate(uniqueMandateReference, CallContext.none());
    }

    public GetMandateResponse blockMandate(String uniqueMandateReference, CallContext context) {
        return gateway.post("blockMandate", context, "mandates", uniqueMandateReference, "block").read(GetMandateResponse.class);
    }

    public CompletableFuture<GetMandateResponse> blockMandateAsync(String uniqueMandateReference, CallContext context) {
        return gateway.async(() -> blockMandate(uniqueMandateReference, context));
    }

    /** Resumes one. */
    public GetMandateResponse unblockMandate(String uniqueMandateReference) {
        return unblockMandate(uniqueMandateReference, CallContext.none());
    }

    public GetMandateResponse unblockMandate(String uniqueMandateReference, CallContext context) {
        return gateway.post("unblockMandate", context, "mandates", uniqueMandateReference, "unblock").read(GetMandateResponse.class);
    }

    public CompletableFuture<GetMandateResponse> unblockMandateAsync(String uniqueMandateReference, CallContext context) {
        return gateway.async(() -> unblockMandate(uniqueMandateReference, context));
    }

    /** Ends one. */
    public GetMandateResponse revokeMandate(String uniqueMandateReference, RevokeMandateRequest request) {
        return revokeMandate(uniqueMandateReference, request, CallContext.none());
    }

    public GetMandateResponse revokeMandate(String uniqueMandateReference, RevokeMandateRequest request, CallContext context) {
        return gateway.post("revokeMandate", context, "mandates", uniqueMandateReference, "revoke").body(request).read(GetMandateResponse.class);
    }

    public CompletableFuture<GetMandateResponse> revokeMandateAsync(
            String uniqueMandateReference, RevokeMandateRequest request, CallContext context) {
        return gateway.async(() -> revokeMandate(uniqueMandateReference, request, context));
    }
}
