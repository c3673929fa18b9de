package dev.bezant.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of a server's embedded database, read past the server. */
final class Books {
    private static final int PORT_LINE = 3;

    private final Path data;

    Books(Path data) {
        this.data = data;
    }

    /** Columns by name; texts, with empty ones for null. */
    record Row(Map<String, String> columns) {
        String text(String name) {
            String value = columns.get(name);
            if (value == null) {
                throw new AssertionError("No column " + name + " in " + columns.keySet());
            }
            return value;
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postmaster().get(PORT_LINE) + "/bezant";
    }

    String password() {
        return read(data.resolve("postgres/password")).strip();
    }

    long postmasterPid() {
        return Long.parseLong(postmaster().getFirst().strip());
    }

    List<Row> rows(String sql, String... values) {
        try (Connection connection = connection(); PreparedStatement statement = prepared(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (result.next()) {
                var columns = new HashMap<String, String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    columns.put(result.getMetaData().getColumnLabel(i), value == null ? "" : value);
                }
                rows.add(new Row(columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    long count(String sql, String... values) {
        return rows("select count(*) as n from " + sql, values).getFirst().number("n");
    }

    void change(String sql, String... values) {
        try (Connection connection = connection(); PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Operations of money whose outcome is not stored and that nobody has given to an operator. */
    long unresolved() {
        return count("charge where state in ('pending', 'completing', 'reversing') and stuck_reason is null")
                + count("charge_operation where state = 'pending' and stuck_reason is null")
                + count("refund where state in ('submitting', 'pending') and stuck_reason is null")
                + count("payout where state = 'pending' and stuck_reason is null");
    }

    /** Those that an operator has to decide. */
    long unproved() {
        return count("charge where state in ('pending', 'completing', 'reversing') and stuck_reason is not null")
                + count("charge_operation where state = 'pending' and stuck_reason is not null")
                + count("refund where state in ('submitting', 'pending') and stuck_reason is not null")
                + count("payout where state = 'pending' and stuck_reason is not null");
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url(), "bezant", password());
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }

    private List<String> postmaster() {
        return read(data.resolve("postgres/cluster/postmaster.pid")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
