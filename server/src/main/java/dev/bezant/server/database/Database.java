package dev.bezant.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The one door to PostgreSQL. Statements run here commit one by one; {@link #transaction} groups several.
 *
 * <p>A connection is held only while a statement or a transaction runs: never while a provider or a client is waited for.
 */
public final class Database implements Session, AutoCloseable {
    /**
     * Where and how.
     *
     * @param url JDBC URL
     * @param user null when the URL carries it
     * @param password null when the URL carries it
     * @param connections size of the pool
     */
    public record Settings(String url, @Nullable String user, @Nullable String password, int connections) {
        @Override
        public String toString() {
            return "Settings[" + connections + " connections]";
        }
    }

    private final HikariDataSource pool;
    private final LongAdder statements = new LongAdder();
    private final LongAdder transactions = new LongAdder();

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /** @throws DatabaseException if it cannot be reached within 10 seconds */
    public static Database open(Settings settings) {
        var config = new HikariConfig();
        config.setPoolName("bezant");
        config.setJdbcUrl(settings.url());
        if (settings.user() != null) {
            config.setUsername(settings.user());
        }
        if (settings.password() != null) {
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(Math.min(4, settings.connections()));
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setAutoCommit(true);
        config.addDataSourceProperty("ApplicationName", "bezant");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // A connection that the network forgot must not hold a payment for ever.
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // "Failing row contains ..." would put personal data and ciphertext into logs.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        try {
            return new Database(new HikariDataSource(config));
        } catch (RuntimeException e) {
            Throwable root = e.getCause() == null ? e : e.getCause();
            var failed = new DatabaseException("The database cannot be reached: " + root.getMessage(), root instanceof SQLException s ? s : null);
            failed.addSuppressed(e);
            throw failed;
        }
    }

    /**
     * Brings the schema to this release. Safe to run from several nodes at once.
     *
     * @return how many migrations were applied
     */
    public int migrate() {
        return Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /** How many migrations this release has that the database has not. */
    public int pendingMigrations() {
        return Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().info().pending().length;
    }

    @Override
    public Statement sql(String text) {
        return new Statement(Sql.parse(text), new Statement.Runner() {
            @Override
            public <T> T run(String sql, Statement.Work<T> work) {
                transactions.increment();
                try (Connection connection = pool.getConnection()) {
                    return counted(work, connection);
                } catch (SQLException e) {
                    throw new DatabaseException(e.getMessage() + " in: " + sql, e);
                }
            }
        });
    }

    /** Runs work in one transaction: all of it is committed, or, when it throws, nothing. */
    public <T extends @Nullable Object> T transaction(Function<Session, T> work) {
        transactions.increment();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.apply(text -> new Statement(Sql.parse(text), new Statement.Runner() {
                    @Override
                    public <R> R run(String sql, Statement.Work<R> inner) {
                        try {
                            return counted(inner, connection);
                        } catch (SQLException e) {
                            throw new DatabaseException(e.getMessage() + " in: " + sql, e);
                        }
                    }
                }));
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Statements sent since the start: one each is one round trip (transactions add a begin and a commit). */
    public long statementsSent() {
        return statements.sum();
    }

    public long transactionsBegun() {
        return transactions.sum();
    }

    /** For libraries that want a plain data source (jobs, metrics). */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> T counted(Statement.Work<T> work, Connection connection) throws SQLException {
        statements.increment();
        return work.with(connection);
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
