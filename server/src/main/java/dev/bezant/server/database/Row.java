package dev.bezant.server.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current row of a result. Readers without "OrNull" refuse an SQL null. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) throws SQLException {
        return present(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return result.getString(column);
    }

    public long number(String column) throws SQLException {
        return present(column, numberOrNull(column));
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    public int whole(String column) throws SQLException {
        return Math.toIntExact(number(column));
    }

    public @Nullable Integer wholeOrNull(String column) throws SQLException {
        Long value = numberOrNull(column);
        return value == null ? null : Math.toIntExact(value);
    }

    public boolean flag(String column) throws SQLException {
        boolean value = result.getBoolean(column);
        if (result.wasNull()) {
            throw new SQLException("Column " + column + " is null");
        }
        return value;
    }

    public Instant moment(String column) throws SQLException {
        return present(column, momentOrNull(column));
    }

    public @Nullable Instant momentOrNull(String column) throws SQLException {
        OffsetDateTime value = result.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public byte[] bytes(String column) throws SQLException {
        return present(column, bytesOrNull(column));
    }

    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return result.getBytes(column);
    }

    public List<String> texts(String column) throws SQLException {
        return List.of((String[]) present(column, result.getArray(column)).getArray());
    }

    private static <T> T present(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("Column " + column + " is null");
        }
        return value;
    }
}
