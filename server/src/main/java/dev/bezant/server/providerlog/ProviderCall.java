package dev.bezant.server.providerlog;

import dev.bezant.server.connector.CallLabel;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that waits to be written.
 *
 * @param status of the answer; null if there was none
 * @param failure why there was no answer; null if there was one
 */
record ProviderCall(
        ProviderAccount account,
        String id,
        Begun begun,
        Duration took,
        @Nullable Integer status,
        String response,
        @Nullable String failure) {
    private static final int URL_MAX = 1_000;
    private static final int BODY_MAX = 64 * 1024;
    private static final int FAILURE_MAX = 500;
    /** Besides bodies: a rough figure of what a waiting call takes, in characters. */
    private static final int OVERHEAD = 500;

    /**
     * A call without its end.
     *
     * @param label what it was made for; null if nobody said
     */
    record Begun(Instant at, @Nullable CallLabel label, String method, String url, String body) {}

    int size() {
        return OVERHEAD + begun.body().length() + response.length();
    }

    /** The columns by name. */
    ObjectNode row(boolean bodies) {
        CallLabel label = begun.label();
        ObjectNode row = Json.object();
        row.put("account_id", account.accountId());
        row.put("id", id);
        row.put("livemode", account.livemode());
        row.put("provider", account.provider());
        row.put("provider_account_id", account.id());
        row.put("operation", label == null ? null : label.operation());
        row.put("reference", label == null || label.reference() == null || label.reference().isEmpty() ? null : label.reference());
        row.put("method", begun.method());
        row.put("url", shortened(begun.url(), URL_MAX));
        row.put("request", bodies ? body(begun.body()) : null);
        row.put("status", status);
        row.put("response", bodies ? body(response) : null);
        row.put("failure", failure == null ? null : shortened(failure, FAILURE_MAX));
        row.put("took_us", took.toNanos() / 1_000);
        row.put("created_at", begun.at().toString());
        return row;
    }

    private static @Nullable String body(String text) {
        return text.isEmpty() ? null : shortened(text, BODY_MAX);
    }

    /** The database takes every character but one. */
    private static String shortened(String text, int max) {
        String clean = text.replace('\u0000', ' ');
        return clean.length() <= max ? clean : clean.substring(0, max) + "...";
    }
}
