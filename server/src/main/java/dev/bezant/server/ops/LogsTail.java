package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.ops.LogsCommand.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows the request log.
 *
 * <p>Several servers write it, each a moment after it answered, so that a request may turn up behind younger ones. Every look therefore
 * goes a few seconds back, and what has been shown is known by its id.
 */
final class LogsTail {
    /** Many times what a server lets requests wait before it writes them. */
    private static final long OVERLAP_SECONDS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String PAGE = "100";

    private final ApiClient api;
    private final Map<String, String> filters;
    private final Format format;
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;
    /** Ids that have been seen, with their second. */
    private final Map<String, Long> seen = new HashMap<>();
    private long from;
    private boolean away;

    LogsTail(ApiClient api, Map<String, String> filters, Format format, Clock clock, PrintWriter out, PrintWriter err) {
        this.api = api;
        this.filters = filters;
        this.format = format;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * Ends when interrupted, when nobody reads any more, or with what there is.
     *
     * @param past how far back it begins; null = with the next request
     * @throws CommandException if the server refuses, or cannot be reached at first
     */
    void run(@Nullable Duration past, boolean follow) {
        try {
            if (past == null) {
                beginWithTheNext();
            } else {
                from = clock.instant().minus(past).getEpochSecond();
            }
            show(news());
        } catch (ApiClient.RefusedException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "The server does not answer: " + e.getMessage());
        }
        while (follow && !out.checkError() && !Thread.interrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            look();
        }
    }

    /** Told by the server's clock: what the latest request's second and the seconds before have is old. */
    private void beginWithTheNext() throws IOException {
        JsonNode newest = api.get("/v1/request_logs", Map.of("limit", "1")).path("data").path(0);
        from = Math.max(0, newest.path("created").asLong(0) - OVERLAP_SECONDS);
        news();
    }

    private void look() {
        try {
            show(news());
            away = false;
        } catch (ApiClient.RefusedException e) {
            if (!e.passing()) {
                throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
            tellOnce(e);
        } catch (IOException e) {
            tellOnce(e);
        }
    }

    private void tellOnce(Exception e) {
        if (!away) {
            err.println("bezant: the server does not answer (" + e.getMessage() + "); trying again");
            err.flush();
        }
        away = true;
    }

    /** What has not been seen of the time that is looked at, oldest first. */
    private List<JsonNode> news() throws IOException {
        var news = new ArrayList<JsonNode>();
        var params = new HashMap<>(filters);
        params.put("created[gte]", String.valueOf(from));
        params.put("limit", PAGE);
        boolean more = true;
        while (more) {
            JsonNode page = api.get("/v1/request_logs", params);
            for (JsonNode request : page.path("data")) {
                String id = request.path("id").asString();
                if (seen.putIfAbsent(id, request.path("created").asLong()) == null) {
                    news.add(request);
                }
                params.put("starting_after", id);
            }
            more = page.path("has_more").asBoolean(false);
        }
        from = Math.max(from, seen.values().stream().mapToLong(second -> second - OVERLAP_SECONDS).max().orElse(0));
        seen.values().removeIf(second -> second < from);
        Collections.reverse(news);
        return news;
    }

    private void show(List<JsonNode> requests) {
        for (JsonNode request : requests) {
            out.println(switch (format) {
                case JSON -> Json.write(request);
                case TEXT -> line(request);
            });
        }
        out.flush();
    }

    private static String line(JsonNode request) {
        JsonNode error = request.path("response").path("error");
        String why = error.path("code").asString(error.path("type").asString(""));
        return String.format(Locale.ROOT, "%s %d %-6s %s  %s ms  %s  %s%s", request.path("timestamp").asString(), request.path("status").asInt(),
                request.path("method").asString(), request.path("path").asString(), request.path("processing_time_ms").asString(),
                request.path("api_key_prefix").asString(""), request.path("id").asString(), why.isEmpty() ? "" : "  " + why);
    }
}
