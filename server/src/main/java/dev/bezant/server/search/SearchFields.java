package dev.bezant.server.search;

import dev.bezant.server.search.Clause.Operator;
import dev.bezant.server.search.Clause.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What can be searched of a resource: names as queries write them, and the SQL that stands for them. The SQL is ours alone; what queries
 * bring is only ever bound.
 */
public final class SearchFields {
    /** Shorter parts are in nearly everything. */
    private static final int CONTAINED_MIN = 3;
    private static final BigDecimal SECOND_MAX = BigDecimal.valueOf(253_402_300_799L);

    /** What kind of values a field has. */
    private enum Kind {
        /** Compared without regard to case. */
        TEXT(Set.of(Operator.EQUALS, Operator.CONTAINS)),
        /** An id or a fixed word: the same or not. */
        TOKEN(Set.of(Operator.EQUALS)),
        NUMBER(Set.of(Operator.EQUALS, Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE, Operator.LESS)),
        MOMENT(Set.of(Operator.EQUALS, Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE, Operator.LESS)),
        FLAG(Set.of(Operator.EQUALS)),
        METADATA(Set.of(Operator.EQUALS, Operator.CONTAINS));

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable; Java has no type that says so.
        private final Set<Operator> operators;

        Kind(Set<Operator> operators) {
            this.operators = operators;
        }
    }

    /**
     * @param sql an expression; of metadata a jsonb object
     * @param guard of metadata: what holds wherever there is any, in the words of an index; else empty
     */
    private record Field(Kind kind, String sql, String guard) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** People's words: {@code :} compares without regard to case, {@code ~} finds a part. */
    public SearchFields text(String name, String sql) {
        return add(name, Kind.TEXT, sql, "");
    }

    /** Ids and fixed words: {@code :} alone. */
    public SearchFields token(String name, String sql) {
        return add(name, Kind.TOKEN, sql, "");
    }

    /** Whole numbers. */
    public SearchFields number(String name, String sql) {
        return add(name, Kind.NUMBER, sql, "");
    }

    /** A {@code timestamptz}, which queries name by its second since 1970. */
    public SearchFields moment(String name, String sql) {
        return add(name, Kind.MOMENT, sql, "");
    }

    /** A boolean. */
    public SearchFields flag(String name, String sql) {
        return add(name, Kind.FLAG, sql, "");
    }

    /**
     * {@code metadata["key"]}: {@code :} compares exactly, {@code ~} finds a part without regard to case.
     *
     * @param sql a jsonb object, or null where there is none
     * @param guard a condition that holds of every row that has metadata, as the index of metadata has it
     */
    public SearchFields metadata(String sql, String guard) {
        return add("metadata", Kind.METADATA, sql, guard);
    }

    /**
     * A condition for a {@code where}.
     *
     * @param values what it names
     * @param selective null where there is no such part
     */
    record Condition(String sql, Map<String, Object> values, @Nullable Selective selective) {}

    /**
     * A part of a condition that an index answers, and that every row found must meet.
     *
     * @param name of the one value in it
     */
    record Selective(String sql, String name) {}

    /** @throws QueryException if the query asks for what there is not */
    Condition translate(Query query) throws QueryException {
        var values = new HashMap<String, Object>();
        var conditions = new ArrayList<String>();
        Selective selective = null;
        for (Clause clause : query.clauses()) {
            String name = "s" + conditions.size();
            String condition = condition(clause, name, values);
            boolean required = !query.any() || query.clauses().size() == 1;
            if (required && !clause.negated() && clause.key() != null && clause.operator() == Operator.EQUALS && !(clause.value() instanceof Value.Absent)) {
                selective = new Selective(condition, name);
            }
            // Where there is no value, nothing is known of it in SQL, and here it is just not so.
            conditions.add(clause.negated() ? "not coalesce(" + condition + ", false)" : "(" + condition + ")");
        }
        return new Condition("(" + String.join(query.any() ? " or " : " and ", conditions) + ")", values, selective);
    }

    private String condition(Clause clause, String name, Map<String, Object> values) throws QueryException {
        Field field = fields.get(clause.field());
        if (field == null) {
            throw new QueryException(clause.at(), "there is no such field. Fields are " + String.join(", ", names()));
        }
        if ((clause.key() != null) != (field.kind() == Kind.METADATA)) {
            throw new QueryException(clause.at(), field.kind() == Kind.METADATA
                    ? "metadata needs a key, such as metadata[\"order_id\"]"
                    : "this field has no keys in brackets; metadata alone has");
        }
        if (!field.kind().operators.contains(clause.operator())) {
            throw new QueryException(clause.at(), "this field cannot be compared by " + clause.operator().sign() + ", only by "
                    + field.kind().operators.stream().sorted().map(Operator::sign).collect(Collectors.joining(" ")));
        }
        if (clause.value() instanceof Value.Absent) {
            if (clause.operator() != Operator.EQUALS) {
                throw new QueryException(clause.valueAt(), "null can be compared by : only");
            }
            return absent(field, clause, name, values);
        }
        return switch (field.kind()) {
            case TEXT -> text(field.sql(), clause, name, values);
            case TOKEN -> {
                values.put(name, textOf(clause));
                yield field.sql() + " = :" + name;
            }
            case NUMBER -> number(field.sql(), clause, name, values);
            case MOMENT -> moment(field.sql(), clause, name, values);
            case FLAG -> {
                values.put(name, flagOf(clause));
                yield field.sql() + " = :" + name;
            }
            case METADATA -> metadata(field, clause, name, values);
        };
    }

