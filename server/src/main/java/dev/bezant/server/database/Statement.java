package dev.bezant.server.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One statement being bound and run; used once. */
public final class Statement {
    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(Row row) throws SQLException;
    }

    /** Runs work with a connection; the database counts and translates failures. */
    interface Runner {
        <T> T run(String sql, Work<T> work);
    }

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final Sql sql;
    private final Runner runner;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Statement(Sql sql, Runner runner) {
        this.sql = sql;
        this.runner = runner;
    }

    /**
     * Binds one parameter. Strings (also for {@code ::jsonb}), Long, Integer, Short, Boolean, byte[], {@link Instant} and
     * {@code List<String>} (as {@code text[]}) are understood; null is SQL null.
     */
    public Statement bind(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    public Statement bind(Map<String, ? extends @Nullable Object> all) {
        values.putAll(all);
        return this;
    }

    /**
     * The only row, if there is one.
     *
     * @throws DatabaseException if there are several
     */
    public <T> Optional<T> one(Reader<T> reader) {
        List<T> rows = list(reader);
        if (rows.size() > 1) {
            throw new DatabaseException("Expected at most one row, found " + rows.size() + ": " + sql.text(), null);
        }
        return rows.stream().findFirst();
    }

    public <T> List<T> list(Reader<T> reader) {
        return runner.run(sql.text(), connection -> {
            try (PreparedStatement statement = prepare(connection);
                    var result = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                var row = new Row(result);
                while (result.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        });
    }

    /**
     * Runs a change.
     *
     * @return how many rows it touched
     */
    public int update() {
        return runner.run(sql.text(), connection -> {
            try (PreparedStatement statement = prepare(connection)) {
                return statement.executeUpdate();
            }
        });
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        if (!values.keySet().equals(Set.copyOf(sql.names()))) {
            throw new IllegalArgumentException("Bound " + values.keySet() + " but the statement has " + sql.names());
        }
        PreparedStatement statement = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.names().size(); i++) {
            set(connection, statement, i + 1, values.get(sql.names().get(i)));
        }
        return statement;
    }

    private static void set(Connection connection, PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case List<?> texts -> {
                Array array = connection.createArrayOf("text", texts.toArray());
                statement.setArray(index, array);
            }
            default -> statement.setObject(index, value);
        }
    }
}
