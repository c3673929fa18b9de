package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.SessionRequest;
import dev.bezant.worldline.direct.model.SessionResponse;
import java.util.concurrent.CompletableFuture;

/** Sessions for the payer's browser or app. */
public final class SessionsClient {
    private final Gateway gateway;

    SessionsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins one. */
    public SessionResponse createSession(SessionRequest request) {
        return createSession(request, CallContext.none());
    }

    public SessionResponse createSession(SessionRequest request, CallContext context) {
        return gateway.post("createSession", context, "sessions").body(request).read(SessionResponse.class);
    }

    public CompletableFuture<SessionResponse> createSessionAsync(SessionRequest request, CallContext context) {
        return gateway.async(() -> createSession(request, context));
    }
}
