package dev.bezant.server.event;

import dev.bezant.server.http.ApiRequest;
import org.jspecify.annotations.Nullable;

/**
 * Why something changed.
 *
 * @param requestId null if no request did: a job, a provider's notification
 */
public record Cause(String accountId, boolean livemode, @Nullable String requestId, @Nullable String idempotencyKey) {
    public static Cause of(ApiRequest request) {
        return new Cause(request.caller().accountId(), request.caller().livemode(), request.requestId(), request.idempotencyKey());
    }

    public static Cause job(String accountId, boolean livemode) {
        return new Cause(accountId, livemode, null, null);
    }
}
