package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateHostedTokenizationRequest;
import dev.bezant.worldline.direct.model.CreateHostedTokenizationResponse;
import dev.bezant.worldline.direct.model.GetHostedTokenizationResponse;
import java.util.concurrent.CompletableFuture;

/** Forms inside the merchant's page that turn a card into a token. */
public final class HostedTokenizationClient {
    private final Gateway gateway;

    HostedTokenizationClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins one; {@code HostedTokenizationPage} embeds it. */
    public CreateHostedTokenizationResponse createHostedTokenization(CreateHostedTokenizationRequest request) {
        return createHostedTokenization(request, CallContext.none());
    }

    public CreateHostedTokenizationResponse createHostedTokenization(CreateHostedTokenizationRequest request, CallContext context) {
        return gateway.post("createHostedTokenization", context, "hostedtokenizations").body(request)
                .read(CreateHostedTokenizationResponse.class);
    }

    public CompletableFuture<CreateHostedTokenizationResponse> createHostedTokenizationAsync(
            CreateHostedTokenizationRequest request, CallContext context) {
        return gateway.async(() -> createHostedTokenization(request, context));
    }

    /** The token that a submitted form made. */
    public GetHostedTokenizationResponse getHostedTokenization(String hostedTokenizationId) {
        return getHostedTokenization(hostedTokenizationId, CallContext.none());
    }

    public GetHostedTokenizationResponse getHostedTokenization(String hostedTokenizationId, CallContext context) {
        return gateway.get("getHostedTokenization", context, "hostedtokenizations", hostedTokenizationId)
                .read(GetHostedTokenizationResponse.class);
    }

    public CompletableFuture<GetHostedTokenizationResponse> getHostedTokenizationAsync(String hostedTokenizationId, CallContext context) {
        return gateway.async(() -> getHostedTokenization(hostedTokenizationId, context));
    }
}
