package dev.bezant.server.http;

import dev.bezant.server.kernel.Json;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a list continues, newest first.
 *
 * <p>Use: read one row more than {@link #limit()} after {@link #cursor()} in the direction of {@link #backwards()}, hand the rows to
 * {@link #respond}.
 *
 * @param limit 1 to 100, 10 by default
 * @param cursor an id of the same list; null at its beginning
 * @param backwards whether what is wanted lies before (is newer than) the cursor
 * @see "docs/protocols/payments-api.md, section 2.2"
 */
public record Page(int limit, @Nullable String cursor, boolean backwards) {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100;

    /** Reads {@code limit}, {@code starting_after} and {@code ending_before}. */
    public static Page of(Params params) {
        Long limit = params.integer("limit", 1, LIMIT_MAX);
        String after = params.text("starting_after", 255);
        String before = params.text("ending_before", 255);
        if (after != null && before != null) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "ending_before", "Send either starting_after or ending_before, not both.");
        }
        return new Page(limit == null ? LIMIT_DEFAULT : limit.intValue(), after != null ? after : before, before != null);
    }

    /** How many rows to read: one more than is shown tells whether there are more. */
    public int rows() {
        return limit + 1;
    }

    /** The name of the parameter that the cursor came in, for an error about it. */
    public String cursorParam() {
        return backwards ? "ending_before" : "starting_after";
    }

    /** The caller's mode as a condition that is spelled out, so that the index of test mode can serve it. */
    public static String mode(Caller caller) {
        return caller.livemode() ? " and livemode" : " and not livemode";
    }

    /**
     * SQL that continues the list: a condition on {@code column} with parameter {@code :cursor}, the order and the limit
     * {@code :rows}. Bind both with {@link #cursor()} and {@link #rows()}.
     */
    public String sql(String column) {
        return backwards
                ? " and (:cursor::text is null or " + column + " > :cursor) order by " + column + " asc limit :rows"
                : " and (:cursor::text is null or " + column + " < :cursor) order by " + column + " desc limit :rows";
    }

    /**
     * The list envelope.
     *
     * @param rows as read by the SQL, at most {@link #rows()}
     */
    public <T> ObjectNode respond(String url, List<T> rows, Function<T, ObjectNode> render) {
        boolean more = rows.size() > limit;
        List<T> shown = new java.util.ArrayList<>(more ? rows.subList(0, limit) : rows);
        if (backwards) {
            Collections.reverse(shown);
        }
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", url);
        list.put("has_more", more);
        list.set("data", Json.array(shown.stream().map(render).toList()));
        return list;
    }
}
