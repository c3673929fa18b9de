package dev.bezant.server.database;

import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own: real programs, default durability, loopback only, one user with a generated password.
 *
 * <p>It is a process of its own. When this JVM is killed the server lives on, and the next start adopts it: nothing has to be
 * recovered, and no two servers ever work on one directory.
 *
 * <p>Layout: {@code <directory>/<version>/} the programs, {@code <directory>/cluster/} the data, {@code <directory>/password}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USER = "bezant";
    private static final String DATABASE = "bezant";
    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final int PORT_ATTEMPTS = 5;
    private static final int PASSWORD_CHARS = 32;

    /**
     * Written into the data directory when it is made; an operator may change them in its {@code postgresql.conf}.
     *
     * <p>The log says what the server does, not what clients got wrong: those errors reach the client, and their details would
     * carry values of rows.
     */
    private static final List<String> CONFIGURATION = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=128MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "client_encoding=UTF8",
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_checkpoints=off");

    /**
     * Where, and with what.
     *
     * @param directory becomes PostgreSQL's alone; made if absent
     * @param log what the server prints; its directory is made if absent
     * @param settings for this run, before those of the data directory
     */
    public record Options(Path directory, Path log, Map<String, String> settings) {
        public static Options under(Path data) {
            return new Options(data.resolve("postgres"), data.resolve("logs").resolve("postgres.log"), Map.of());
        }
    }

    private final Path cluster;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;
    private final Secret password;
    private final PostmasterFile server;
    private final boolean adopted;

    private EmbeddedPostgres(Starter starter, PostmasterFile server, boolean adopted) {
        this.cluster = starter.cluster;
        this.binaries = starter.binaries;
        this.unprivileged = starter.unprivileged;
        this.password = starter.password;
        this.server = server;
        this.adopted = adopted;
    }

    /**
     * Starts the server, making the data directory if there is none, or adopts the one that runs there.
     *
     * @throws DatabaseException with what its log says, if it does not start
     */
    public static EmbeddedPostgres start(Options options) {
        try {
            Files.createDirectories(options.directory());
            // Two commands at once: the second finds what the first has started.
            try (FileChannel channel = FileChannel.open(
                            options.directory().resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return new Starter(options).start();
            }
        } catch (IOException e) {
            throw new DatabaseException("The embedded PostgreSQL could not be started in " + options.directory() + ": " + e, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Interrupted while the embedded PostgreSQL started", null);
        }
    }

    /** How to reach a server that runs there now; empty if none does. Starts and stops nothing. */
    public static Optional<Database.Settings> running(Path directory, int connections) {
        try {
            Path passwordFile = directory.resolve("password");
            if (!Files.exists(passwordFile)) {
                return Optional.empty();
            }
            Path cluster = directory.toRealPath().resolve("cluster");
            Secret password = Secret.of(Files.readString(passwordFile).strip());
            return PostmasterFile.read(cluster)
                    .filter(file -> accepts(file, cluster, password))
                    .map(file -> new Database.Settings(url(file), USER, password.reveal(), connections));
        } catch (IOException e) {
            throw new DatabaseException("Cannot read " + directory + ": " + e, null);
        }
    }

    public String url() {
        return url(server);
    }

    public String user() {
        return USER;
    }

    public Secret password() {
        return password;
    }

    public Database.Settings settings(int connections) {
        return new Database.Settings(url(), USER, password.reveal(), connections);
    }

    /** The server's process id. */
    public long pid() {
        return server.pid();
    }

    /** Whether it was found running, left by a process that was killed. */
    public boolean adopted() {
        return adopted;
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is on disk, the process is gone. */
    public void stop() {
        try {
            stop(binaries, unprivileged, cluster);
        } catch (IOException e) {
            throw new DatabaseException("The embedded PostgreSQL could not be stopped: " + e, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void stop(PostgresBinaries binaries, Unprivileged unprivileged, Path cluster) throws IOException, InterruptedException {
        String seconds = String.valueOf(STOP_MAX.toSeconds());
        for (String way : List.of("fast", "immediate")) {
            if (PostmasterFile.read(cluster).flatMap(file -> file.server(cluster)).isEmpty()) {
                return;
            }
            run(unprivileged, cluster, List.of(binaries.program("pg_ctl").toString(), "stop", "-D", cluster.toString(),
                    "-m", way, "-w", "-t", seconds));
        }
    }

    private static String url(PostmasterFile file) {
        return "jdbc:postgresql://127.0.0.1:" + file.port() + "/" + DATABASE;
    }

    /** Whether it takes our password and says that it works on our directory: then it is ours. */
    private static boolean accepts(PostmasterFile file, Path cluster, Secret password) {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password.reveal());
        properties.setProperty("loginTimeout", "10");
        if (file.port() == 0) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(url(file), properties);
                var statement = connection.createStatement();
                var result = statement.executeQuery("show data_directory")) {
            return result.next() && Path.of(result.getString(1)).equals(cluster);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Runs a program to its end. @return what it printed, or null if it succeeded */
    private static @Nullable String run(Unprivileged unprivileged, Path directory, List<String> command)
            throws IOException, InterruptedException {
        Process process = builder(unprivileged, directory, command).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? null : printed;
    }

    private static ProcessBuilder builder(Unprivileged unprivileged, Path directory, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(unprivileged.command(command)).directory(directory.toFile()).redirectErrorStream(true);
        // The caller's PGHOST, PGOPTIONS or LC_ALL must not change what is started.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        return builder;
    }

    /** One start. */
    private static final class Starter {
        private final Options options;
        private final Path cluster;
        private final PostgresBinaries binaries;
        private final Unprivileged unprivileged;
        private final Secret password;

        Starter(Options options) throws IOException, InterruptedException {
            this.options = options;
            Files.setPosixFilePermissions(options.directory(), PosixFilePermissions.fromString("rwx------"));
            Path directory = options.directory().toRealPath();
            this.cluster = directory.resolve("cluster");
            this.unprivileged = Unprivileged.choose();
            this.binaries = PostgresBinaries.in(directory);
            this.password = password(directory);
            Files.createDirectories(options.log().toAbsolutePath().resolveSibling("."));
        }

        EmbeddedPostgres start() throws IOException, InterruptedException {
            if (!Files.isDirectory(cluster)) {
                initialize();
            }
            checkMajorVersion();
            Optional<PostmasterFile> left = PostmasterFile.read(cluster);
            if (left.isPresent() && left.get().server(cluster).isPresent()) {
                if (sameVersion(left.get()) && accepts(left.get(), cluster, password)) {
                    return new EmbeddedPostgres(this, left.get(), true);
                }
                EmbeddedPostgres.stop(binaries, unprivileged, cluster);
            }
            PostmasterFile.disown(cluster);
            return new EmbeddedPostgres(this, launch(), false);
        }

        /** A minor upgrade replaces the programs; an orphan of the old ones is stopped rather than adopted. */
        private boolean sameVersion(PostmasterFile file) {
            return ProcessHandle.of(file.pid())
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.equals(binaries.program("postgres").toString()))
                    .isPresent();
        }

        private void checkMajorVersion() throws IOException {
            String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
            String ours = PostgresBinaries.version();
            if (!ours.startsWith(found + ".")) {
                throw new DatabaseException("The data in " + cluster + " belongs to PostgreSQL " + found + ", this release brings " + ours
                        + ". Move the data with the tools of PostgreSQL (pg_upgrade, or a dump), or start the release that wrote it.", null);
            }
        }

        /** Made beside its place and moved there when complete, so that a kill leaves no half directory. */
        private void initialize() throws IOException, InterruptedException {
            Path fresh = cluster.resolveSibling("cluster.new");
            if (Files.exists(fresh)) {
                PostgresBinaries.deleteTree(fresh);
            }
            unprivileged.handOver(options.directory().toRealPath(), options.directory().toRealPath().resolveSibling("."));
            var command = new ArrayList<>(List.of(binaries.program("initdb").toString(), "-D", fresh.toString(), "-U", USER,
                    "--pwfile=" + cluster.resolveSibling("password"), "-A", "scram-sha-256", "-E", "UTF8",
                    "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"));
            CONFIGURATION.forEach(setting -> command.addAll(List.of("-c", setting)));
            String problem = run(unprivileged, cluster.resolveSibling("."), command);
            if (problem != null) {
                throw new DatabaseException("PostgreSQL's initdb failed in " + fresh + ":\n" + problem, null);
            }
            createDatabase(fresh);
            Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
        }

        /** In single-user mode, so that a directory at its final place always has its database. */
        private void createDatabase(Path fresh) throws IOException, InterruptedException {
            Process process = builder(unprivileged, fresh,
                    List.of(binaries.program("postgres").toString(), "--single", "-D", fresh.toString(), "postgres")).start();
            try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
                input.write("create database " + DATABASE + ";\n");
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || printed.contains("ERROR:")) {
                throw new DatabaseException("The database could not be created in " + fresh + ":\n" + printed, null);
            }
        }

        private PostmasterFile launch() throws IOException, InterruptedException {
            Path log = options.log().toAbsolutePath();
            if (!Files.exists(log)) {
                Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            unprivileged.handOver(log, log.resolveSibling("."));
            unprivileged.handOver(options.directory().toRealPath(), options.directory().toRealPath().resolveSibling("."));
            for (int attempt = 1; ; attempt++) {
                long logged = Files.size(log);
                // pg_ctl makes the server a session of its own: Ctrl-C in our terminal must not reach it before we have drained.
                Process process = builder(unprivileged, cluster.resolveSibling("."), command(freePort(), log)).start();
                process.getOutputStream().close();
                Optional<PostmasterFile> ready = awaitReady(process);
                if (ready.isPresent()) {
                    return ready.get();
                }
                String said = tail(log, logged);
                // Somebody may take the port between our look and the server's.
                if (attempt == PORT_ATTEMPTS || !said.contains("could not create any TCP/IP sockets")) {
                    throw new DatabaseException("The embedded PostgreSQL did not start; it said (" + log + "):\n" + said, null);
                }
            }
        }

        private List<String> command(int port, Path log) {
            var flags = new StringBuilder("-p ").append(port);
            options.settings().forEach((name, value) -> flags.append(" -c ").append(name).append('=').append(value));
            return List.of(binaries.program("pg_ctl").toString(), "start", "-D", cluster.toString(), "-l", log.toString(),
                    "-w", "-t", String.valueOf(START_MAX.toSeconds()), "-o", flags.toString());
        }

        /** pg_ctl looks ten times a second; the server's own file is looked at more often, which saves most of a restart's time. */
        private Optional<PostmasterFile> awaitReady(Process starter) throws IOException, InterruptedException {
            while (true) {
                boolean ended = starter.waitFor(5, TimeUnit.MILLISECONDS);
                Optional<PostmasterFile> file = PostmasterFile.read(cluster).filter(PostmasterFile::ready)
                        .filter(it -> it.server(cluster).isPresent());
                if (file.isPresent() || ended) {
                    return file;
                }
            }
        }

        private static String tail(Path log, long from) throws IOException {
            byte[] all = Files.readAllBytes(log);
            return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8).strip();
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static Secret password(Path directory) throws IOException {
            Path file = directory.resolve("password");
            if (!Files.exists(file)) {
                Path fresh = directory.resolve("password.new");
                Files.deleteIfExists(fresh);
                Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, new Ids(Clock.systemUTC()).secret(PASSWORD_CHARS) + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Secret.of(Files.readString(file).strip());
        }
    }
}
