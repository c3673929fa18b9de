package dev.bezant.server.providerlog;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.providerlog.ProviderLogRoutes.Filter;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code provider_call}. */
final class ProviderCallStore {
    /** Repeated after a lost acknowledgement, it writes nothing twice. */
    private static final String INSERT = """
            insert into provider_call (account_id, id, livemode, provider, provider_account_id, operation, reference, method, url, request, status,
                   response, failure, took_us, created_at)
            select account_id, id, livemode, provider, provider_account_id, operation, reference, method, url, request, status,
                   response, failure, took_us, created_at
              from json_to_recordset(:rows::json) as r (account_id text, id text, livemode boolean, provider text, provider_account_id text,
                   operation text, reference text, method text, url text, request text, status smallint, response text, failure text,
                   took_us bigint, created_at timestamptz)
            on conflict do nothing
            """;

    private final Database database;
    private final boolean bodies;

    /** @param bodies whether what was sent and answered is kept */
    ProviderCallStore(Database database, boolean bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    void insert(List<ProviderCall> calls) {
        var rows = Json.array(calls.stream().map(call -> call.row(bodies)).toList());
        database.sql(INSERT).bind("rows", Json.write(rows)).update();
    }

    Optional<ObjectNode> find(Caller caller, String id) {
        return database.sql("select * from provider_call where account_id = :account and id = :id and livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("id", id)
                .bind("livemode", caller.livemode())
                .one(ProviderCallStore::render);
    }

    List<ObjectNode> list(Caller caller, Filter filter, Page page) {
        // The time as ids have it too: it tells which days' partitions need not be looked at.
        Instant from = filter.created().from();
        Instant to = filter.created().to();
        return database.sql("""
                        select * from provider_call
                         where account_id = :account and livemode = :livemode
                           and (:provider_account::text is null or provider_account_id = :provider_account)
                           and (:operation::text is null or operation = :operation)
                           and (:reference::text is null or reference = :reference)
                           and (:from_id::text is null or id >= :from_id) and (:to_id::text is null or id < :to_id)
                        """ + Page.mode(caller) + successful(filter) + filter.created().sql("created_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("provider_account", filter.providerAccount())
                .bind("operation", filter.operation())
                .bind("reference", filter.reference())
                .bind("from_id", from == null ? null : "pcl_" + Ids.lowerBound(from))
                .bind("to_id", to == null ? null : "pcl_" + Ids.lowerBound(to))
                .bind(filter.created().values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(ProviderCallStore::render);
    }

    /** Spelled out, so that the index of what failed can serve it. */
    private static String successful(Filter filter) {
        Boolean wanted = filter.successful();
        if (wanted == null) {
            return "";
        }
        return wanted ? " and status < 400" : " and (status is null or status >= 400)";
    }

    private static ObjectNode render(Row row) throws SQLException {
        Integer status = row.wholeOrNull("status");
        ObjectNode shown = Json.object();
        shown.put("id", row.text("id"));
        shown.put("object", "provider_call");
        shown.put("created", row.moment("created_at").getEpochSecond());
        shown.put("failure_message", row.textOrNull("failure"));
        shown.put("livemode", row.flag("livemode"));
        shown.put("method", row.text("method"));
        shown.put("operation", row.textOrNull("operation"));
        shown.put("provider", row.text("provider"));
        shown.put("provider_account", row.text("provider_account_id"));
        shown.put("reference", row.textOrNull("reference"));
        shown.put("request_body", row.textOrNull("request"));
        shown.put("response_body", row.textOrNull("response"));
        shown.put("response_time_ms", BigDecimal.valueOf(row.number("took_us"), 3));
        shown.put("status", status);
        shown.put("successful", status != null && status < 400);
        shown.put("timestamp", row.moment("created_at").toString());
        shown.put("url", row.text("url"));
        return shown;
    }
}
