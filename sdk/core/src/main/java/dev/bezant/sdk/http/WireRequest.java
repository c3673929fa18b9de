package dev.bezant.sdk.http;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, ready to be sent byte for byte.
 *
 * @param method upper-case
 * @param uri absolute; its raw path and query are what is sent and what is signed
 * @param body null when there is none; not copied, so do not change it
 * @param context deadlines and timeouts of this call
 */
@SuppressWarnings("ArrayRecordComponent") // An internal carrier: never compared, and a copy per attempt would spread card data in memory.
public record WireRequest(String method, URI uri, Headers headers, byte @Nullable [] body, CallContext context) {
    public WireRequest withHeaders(Headers changed) {
        return new WireRequest(method, uri, changed, body, context);
    }

    /** Neither headers nor body: they hold credentials and card data. */
    @Override
    public String toString() {
        return "WireRequest[" + method + " " + uri.getRawPath() + "]";
    }
}
