package dev.bezant.server.ops;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.database.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The database for one command: the one that is configured, or the embedded one, which runs already because a server runs, or is
 * started for the moment. The last command stops what no server uses.
 */
final class Workspace implements AutoCloseable {
    private static final int CONNECTIONS = 2;

    private final Platform platform;
    private final Closers closers;

    private Workspace(Platform platform, Closers closers) {
        this.platform = platform;
        this.closers = closers;
    }

    /** With the schema of this release. */
    static Workspace open(Common common) {
        Workspace workspace = connect(common);
        try {
            workspace.bringUpToDate();
            return workspace;
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    /** With the schema as it is. */
    static Workspace connect(Common common) {
        Settings settings = common.settings(Map.of());
        DataDirectory data = DataDirectory.open(common.data);
        var closers = new Closers();
        try {
            Database database = closers.add(Database.open(where(settings, data, closers)));
            return new Workspace(Platform.of(settings, data.path(), database), closers);
        } catch (DatabaseException e) {
            closers.close();
            throw new CommandException(ExitCode.DATABASE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            closers.close();
            throw e;
        }
    }

    Platform platform() {
        return platform;
    }

    @Override
    public void close() {
        closers.close();
    }

    static Database.Settings external(Settings settings, String url, int connections) {
        var password = settings.secret(Settings.DATABASE_PASSWORD);
        return new Database.Settings(url, settings.textOrNull(Settings.DATABASE_USER), password == null ? null : password.reveal(), connections);
    }

    private static Database.Settings where(Settings settings, DataDirectory data, Closers closers) {
        String url = settings.textOrNull(Settings.DATABASE_URL);
        if (url != null) {
            return external(settings, url, CONNECTIONS);
        }
        try {
            // Shared with other commands, so that whoever is last knows it.
            DataDirectory.Held using = data.lockForCommand();
            closers.add(() -> {
                using.close();
                stopIfUnused(data);
            });
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "The data directory " + data.path() + " cannot be used: " + e);
        }
        Optional<Database.Settings> running = EmbeddedPostgres.running(data.resolve("postgres"), CONNECTIONS);
        return running.orElseGet(() -> EmbeddedPostgres.start(EmbeddedPostgres.Options.under(data.path())).settings(CONNECTIONS));
    }

    private static void stopIfUnused(DataDirectory data) throws IOException {
        Optional<DataDirectory.Held> noServer = data.tryLock();
        if (noServer.isEmpty()) {
            return;
        }
        try (var _ = noServer.get()) {
            Optional<DataDirectory.Held> noCommand = data.tryLockOutCommands();
            if (noCommand.isPresent()) {
                try (var _ = noCommand.get()) {
                    stopRunning(data);
                }
            }
        }
    }

    private static void stopRunning(DataDirectory data) {
        if (EmbeddedPostgres.running(data.resolve("postgres"), 1).isPresent()) {
            // Adopting is how a running one is taken hold of.
            EmbeddedPostgres.start(EmbeddedPostgres.Options.under(data.path())).stop();
        }
    }

    /** An embedded database has nobody else to migrate it; for another one that is the operator's decision. */
    private void bringUpToDate() {
        if (platform.settings().textOrNull(Settings.DATABASE_URL) == null) {
            Serve.migrate(platform.database());
            return;
        }
        int pending = platform.database().pendingMigrations();
        if (pending > 0) {
            throw new CommandException(ExitCode.DATABASE, "The database lacks " + pending + " migrations of this release."
                    + " Run 'bezant migrate' with the same options first.");
        }
    }
}
