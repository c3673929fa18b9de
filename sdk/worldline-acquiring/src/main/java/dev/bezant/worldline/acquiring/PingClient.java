package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.http.WireResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether the platform is there. */
public final class PingClient {
    private final Gateway gateway;

    PingClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Returns when the platform answers; what it says does not matter. */
    public void ping() {
        ping(CallContext.none());
    }

    public void ping(CallContext context) {
        gateway.get(Operation.PING, context, "ping").accepting("*/*").answered(WireResponse::status);
    }

    public CompletableFuture<@Nullable Void> pingAsync(CallContext context) {
        return gateway.async(() -> {
            ping(context);
            return null;
        });
    }
}
