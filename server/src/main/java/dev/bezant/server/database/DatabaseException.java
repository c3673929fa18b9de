package dev.bezant.server.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database refused or could not be reached. */
public final class DatabaseException extends RuntimeException {
    private final String sqlState;
    private final @Nullable String constraint;

    DatabaseException(String message, @Nullable SQLException cause) {
        super(message, cause);
        this.sqlState = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
        this.constraint = cause instanceof org.postgresql.util.PSQLException e && e.getServerErrorMessage() != null
                ? e.getServerErrorMessage().getConstraint()
                : null;
    }

    /** Whether a unique index refused the change; {@code constraint} is its name. */
    public boolean violates(String constraintName) {
        return constraintName.equals(constraint);
    }

    /** Whether the statement took longer than it was allowed to. */
    public boolean canceled() {
        return sqlState.equals("57014");
    }

    /**
     * Whether the same statement may succeed when repeated: there was no connection to be had, the connection broke, the server
     * restarts, a deadlock or a serialization failure. A broken connection leaves open whether the statement was committed.
     */
    public boolean transientFailure() {
        return getCause() instanceof SQLTransientException || List.of("08", "57", "40", "53").stream().anyMatch(sqlState::startsWith);
    }
}
