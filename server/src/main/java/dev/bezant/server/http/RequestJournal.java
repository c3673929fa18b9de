package dev.bezant.server.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears of every request that was answered. Implementations return at once: a request does not wait for its own record. */
@FunctionalInterface
public interface RequestJournal {
    RequestJournal NONE = seen -> {};

    void seen(Seen seen);

    /**
     * A request and its answer. The parameters are as they were sent: what is kept of them must be redacted first.
     *
     * @param began when it arrived
     * @param path without the query; the pattern where the path could hold card data or is none of ours
     * @param route the pattern that served it; {@code unknown} if none did
     * @param caller null if no valid key came with it
     * @param params null if it was refused before they were read
     * @param version what the caller asked to be spoken to in; null = native
     * @param answer as it was sent
     */
    record Seen(
            String requestId,
            Instant began,
            long nanos,
            long providerNanos,
            String method,
            String path,
            String route,
            @Nullable Caller caller,
            @Nullable Params params,
            @Nullable String idempotencyKey,
            boolean replayed,
            @Nullable String version,
            String ip,
            @Nullable String userAgent,
            int status,
            String answer) {}
}
