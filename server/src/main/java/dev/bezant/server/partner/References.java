package dev.bezant.server.partner;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lets a partner's {@code reference_id} be used for one intent, one customer, one refund.
 *
 * <p>It is written before the work begins, with the idempotency key that the work is done under: that key makes it happen once for as long as
 * keys are kept, this row makes it never happen again afterwards.
 *
 * @see "docs/decisions/partner-references.md"
 */
final class References {
    /** Less than keys are kept: until then a repeat under the same key finds what the first one left. */
    private static final Duration REPEATABLE = Idempotency.RETENTION.minusHours(1);

    private final Database database;
    private final Core core;

    References(Database database, Core core) {
        this.database = database;
        this.core = core;
    }

    private record Used(String key, @Nullable String objectId, boolean recent) {}

    /** The idempotency key of a request: its own, else one made of its reference, else none. */
    static @Nullable String key(ApiRequest request, String operation, @Nullable String reference) {
        return request.idempotencyKey() != null || reference == null ? request.idempotencyKey() : "corefy/" + operation + "/" + reference;
    }

    /**
     * Does something under a reference.
     *
     * @param request with its idempotency key
     * @param reference null = none, so nothing is asked of it
     * @throws ApiException 409 if the reference names something else
     */
    ApiResponse once(ApiRequest request, String operation, @Nullable String reference, Supplier<ApiResponse> work) {
        if (reference == null) {
            return work.get();
        }
        boolean livemode = request.caller().livemode();
        String id = request.caller().mode().word() + "/" + operation + "/" + reference;
        String account = request.caller().accountId();
        String key = String.valueOf(request.idempotencyKey());
        boolean first = claim(account, id, key);
        if (!first) {
            Optional<ApiResponse> answered = repeated(request, account, id, key, reference);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        try {
            ApiResponse answer = work.get();
            note(account, id, key, made(answer));
            return answer;
        } catch (ApiException e) {
            // Refused before anything was begun: the reference names nothing yet.
            if (first) {
                release(account, livemode, id, key);
            }
            throw e;
        }
    }

    /** @return empty if the work may begin under that very key */
    private Optional<ApiResponse> repeated(ApiRequest request, String account, String id, String key, String reference) {
        Used used = find(account, id).orElse(new Used(key, null, true));
        if (used.key().equals(key)) {
            Optional<ApiResponse> answered = replayed(request);
            if (answered.isPresent() || (used.objectId() == null && used.recent())) {
                return answered;
            }
        }
        String whose = used.objectId() == null ? "by another request" : "by " + used.objectId();
        String message = "reference_id '" + reference + "' is used already " + whose + ". Read that one, or send another reference.";
        throw new ApiException(409, ErrorCode.Type.INVALID_REQUEST, Failures.INVALID_STATE, "reference_id", message)
                .with("details", Json.object().set("reference_id", Json.texts(List.of(message))));
    }

    /** Empty also where the same reference came with something else. */
    private Optional<ApiResponse> replayed(ApiRequest request) {
        try {
            return core.replay(request);
        } catch (ApiException e) {
            if (e.status() == 400) {
                throw new ApiException(409, ErrorCode.Type.INVALID_REQUEST, Failures.INVALID_STATE, "reference_id", "This reference_id or"
                        + " Idempotency-Key was first sent with other fields. Repeat the same request, or send another reference.");
            }
            throw e;
        }
    }

    private boolean claim(String account, String id, String key) {
        return database.sql("""
                        insert into partner_reference (account_id, id, idempotency_key) values (:account, :id, :key)
                        on conflict do nothing
                        returning id
                        """)
                .bind(values(account, id, key))
                .one(row -> true)
                .isPresent();
    }

    private Optional<Used> find(String account, String id) {
        return database.sql("""
                        select idempotency_key, object_id, created_at > now() - make_interval(secs => :seconds) as recent
                          from partner_reference where account_id = :account and id = :id
                        """)
                .bind("account", account)
                .bind("id", id)
                .bind("seconds", (int) REPEATABLE.toSeconds())
                .one(row -> new Used(row.text("idempotency_key"), row.textOrNull("object_id"), row.flag("recent")));
    }

    /** Whoever was refused beside us may have given the reference back. */
    private void note(String account, String id, String key, @Nullable String objectId) {
        database.sql("""
                        insert into partner_reference (account_id, id, idempotency_key, object_id) values (:account, :id, :key, :object)
                        on conflict (account_id, id) do update set object_id = excluded.object_id
                         where partner_reference.idempotency_key = excluded.idempotency_key and partner_reference.object_id is null
                        """)
                .bind(values(account, id, key))
                .bind("object", objectId)
                .update();
    }

    /** Unless a twin of ours has begun under the same key: then it is the twin's. */
    private void release(String account, boolean livemode, String id, String key) {
        database.sql("""
                        delete from partner_reference where account_id = :account and id = :id and idempotency_key = :key and object_id is null
                           and not exists (select 1 from idempotency_key k where k.account_id = :account and k.livemode = :livemode and k.key = :key)
                        """)
                .bind(values(account, id, key))
                .bind("livemode", livemode)
                .update();
    }

    private static Map<String, String> values(String account, String id, String key) {
        return Map.of("account", account, "id", id, "key", key);
    }

    /** What came of it: also what failed is there. */
    private static @Nullable String made(ApiResponse answer) {
        JsonNode body = Json.read(answer.json());
        return body.path("id").asString(body.path("error").path("refund").path("id").asString(null));
    }
}
