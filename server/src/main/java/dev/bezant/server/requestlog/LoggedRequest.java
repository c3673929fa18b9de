package dev.bezant.server.requestlog;

import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.RequestJournal.Seen;
import dev.bezant.server.kernel.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that waits to be written.
 *
 * @param seen without its parameters: nothing that waits holds a card number. Its answer holds none, and is redacted when it is written
 * @param linked ids in its path and parameters
 * @param params redacted; null if there were none
 * @param ignored the names of parameters that were taken and ignored
 */
record LoggedRequest(Seen seen, Set<String> linked, @Nullable String params, List<String> ignored) {
    /** Whose requests are those that came without a valid key. */
    static final String NOBODY = "";

    private static final int LINKED_MAX = 20;
    private static final int PATH_MAX = 500;
    private static final int USER_AGENT_MAX = 200;
    /** Besides bodies: a rough figure of what a waiting request takes, in characters. */
    private static final int OVERHEAD = 1_000;

    private static final Pattern ID = Pattern.compile("[a-z]{2,10}_[0-9A-Za-z]{14,40}");
    /** What begins what looks like an id and names no object. */
    private static final List<String> NO_OBJECTS = List.of("req_", "whsec_", "tok_");
    private static final List<String> OBJECTS_OF_ERRORS = List.of("payment_intent", "payment_method", "setup_intent", "refund");

    static LoggedRequest of(Seen seen) {
        Params params = seen.params();
        var linked = new LinkedHashSet<String>();
        for (String segment : seen.path().split("/", -1)) {
            link(linked, segment);
        }
        if (params != null && !seen.method().equals("GET")) {
            params.sent().values().forEach(value -> link(linked, value));
        }
        return new LoggedRequest(seen.withoutParams(), linked, params == null || params.sent().isEmpty() ? null : Redaction.params(params.sent()),
                params == null ? List.of() : params.dropped());
    }

    /** Roughly, in characters. */
    int size() {
        return OVERHEAD + seen.answer().length() + (params == null ? 0 : params.length());
    }

    /** The columns by name. */
    ObjectNode row(boolean bodies) {
        Caller caller = seen.caller();
        ObjectNode row = Json.object();
        row.put("account_id", caller == null ? NOBODY : caller.accountId());
        row.put("id", seen.requestId());
        row.put("livemode", caller != null && caller.livemode());
        row.put("key_id", caller == null ? null : caller.keyId());
        row.put("key_prefix", caller == null ? null : caller.keyPrefix());
        row.put("method", seen.method());
        row.put("path", Redaction.line(seen.path(), PATH_MAX));
        row.put("route", seen.route());
        JsonNode answer = answer();
        row.set("object_ids", Json.texts(List.copyOf(linkedWith(answer))));
        row.put("params", bodies ? params : null);
        row.put("response", bodies && answer != null ? Redaction.answer(answer) : null);
        row.set("ignored", Json.texts(ignored));
        row.put("status", seen.status());
        row.put("dialect", seen.dialect());
        row.put("version", seen.version());
        row.put("idempotency_key", seen.idempotencyKey());
        row.put("replayed", seen.replayed());
        row.put("ip", seen.ip());
        row.put("user_agent", seen.userAgent() == null ? null : Redaction.line(seen.userAgent(), USER_AGENT_MAX));
        row.put("took_us", seen.nanos() / 1_000);
        row.put("provider_us", seen.providerNanos() / 1_000);
        row.put("created_at", seen.began().toString());
        return row;
    }

    /** Null for what is no JSON: a download. */
    private @Nullable JsonNode answer() {
        try {
            return seen.answer().isEmpty() ? null : Json.read(seen.answer());
        } catch (JacksonException e) {
            return null;
        }
    }

    private Set<String> linkedWith(@Nullable JsonNode answer) {
        var all = new LinkedHashSet<>(linked);
        if (answer != null && answer.path("error").isObject()) {
            link(all, answer.at("/error/charge").asString(""));
            OBJECTS_OF_ERRORS.forEach(name -> link(all, answer.path("error").path(name).path("id").asString("")));
        } else if (answer != null && !answer.path("object").asString("").equals("list")) {
            answer.properties().forEach(member -> link(all, member.getValue().isObject() ? member.getValue().path("id").asString("") : member.getValue().asString("")));
        }
        return all;
    }

    private static void link(Set<String> linked, @Nullable Object value) {
        if (value instanceof String text && linked.size() < LINKED_MAX && ID.matcher(text).matches() && NO_OBJECTS.stream().noneMatch(text::startsWith)) {
            linked.add(text);
        }
    }
}
