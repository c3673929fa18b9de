package dev.bezant.server.search;

import dev.bezant.server.search.Clause.Operator;
import dev.bezant.server.search.Clause.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query.
 *
 * <pre>
 * query  = clause (joint clause)*          joint = spaces | spaces ("AND" | "OR") spaces
 * clause = ["-"] field operator value      operator = ":" | "=" | "~" | ">" | "&lt;" | ">=" | "&lt;="
 * field  = name ("." name)* | "metadata[" string "]"
 * value  = string | number | "null" | "true" | "false"
 * string = in double or single quotes, a backslash before a quote or a backslash
 * </pre>
 */
final class QueryParser {
    private static final int CLAUSES_MAX = 20;

    private final String text;
    private int at;

    private QueryParser(String text) {
        this.text = text;
    }

    /** @throws QueryException with the position of what is wrong */
    static Query parse(String text) throws QueryException {
        return new QueryParser(text).query();
    }

    private Query query() throws QueryException {
        var clauses = new ArrayList<Clause>();
        Boolean any = null;
        skipSpaces();
        if (done()) {
            throw new QueryException(1, "it is empty. Write a field, a colon and a value, such as status:\"succeeded\"");
        }
        while (true) {
            clauses.add(clause());
            if (clauses.size() > CLAUSES_MAX) {
                throw wrong("it has more than " + CLAUSES_MAX + " comparisons");
            }
            int end = at;
            skipSpaces();
            if (done()) {
                return new Query(List.copyOf(clauses), any != null && any);
            }
            if (at == end) {
                throw wrong("expected a space between two comparisons");
            }
            int joint = at;
            String word = word();
            boolean or = word.equalsIgnoreCase("OR");
            if (or || word.equalsIgnoreCase("AND")) {
                skipSpaces();
                if (done()) {
                    throw wrong("expected a comparison after " + word.toUpperCase(Locale.ROOT));
                }
            } else {
                at = joint;
            }
            if (any != null && any != or) {
                at = joint;
                throw wrong("AND and OR cannot both be in one query; a space means AND. Make two queries of it");
            }
            any = or;
        }
    }

    private Clause clause() throws QueryException {
        boolean negated = !done() && text.charAt(at) == '-';
        if (negated) {
            at++;
        }
        int fieldAt = at + 1;
        if (!done() && (text.charAt(at) == '(' || text.charAt(at) == ')')) {
            throw wrong("parentheses are not understood");
        }
        String field = name();
        if (field.isEmpty()) {
            throw wrong("expected the name of a field");
        }
        String key = null;
        if (!done() && text.charAt(at) == '[') {
            at++;
            key = string("expected the key in quotes, such as " + field + "[\"order_id\"]");
            if (done() || text.charAt(at) != ']') {
                throw wrong("expected ]");
            }
            at++;
        }
        Operator operator = operator();
        int valueAt = at + 1;
        return new Clause(negated, field, key, operator, value(), fieldAt, valueAt);
    }

    private Operator operator() throws QueryException {
        if (done()) {
            throw wrong("expected one of : ~ > < >= <= after the field");
        }
        boolean orEqual = text.startsWith("=", at + 1);
        Operator operator = switch (text.charAt(at)) {
            case ':', '=' -> Operator.EQUALS;
            case '~' -> Operator.CONTAINS;
            case '>' -> orEqual ? Operator.AT_LEAST : Operator.MORE;
            case '<' -> orEqual ? Operator.AT_MOST : Operator.LESS;
            default -> throw wrong("expected one of : ~ > < >= <= after the field");
        };
        at += operator.sign().length();
        return operator;
    }

    private Value value() throws QueryException {
        if (!done() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return new Value.Text(string(""));
        }
        int begin = at;
        while (!done() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
            return new Value.Decimal(new BigDecimal(word));
        }
        @Nullable Value named = switch (word) {
            case "null" -> new Value.Absent();
            case "true", "false" -> new Value.Text(word);
            default -> null;
        };
        if (named == null) {
            at = begin;
            throw wrong("expected a text in quotes, a number or null");
        }
        return named;
    }

    private String string(String expected) throws QueryException {
        if (done() || (text.charAt(at) != '"' && text.charAt(at) != '\'')) {
            throw wrong(expected);
        }
        char quote = text.charAt(at);
        int begin = at;
        at++;
        var content = new StringBuilder();
        while (!done() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            content.append(text.charAt(at));
            at++;
        }
        if (done()) {
            at = begin;
            throw wrong("the quote that opens here is never closed");
        }
        at++;
        return content.toString();
    }

    /** Letters, digits, underscores and points. */
    private String name() {
        int begin = at;
        while (!done() && isOfName(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private static boolean isOfName(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '.';
    }

    private String word() {
        int begin = at;
        while (!done() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return !done() && !Character.isWhitespace(text.charAt(at)) ? "" : text.substring(begin, at);
    }

    private void skipSpaces() {
        while (!done() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean done() {
        return at >= text.length();
    }

    private QueryException wrong(String message) {
        return new QueryException(at + 1, message);
    }
}
