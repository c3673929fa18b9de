package dev.bezant.server.http;

import dev.bezant.server.dialect.Dialect;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is learnt about a request on its way, for its answer's headers, its log line and its record. */
final class Exchange {
    final String requestId;
    final Instant began;
    final long beganNanos = System.nanoTime();
    final Map<String, String> headers = new LinkedHashMap<>();
    String pattern = "unknown";
    String path = "unknown";
    String ip;
    /** Whether it is spoken to otherwise than the rest of the API; see {@link Envelope}. */
    boolean enveloped;
    Dialect dialect = Dialect.NATIVE;
    @Nullable String version;
    @Nullable Caller caller;
    @Nullable Params params;
    @Nullable String idempotencyKey;

    Exchange(String requestId, Instant began, String ip) {
        this.requestId = requestId;
        this.began = began;
        this.ip = ip;
    }
}
