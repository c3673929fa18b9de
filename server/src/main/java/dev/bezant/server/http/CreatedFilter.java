package dev.bezant.server.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code created} filter of lists: one second ({@code created=123}) or a range ({@code created[gte]=..&created[lt]=..}).
 *
 * <p>The API counts whole seconds and the database microseconds, so {@code lte} includes the whole second it names.
 *
 * @param from the first moment included; null = from the beginning
 * @param to the first moment no longer included; null = to the end
 * @see "docs/protocols/payments-api.md, section 2.1"
 */
public record CreatedFilter(@Nullable Instant from, @Nullable Instant to) {
    /** The last second of the year 9999. */
    private static final long SECOND_MAX = 253_402_300_799L;

    /** Reads {@code created} in either form; without it nothing is filtered. */
    public static CreatedFilter of(Params params) {
        if (!params.hasMembers("created")) {
            Long second = params.integer("created", 0, SECOND_MAX);
            return second == null ? new CreatedFilter(null, null) : new CreatedFilter(at(second), at(second + 1));
        }
        Params range = params.map("created");
        if (range == null) {
            return new CreatedFilter(null, null);
        }
        Long gt = range.integer("gt", 0, SECOND_MAX);
        Long gte = range.integer("gte", 0, SECOND_MAX);
        Long lt = range.integer("lt", 0, SECOND_MAX);
        Long lte = range.integer("lte", 0, SECOND_MAX);
        if (gt != null && gte != null) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "created[gt]", "Send either created[gt] or created[gte], not both.");
        }
        if (lt != null && lte != null) {
            throw new ApiException(ErrorCode.PARAMETERS_EXCLUSIVE, "created[lt]", "Send either created[lt] or created[lte], not both.");
        }
        Instant from = gte != null ? at(gte) : gt != null ? at(gt + 1) : null;
        Instant to = lt != null ? at(lt) : lte != null ? at(lte + 1) : null;
        return new CreatedFilter(from, to);
    }

    /** Conditions on a {@code timestamptz} column, each with its leading {@code and}; bind {@link #values()}. */
    public String sql(String column) {
        return (from == null ? "" : " and " + column + " >= :created_from") + (to == null ? "" : " and " + column + " < :created_to");
    }

    /** What the conditions name. */
    public Map<String, Instant> values() {
        var values = new LinkedHashMap<String, Instant>();
        if (from != null) {
            values.put("created_from", from);
        }
        if (to != null) {
            values.put("created_to", to);
        }
        return values;
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