    private static String absent(Field field, Clause clause, String name, Map<String, Object> values) {
        if (field.kind() != Kind.METADATA) {
            return field.sql() + " is null";
        }
        values.put(name, String.valueOf(clause.key()));
        return field.sql() + " ->> :" + name + " is null";
    }

    private static String text(String sql, Clause clause, String name, Map<String, Object> values) throws QueryException {
        values.put(name, textOf(clause));
        return clause.operator() == Operator.CONTAINS
                ? "strpos(lower(" + sql + "), lower(:" + name + ")) > 0"
                : "lower(" + sql + ") = lower(:" + name + ")";
    }

    private static String number(String sql, Clause clause, String name, Map<String, Object> values) throws QueryException {
        values.put(name, numberOf(clause));
        return sql + sign(clause.operator()) + ":" + name + "::numeric";
    }

    /** Queries count whole seconds, the database microseconds: a second is from its beginning to the beginning of the next. */
    private static String moment(String sql, Clause clause, String name, Map<String, Object> values) throws QueryException {
        BigDecimal second = numberOf(clause);
        if (second.stripTrailingZeros().scale() > 0 || second.signum() < 0 || second.compareTo(SECOND_MAX) > 0) {
            throw new QueryException(clause.valueAt(), "a time is given as whole seconds since 1970, such as 1767225600");
        }
        values.put(name, second.longValueExact());
        String begin = "to_timestamp(:" + name + ")";
        String end = "to_timestamp(:" + name + " + 1)";
        return switch (clause.operator()) {
            case EQUALS -> sql + " >= " + begin + " and " + sql + " < " + end;
            case AT_LEAST -> sql + " >= " + begin;
            case MORE -> sql + " >= " + end;
            case LESS -> sql + " < " + begin;
            case AT_MOST -> sql + " < " + end;
            case CONTAINS -> throw new IllegalStateException("A time has no parts");
        };
    }

    private static String metadata(Field field, Clause clause, String name, Map<String, Object> values) throws QueryException {
        String text = clause.value() instanceof Value.Decimal(var number) ? number.toPlainString() : textOf(clause);
        String key = String.valueOf(clause.key());
        if (clause.operator() == Operator.CONTAINS) {
            values.put(name, text);
            values.put(name + "_key", key);
            return field.guard() + " and strpos(lower(" + field.sql() + " ->> :" + name + "_key), lower(:" + name + ")) > 0";
        }
        var wanted = JsonNodeFactory.instance.objectNode().put(key, text);
        values.put(name, wanted.toString());
        return field.guard() + " and " + field.sql() + " @> :" + name + "::jsonb";
    }

    private static String textOf(Clause clause) throws QueryException {
        if (!(clause.value() instanceof Value.Text(var text))) {
            throw new QueryException(clause.valueAt(), "this field is compared with a text in quotes");
        }
        if (clause.operator() == Operator.CONTAINS && text.codePointCount(0, text.length()) < CONTAINED_MIN) {
            throw new QueryException(clause.valueAt(), "a part that is looked for has at least " + CONTAINED_MIN + " characters");
        }
        return text;
    }

    private static BigDecimal numberOf(Clause clause) throws QueryException {
        return switch (clause.value()) {
            case Value.Decimal(var number) -> number;
            case Value.Text(var text) when text.matches("-?[0-9]{1,18}") -> new BigDecimal(text);
            case Value.Text t -> throw new QueryException(clause.valueAt(), "this field is compared with a number");
            case Value.Absent a -> throw new IllegalStateException("Absence is compared elsewhere");
        };
    }

    private static boolean flagOf(Clause clause) throws QueryException {
        String text = clause.value() instanceof Value.Text(var given) ? given : "";
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new QueryException(clause.valueAt(), "this field is compared with true or false");
        };
    }

    private static String sign(Operator operator) {
        return operator == Operator.EQUALS ? " = " : " " + operator.sign() + " ";
    }

    private List<String> names() {
        return fields.entrySet().stream().map(it -> it.getValue().kind() == Kind.METADATA ? it.getKey() + "[\"...\"]" : it.getKey()).sorted().toList();
    }

    private SearchFields add(String name, Kind kind, String sql, String guard) {
        fields.put(name, new Field(kind, sql, guard));
        return this;
    }
}
