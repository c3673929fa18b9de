package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateHostedCheckoutRequest;
import dev.bezant.worldline.direct.model.CreateHostedCheckoutResponse;
import dev.bezant.worldline.direct.model.GetHostedCheckoutResponse;
import java.util.concurrent.CompletableFuture;

/** Payments on the platform's own page. */
public final class HostedCheckoutClient {
    private final Gateway gateway;

    HostedCheckoutClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins one. Send the payer to {@code pageUrl()} of the answer; keep the id and the RETURNMAC. */
    public CreateHostedCheckoutResponse createHostedCheckout(CreateHostedCheckoutRequest request) {
        return createHostedCheckout(request, CallContext.none());
    }

    public CreateHostedCheckoutResponse createHostedCheckout(CreateHostedCheckoutRequest request, CallContext context) {
        return gateway.post("createHostedCheckout", context, "hostedcheckouts").body(request).read(CreateHostedCheckoutResponse.class);
    }

    public CompletableFuture<CreateHostedCheckoutResponse> createHostedCheckoutAsync(CreateHostedCheckoutRequest request, CallContext context) {
        return gateway.async(() -> createHostedCheckout(request, context));
    }

    /** What became of one. Ask when the payer comes back, after {@code BrowserReturn} was checked. */
    public GetHostedCheckoutResponse getHostedCheckout(String hostedCheckoutId) {
        return getHostedCheckout(hostedCheckoutId, CallContext.none());
    }

    public GetHostedCheckoutResponse getHostedCheckout(String hostedCheckoutId, CallContext context) {
        return gateway.get("getHostedCheckout", context, "hostedcheckouts", hostedCheckoutId).read(GetHostedCheckoutResponse.class);
    }

    public CompletableFuture<GetHostedCheckoutResponse> getHostedCheckoutAsync(String hostedCheckoutId, CallContext context) {
        return gateway.async(() -> getHostedCheckout(hostedCheckoutId, context));
    }
}
