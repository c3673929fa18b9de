package dev.bezant.server.providerlog;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.providerlog.ProviderLogRoutes.NoticeFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What providers told by themselves, as the table of notices has it. */
final class NoticeLog {
    private final Database database;

    NoticeLog(Database database) {
        this.database = database;
    }

    Optional<ObjectNode> find(Caller caller, String id) {
        return database.sql("select * from provider_notice where account_id = :account and id = :id and livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("id", id)
                .bind("livemode", caller.livemode())
                .one(NoticeLog::render);
    }

    List<ObjectNode> list(Caller caller, NoticeFilter filter, Page page) {
        Instant from = filter.created().from();
        Instant to = filter.created().to();
        return database.sql("""
                        select * from provider_notice
                         where account_id = :account and livemode = :livemode
                           and (:provider_account::text is null or provider_account_id = :provider_account)
                           and (:state::text is null or state = :state)
                           and (:reference::text is null or reference = :reference)
                           and (:from_id::text is null or id >= :from_id) and (:to_id::text is null or id < :to_id)
                        """ + filter.created().sql("received_at") + page.sql("id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("provider_account", filter.providerAccount())
                .bind("state", filter.state())
                .bind("reference", filter.reference())
                .bind("from_id", from == null ? null : "ntc_" + Ids.lowerBound(from))
                .bind("to_id", to == null ? null : "ntc_" + Ids.lowerBound(to))
                .bind(filter.created().values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(NoticeLog::render);
    }

    private static ObjectNode render(Row row) throws SQLException {
        String state = row.text("state");
        ObjectNode shown = Json.object();
        shown.put("id", row.text("id"));
        shown.put("object", "provider_notice");
        shown.put("attempts", row.whole("attempts"));
        shown.put("body", row.textOrNull("body"));
        shown.put("created", row.moment("received_at").getEpochSecond());
        shown.put("failure_message", row.textOrNull("failure"));
        shown.put("livemode", row.flag("livemode"));
        shown.put("processed_at", seconds(row.momentOrNull("processed_at")));
        shown.put("provider", row.text("provider"));
        shown.put("provider_account", row.text("provider_account_id"));
        shown.put("provider_reference", row.textOrNull("provider_id"));
        shown.put("reference", row.textOrNull("reference"));
        shown.put("state", state);
        shown.put("type", row.textOrNull("type"));
        shown.put("verified", !state.equals("refused"));
        return shown;
    }

    private static @Nullable Long seconds(@Nullable Instant moment) {
        return moment == null ? null : moment.getEpochSecond();
    }
}
