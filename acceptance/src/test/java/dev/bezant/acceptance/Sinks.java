package dev.bezant.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every place where a server writes, looked through for secrets. */
final class Sinks {
    /** What may hold secrets: the keys' own file, the vault's keys, what the simulated provider keeps, and programs that we did not write. */
    private static final List<String> ALLOWED = List.of("quickstart.env", "vault", "sandbox", "postgres/18.6.0");

    private final Path data;
    private final Needles needles;

    Sinks(Path data, Needles needles) {
        this.data = data;
        this.needles = needles;
    }

    /** All columns of all rows of all our tables, as text and, where they are bytes, as bytes. @return place to what was found there */
    Map<String, Set<String>> tables() {
        var hits = new TreeMap<String, Set<String>>();
        try (Connection connection = connect()) {
            for (String table : names(connection, "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")) {
                rows(connection, table, hits);
            }
            return hits;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The files of the data directory, byte by byte, after a checkpoint: tables with their dead rows, indexes, write-ahead log,
     * logs.
     */
    Map<String, Set<String>> files() {
        execute("checkpoint");
        var hits = new TreeMap<String, Set<String>>();
        try {
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return ALLOWED.contains(relative(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && !ALLOWED.contains(relative(file))) {
                        note(hits, relative(file), needles.in(content(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (Files.exists(file)) {
                        throw e;
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hits;
    }

    /** Heads and bodies of answers. */
    Map<String, Set<String>> answers(List<Merchant.Answer> answers) {
        var hits = new TreeMap<String, Set<String>>();
        for (Merchant.Answer answer : answers) {
            note(hits, "answer " + answer.status() + " " + shortened(answer.body()), needles.in(answer.headers() + "\n" + answer.body()));
        }
        return hits;
    }

    Map<String, Set<String>> text(String place, String text) {
        var hits = new TreeMap<String, Set<String>>();
        note(hits, place, needles.in(text));
        return hits;
    }

    void execute(String sql) {
        try (Connection connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of the first row. */
    String query(String sql) {
        try (Connection connection = connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void rows(Connection connection, String table, Map<String, Set<String>> hits) throws SQLException {
        try (var statement = connection.createStatement(); ResultSet rows = statement.executeQuery("select * from " + table)) {
            var columns = rows.getMetaData();
            while (rows.next()) {
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    String place = table + "." + columns.getColumnName(column);
                    String text = rows.getString(column);
                    if (text != null) {
                        note(hits, place, needles.in(text));
                        note(hits, place, columns.getColumnTypeName(column).equals("bytea") ? needles.in(rows.getBytes(column)) : Set.of());
                    }
                }
            }
        }
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private Connection connect() throws SQLException {
        try {
            Path postgres = data.resolve("postgres");
            // Its fourth line is the port.
            String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/bezant", "bezant",
                    Files.readString(postgres.resolve("password"), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if it is gone: PostgreSQL removes files while we look. */
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private String relative(Path path) {
        return data.relativize(path).toString();
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    private static void note(Map<String, Set<String>> hits, String place, Set<String> names) {
        if (!names.isEmpty()) {
            hits.merge(place, names, (a, b) -> {
                a.addAll(b);
                return a;
            });
        }
    }
}
