package dev.bezant.server.search;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.database.Session;
import dev.bezant.server.database.Statement;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code GET /v1/.../search}. Thread-safe.
 *
 * @see "docs/protocols/payments-api.md, section 2.5"
 */
public final class Searches {
    private static final int QUERY_MAX = 2000;
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100;
    private static final int TOKEN_MAX = 500;
    /** A search that finds little reads much: it must not keep a connection for long. */
    private static final String PATIENCE = "10s";
    /** So many rows are looked through one by one rather than reading the account's rows from the newest on. */
    private static final int FEW = 5000;

    private final Database database;
    private final PageToken tokens;

    /** @param mac a keyed hash of a text, for the tokens of further pages */
    public Searches(Database database, Function<String, byte[]> mac) {
        this.database = database;
        this.tokens = new PageToken(mac);
    }

    /**
     * Something that is searched.
     *
     * @param url of the search
     * @param from the table and its alias {@code t}, such as {@code charge t}; rows have account_id, livemode and id
     * @param more a condition that every row meets, with its leading {@code and}; or empty
     * @param id of a row, for going on after it
     * @param render rows as the API shows them, in their order
     */
    public record Searched<T>(
            String url, String from, String more, SearchFields fields, Statement.Reader<T> reader, Function<T, String> id,
            Function<List<T>, List<ObjectNode>> render) {}

    /** Reads the request's parameters, searches and renders. */
    public <T> ObjectNode search(ApiRequest request, Searched<T> searched) {
        Params params = request.params();
        String text = params.requiredText("query", QUERY_MAX);
        Long limit = params.integer("limit", 1, LIMIT_MAX);
        String token = params.text("page", TOKEN_MAX);
        List<String> expand = params.texts("expand", 20, 200);
        params.done();
        Caller caller = request.caller();
        int shown = limit == null ? LIMIT_DEFAULT : limit.intValue();
        String which = caller.accountId() + "|" + caller.livemode() + "|" + searched.url() + "|" + text;
        String cursor = token == null ? null : tokens.open(which, token).orElseThrow(() ->
                ApiException.invalid("page", "Invalid page: it is not the next_page of a search with this query. Repeat the query exactly, with the same kind of key."));
        SearchFields.Condition condition = condition(text, searched.fields());
        boolean counted = expand != null && expand.contains("total_count");
        Found<T> found = found(caller, searched, condition, cursor, shown + 1, counted);
        boolean more = found.rows().size() > shown;
        List<T> rows = more ? found.rows().subList(0, shown) : found.rows();
        ObjectNode result = Json.object();
        result.put("object", "search_result");
        result.put("url", searched.url());
        result.put("has_more", more);
        result.set("data", Json.array(searched.render().apply(rows)));
        result.put("next_page", more ? tokens.seal(which, searched.id().apply(rows.getLast())) : null);
        if (counted) {
            result.put("total_count", found.count());
        }
        return result;
    }

    private static SearchFields.Condition condition(String text, SearchFields fields) {
        try {
            return fields.translate(QueryParser.parse(text));
        } catch (QueryException e) {
            throw ApiException.invalid("query", "Invalid query at position " + e.position() + ": " + e.getMessage() + ".");
        }
    }

    private record Found<T>(List<T> rows, long count) {}

    private <T> Found<T> found(Caller caller, Searched<T> searched, SearchFields.Condition condition, @Nullable String cursor, int rows, boolean counted) {
        String own = " where t.account_id = :account and t.livemode = :livemode" + Page.mode(caller).replace("livemode", "t.livemode") + searched.more();
        var values = new HashMap<String, @Nullable Object>(condition.values());
        values.put("account", caller.accountId());
        values.put("livemode", caller.livemode());
        Map<String, @Nullable Object> paged = new HashMap<>(values);
        paged.put("cursor", cursor);
        paged.put("rows", rows);
        try {
            return database.transaction(tx -> {
                patient(tx);
                // The planner cannot know how rare a value of metadata is, and would rather read from the newest row on.
                SearchFields.Selective selective = condition.selective();
                boolean few = selective != null && few(tx, searched.from() + own, condition, selective, caller);
                String where = selective != null && few
                        ? " from (select * from " + searched.from() + own + " and " + selective.sql() + " offset 0) t where " + condition.sql()
                        : " from " + searched.from() + own + " and " + condition.sql();
                List<T> list = tx.sql("select t.*" + where + " and (:cursor::text is null or t.id < :cursor) order by t.id desc limit :rows")
                        .bind(paged)
                        .list(searched.reader());
                long count = counted ? tx.sql("select count(*) as n" + where).bind(values).one(row -> row.number("n")).orElse(0L) : 0;
                return new Found<>(list, count);
            });
        } catch (DatabaseException e) {
            if (e.canceled()) {
                throw ApiException.invalid("query", "The search took longer than " + PATIENCE + ". Narrow it, such as by created>... or customer:\"...\".");
            }
            throw e;
        }
    }

    private static boolean few(Session tx, String rows, SearchFields.Condition condition, SearchFields.Selective selective, Caller caller) {
        return tx.sql("select count(*) as n from (select 1 from " + rows + " and " + selective.sql() + " limit " + (FEW + 1) + ") as few")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind(selective.name(), condition.values().get(selective.name()))
                .one(row -> row.number("n"))
                .orElse(0L) <= FEW;
    }

    private static void patient(Session tx) {
        tx.sql("set local statement_timeout = '" + PATIENCE + "'").update();
    }
}
