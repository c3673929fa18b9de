package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateHostedFieldsSessionRequest;
import dev.bezant.worldline.direct.model.CreateHostedFieldsSessionResponse;
import dev.bezant.worldline.direct.model.GetHostedFieldsSessionResponse;
import java.util.concurrent.CompletableFuture;

/** Single input fields inside the merchant's page. */
public final class HostedFieldsClient {
    private final Gateway gateway;

    HostedFieldsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins a session. */
    public CreateHostedFieldsSessionResponse createHostedFieldsSession(CreateHostedFieldsSessionRequest request) {
        return createHostedFieldsSession(request, CallContext.none());
    }

    public CreateHostedFieldsSessionResponse createHostedFieldsSession(CreateHostedFieldsSessionRequest request, CallContext context) {
        return gateway.post("createHostedFieldsSession", context, "hostedfields", "sessions").body(request)
                .read(CreateHostedFieldsSessionResponse.class);
    }

    public CompletableFuture<CreateHostedFieldsSessionResponse> createHostedFieldsSessionAsync(
            CreateHostedFieldsSessionRequest request, CallContext context) {
        return gateway.async(() -> createHostedFieldsSession(request, context));
    }

    /** The token that the fields made. Errors come in the form of RFC 9457: {@code ProblemDetailsResponse}. */
    public GetHostedFieldsSessionResponse getHostedFieldsSession(String sessionId) {
        return getHostedFieldsSession(sessionId, CallContext.none());
    }

    public GetHostedFieldsSessionResponse getHostedFieldsSession(String sessionId, CallContext context) {
        return gateway.get("getHostedFieldsSession", context, "hostedfields", "sessions", sessionId).read(GetHostedFieldsSessionResponse.class);
    }

    public CompletableFuture<GetHostedFieldsSessionResponse> getHostedFieldsSessionAsync(String sessionId, CallContext context) {
        return gateway.async(() -> getHostedFieldsSession(sessionId, context));
    }
}
