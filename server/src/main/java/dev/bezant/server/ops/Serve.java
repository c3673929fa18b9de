package dev.bezant.server.ops;

import dev.bezant.server.account.Account;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.database.EmbeddedPostgres;
import dev.bezant.server.database.GrowingTable;
import dev.bezant.server.database.Partitions;
import dev.bezant.server.http.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server, from the lock on its directory to the last process stopped. */
final class Serve {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private final Settings settings;
    private final Path directory;
    private final Composition.Factory factory;
    private final PrintWriter out;

    Serve(Settings settings, Path directory, Composition.Factory factory, PrintWriter out) {
        this.settings = settings;
        this.directory = directory;
        this.factory = factory;
        this.out = out;
    }

    /**
     * @param untilReady whether to stop as soon as everything runs, without being asked
     * @return how it ended
     * @throws CommandException if it cannot start
     */
    ExitCode run(boolean untilReady) {
        var signal = StopSignal.install();
        ExitCode exitCode = ExitCode.FAILED;
        try (var open = new Closers()) {
            serve(open);
            if (!untilReady) {
                signal.await();
            }
            LOG.info("Stopping: running requests may take {} seconds to end", settings.get(Settings.DRAIN_SECONDS));
            exitCode = ExitCode.OK;
        } catch (CommandException e) {
            exitCode = e.exitCode();
            throw e;
        } catch (DatabaseException e) {
            exitCode = ExitCode.DATABASE;
            throw new CommandException(exitCode, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signal.finished(exitCode);
        }
        return exitCode;
    }

    private void serve(Closers open) {
        DataDirectory data = DataDirectory.open(directory);
        open.add(data.lock());
        Logs.forServing(settings, data.resolve("logs"));
        HeldPort port = open.add(hold());
        // Launched first and awaited last: it starts while the database does.
        Optional<SandboxProcess> sandbox = settings.get(Settings.SANDBOX_ENABLED) ? Optional.of(open.add(launchSandbox(data))) : Optional.empty();
        Database database = open.add(Database.open(databaseSettings(data, open)));
        migrate(database);
        Platform platform = Platform.of(settings, data.path(), database);
        Composition composition = factory.compose(platform);
        Optional<CorefyAccount> corefy = CorefyAccount.of(settings, composition.connectors());

        var quickstart = new Quickstart(data, platform, composition.providers());
        Account account = quickstart.account();
        sandbox.ifPresent(it -> {
            it.awaitReady();
            if (account != null) {
                quickstart.connect(account, it.api().defaultAccounts(), composition.connectors());
            }
            quickstart.refresh(it.api().defaultAccounts());
        });
        corefy.ifPresent(it -> it.connect(platform.accounts().list(), composition.providers()));

        RunningServer server = start(composition, port);
        open.add(() -> server.drainAndStop(Duration.ofSeconds(settings.get(Settings.DRAIN_SECONDS))));
        String url = "http://" + reachableHost() + ":" + server.port();
        if (account != null) {
            quickstart.writeFile(account, url, sandbox);
        }
        server.becomeReady();
        greet(url, data, account, sandbox);
    }

    private HeldPort hold() {
        try {
            return HeldPort.of(settings.get(Settings.HOST), settings.get(Settings.PORT));
        } catch (IOException e) {
            throw taken(String.valueOf(e.getMessage()));
        }
    }

    private RunningServer start(Composition composition, HeldPort port) {
        try {
            port.close();
            return composition.start();
        } catch (IOException | HttpServer.PortTakenException e) {
            throw taken("another program was quicker");
        }
    }

    private CommandException taken(String why) {
        return new CommandException(ExitCode.PORT, "Cannot listen on " + settings.get(Settings.HOST) + ":" + settings.get(Settings.PORT) + ": " + why
                + ". Stop the program that does, or choose another port with --port (0 = a free one).");
    }

    private SandboxProcess launchSandbox(DataDirectory data) {
        String port = settings.get(Settings.SANDBOX_PORT);
        OptionalInt asked = port.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
        return SandboxProcess.launch(data, asked, settings.get(Settings.PORT), this::say);
    }

    private Database.Settings databaseSettings(DataDirectory data, Closers open) {
        String url = settings.textOrNull(Settings.DATABASE_URL);
        int connections = settings.get(Settings.DATABASE_CONNECTIONS);
        if (url != null) {
            return Workspace.external(settings, url, connections);
        }
        EmbeddedPostgres postgres = open.add(EmbeddedPostgres.start(EmbeddedPostgres.Options.under(data.path())));
        if (postgres.adopted()) {
            LOG.info("Adopted the PostgreSQL (process {}) that a killed server left", postgres.pid());
        }
        return postgres.settings(connections);
    }

    static void migrate(Database database) {
        try {
            database.migrate();
        } catch (RuntimeException e) {
            throw new CommandException(ExitCode.DATABASE, "The database could not be migrated: " + e.getMessage());
        }
        new Partitions(database, Clock.systemUTC(), GrowingTable.ALL).ensure();
    }

    /** Where a browser on this machine reaches an address that stands for every one. */
    private String reachableHost() {
        String host = settings.get(Settings.HOST);
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }

    private void greet(String url, DataDirectory data, @Nullable Account account, Optional<SandboxProcess> sandbox) {
        say("Bezant is ready");
        say("  API      " + url + "/v1, described at " + url + "/docs");
        sandbox.ifPresent(it -> say("  Sandbox  " + it.api().origin() + (it.adopted() ? "  (found running)" : "")));
        say("  Data     " + data.path());
        if (account == null) {
            say("  Keys     'bezant keys create' makes them");
            return;
        }
        Path file = data.resolve(Quickstart.FILE);
        say("  Keys     " + file);
        if (sandbox.isPresent()) {
            say("A payment:");
            say("  . " + ShellVariables.quoted(file.toString()) + "; curl -u \"$BEZANT_SECRET_KEY:\" \"$BEZANT_URL/v1/payment_intents\""
                    + " -d amount=1999 -d currency=eur -d payment_method=pm_card_visa -d confirm=true");
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
