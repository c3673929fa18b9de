package dev.bezant.server.requestlog;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code request_log}. */
final class RequestLogStore {
    /** Repeated after a lost acknowledgement, it writes nothing twice. */
    private static final String INSERT = """
            insert into request_log (account_id, id, livemode, key_id, key_prefix, method, path, route, object_ids, params, response, ignored,
                   status, dialect, version, idempotency_key, replayed, ip, user_agent, took_us, provider_us, created_at)
            select account_id, id, livemode, key_id, key_prefix, method, path, route, object_ids, params, response, ignored,
                   status, dialect, version, idempotency_key, replayed, ip, user_agent, took_us, provider_us, created_at
              from json_to_recordset(:rows::json) as r (account_id text, id text, livemode boolean, key_id text, key_prefix text, method text,
                   path text, route text, object_ids text[], params text, response text, ignored text[], status smallint, dialect text,
                   version text, idempotency_key text, replayed boolean, ip text, user_agent text, took_us bigint, provider_us bigint,
                   created_at timestamptz)
            on conflict do nothing
            """;

    private final Database database;
    private final boolean bodies;

    /** @param bodies whether parameters and answers are kept */
    RequestLogStore(Database database, boolean bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    void insert(List<LoggedRequest> requests) {
        var rows = Json.array(requests.stream().map(request -> request.row(bodies)).toList());
        database.sql(INSERT).bind("rows", Json.write(rows)).update();
    }

    Optional<ObjectNode> find(Caller caller, String id) {
        return database.sql("select * from request_log where account_id = :account and id = :id and livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("id", id)
                .bind("livemode", caller.livemode())
                .one(RequestLogStore::render);
    }

    List<ObjectNode> list(Caller caller, Filter filter, Page page) {
        // The time as ids have it too: it tells which days' partitions need not be looked at.
        Instant from = filter.created().from();
        Instant to = filter.created().to();
        return database.sql("""
                        select * from request_log
                         where account_id = :account and livemode = :livemode
                           and (:method::text is null or method = :method)
                           and (:path::text is null or starts_with(path, :path))
                           and (:idempotency::text is null or idempotency_key = :idempotency)
                           and (:key::text is null or key_id = :key)
                           and (:ip::text is null or ip = :ip)
                           and (:object::text is null or object_ids @> array[:object::text])
                           and (:from_id::text is null or id >= :from_id) and (:to_id::text is null or id < :to_id)
                        """ + Page.mode(caller) + filter.statusSql() + filter.created().sql("created_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("method", filter.method())
                .bind("path", filter.path())
                .bind("idempotency", filter.idempotencyKey())
                .bind("key", filter.keyId())
                .bind("ip", filter.ip())
                .bind("object", filter.objectId())
                .bind("from_id", from == null ? null : "req_" + Ids.lowerBound(from))
                .bind("to_id", to == null ? null : "req_" + Ids.lowerBound(to))
                .bind(filter.created().values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(RequestLogStore::render);
    }

    static List<ObjectNode> ofNobody(Session database, int limit) {
        return database.sql("select * from request_log where account_id = :nobody order by id desc limit :limit")
                .bind("nobody", LoggedRequest.NOBODY)
                .bind("limit", limit)
                .list(RequestLogStore::render);
    }

    private static ObjectNode render(Row row) throws SQLException {
        ObjectNode shown = Json.object();
        shown.put("id", row.text("id"));
        shown.put("object", "request_log");
        shown.put("api_key_prefix", row.textOrNull("key_prefix"));
        shown.put("created", row.moment("created_at").getEpochSecond());
        shown.put("dialect", row.text("dialect"));
        shown.put("idempotency_key", row.textOrNull("idempotency_key"));
        shown.put("idempotent_replayed", row.flag("replayed"));
        shown.set("ignored_params", Json.texts(row.texts("ignored")));
        shown.put("ip", row.text("ip"));
        shown.put("key", row.textOrNull("key_id"));
        shown.put("livemode", row.flag("livemode"));
        shown.put("method", row.text("method"));
        shown.set("objects", Json.texts(row.texts("object_ids")));
        shown.set("params", Json.readObjectOrNull(row.textOrNull("params")));
        shown.put("path", row.text("path"));
        shown.put("processing_time_ms", millis(row.number("took_us")));
        shown.put("provider_time_ms", millis(row.number("provider_us")));
        shown.set("response", Json.readObjectOrNull(row.textOrNull("response")));
        shown.put("route", row.text("route"));
        shown.put("status", row.whole("status"));
        shown.put("timestamp", row.moment("created_at").toString());
        shown.put("user_agent", row.textOrNull("user_agent"));
        shown.put("version", row.textOrNull("version"));
        return shown;
    }

    private static BigDecimal millis(long micros) {
        return BigDecimal.valueOf(micros, 3);
    }
}
