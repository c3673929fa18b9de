package dev.bezant.sdk.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Query parameters in the order in which they are sent; a name may be repeated. Immutable. */
public final class Query {
    private static final Query EMPTY = new Query(List.of());

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    private record Parameter(String name, String value) {}

    public static Query empty() {
        return EMPTY;
    }

    /** @param parameters names and values, unencoded */
    public static Query of(Map<String, String> parameters) {
        Query query = EMPTY;
        for (var parameter : parameters.entrySet()) {
            query = query.and(parameter.getKey(), parameter.getValue());
        }
        return query;
    }

    /** These and one more, at the end; name and value unencoded. */
    public Query and(String name, String value) {
        var all = new ArrayList<>(parameters);
        all.add(new Parameter(name, value));
        return new Query(all);
    }

    /** {@code name=a&name=b}; nothing for no values. */
    public Query andAll(String name, List<String> values) {
        Query query = this;
        for (String value : values) {
            query = query.and(name, value);
        }
        return query;
    }

    /** @return {@code ?a=b&c=d}, or nothing when there is none */
    public String encoded() {
        var query = new StringBuilder();
        parameters.forEach(parameter -> query.append(query.isEmpty() ? '?' : '&')
                .append(Paths.encode(parameter.name()))
                .append('=')
                .append(Paths.encode(parameter.value())));
        return query.toString();
    }

    /** Names only: values can be tokens. */
    @Override
    public String toString() {
        return "Query" + parameters.stream().map(Parameter::name).toList();
    }
}
