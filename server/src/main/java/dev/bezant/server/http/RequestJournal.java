package dev.bezant.server.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears of every request that was answered. Implementations return at once: a request does not wait for its own record. */
@FunctionalInterface
public interface RequestJournal {
    RequestJournal NONE = seen -> {};

    void seen(Seen seen);

    /** Another one hears of every request too. */
    default RequestJournal and(RequestJournal other) {
        RequestJournal first = this;
        return new RequestJournal() {
            @Override
            public void seen(Seen seen) {
                first.seen(seen);
                other.seen(seen);
            }

            @Override
            public @Nullable String url(String requestId) {
                return first.url(requestId);
            }
        };
    }

    /** Where the record of a request can be read, for error bodies; null if nowhere. */
    default @Nullable String url(String requestId) {
        return null;
    }

    /**
     * A request and its answer. The parameters are as they were sent: what is kept of them must be redacted first.
     *
     * @param began when it arrived
     * @param path without the query; the pattern where the path could hold card data or is none of ours
     * @param route the pattern that served it; {@code unknown} if none did
     * @param caller null if no valid key came with it
     * @param params null if it was refused before they were read
     * @param dialect by its name: {@code native}, {@code stripe}
     * @param version of the dialect, as the caller asked for it; null = none
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
            String dialect,
            @Nullable String version,
            String ip,
            @Nullable String userAgent,
            int status,
            String answer) {
        /** The same, for whoever keeps it longer than the moment: parameters hold card numbers. */
        public Seen withoutParams() {
            return new Seen(requestId, began, nanos, providerNanos, method, path, route, caller, null, idempotencyKey, replayed, dialect, version,
                    ip, userAgent, status, answer);
        }
    }
}
