package dev.bezant.server.testing;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.EmbeddedPostgres;
import dev.bezant.server.database.GrowingTable;
import dev.bezant.server.database.Partitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database of a test's own, migrated and empty. Cheap: one PostgreSQL serves all tests of a JVM, and each database is a copy of
 * a migrated one.
 *
 * <pre>{@code
 * try (TestDatabase db = TestDatabase.create()) {
 *     db.database().sql("...")
 * }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres shared;
    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // Held until the JVM ends, so that another JVM takes another directory.
    private static @Nullable FileLock lock;

    private final EmbeddedPostgres server;
    private final String name;
    private final Database database;

    private TestDatabase(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
        this.database = Database.open(new Database.Settings(url(server, name), server.user(), server.password().reveal(), CONNECTIONS));
    }

    /** With all migrations applied. */
    public static TestDatabase create() {
        return copy("bezant_template");
    }

    /** Without any table. */
    public static TestDatabase empty() {
        return copy("template1");
    }

    public Database database() {
        return database;
    }

    public String url() {
        return url(server, name);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password().reveal();
    }

    @Override
    public void close() {
        database.close();
        try (Database admin = Database.open(server.settings(1))) {
            admin.sql("drop database " + name + " with (force)").update();
        }
    }

    private static TestDatabase copy(String template) {
        EmbeddedPostgres server = server();
        String name = "test_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet();
        try (Database admin = Database.open(server.settings(1))) {
            admin.sql("create database " + name + " template " + template).update();
        }
        return new TestDatabase(server, name);
    }

    private static synchronized EmbeddedPostgres server() {
        if (shared == null) {
            Path directory = directory();
            // Nothing a test writes has to survive a power cut; what a killed process leaves behind is not changed by this.
            EmbeddedPostgres server = EmbeddedPostgres.start(new EmbeddedPostgres.Options(
                    directory.resolve("postgres"), directory.resolve("postgres.log"), Map.of("fsync", "off")));
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            prepareTemplate(server);
            shared = server;
        }
        return shared;
    }

    private static void prepareTemplate(EmbeddedPostgres server) {
        try (Database admin = Database.open(server.settings(1))) {
            List<String> left = admin.sql("select datname from pg_database where datname like 'test\\_%' or datname = 'bezant_template'")
                    .list(row -> row.text("datname"));
            left.forEach(name -> admin.sql("drop database " + name + " with (force)").update());
            admin.sql("create database bezant_template").update();
        }
        try (Database template = Database.open(new Database.Settings(
                url(server, "bezant_template"), server.user(), server.password().reveal(), 2))) {
            template.migrate();
            new Partitions(template, Clock.systemUTC(), GrowingTable.ALL).ensure();
        }
    }

    /** In the build directory; a second JVM at the same time gets its own. */
    private static Path directory() {
        try {
            for (int i = 1; ; i++) {
                Path directory = Path.of("target", "test-postgres-" + i).toAbsolutePath();
                Files.createDirectories(directory);
                FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                lock = channel.tryLock();
                if (lock != null) {
                    return directory;
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(EmbeddedPostgres server, String name) {
        return server.url().substring(0, server.url().lastIndexOf('/') + 1) + name;
    }
}
