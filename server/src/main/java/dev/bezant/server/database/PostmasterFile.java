package dev.bezant.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a PostgreSQL server writes about itself into its data directory: {@code postmaster.pid}.
 *
 * @param port 0 while it does not listen yet
 * @param ready whether it takes connections
 */
record PostmasterFile(long pid, int port, boolean ready) {
    private static final String NAME = "postmaster.pid";
    /** Above any system's highest process id, so surely nobody's. */
    private static final String NOBODYS_PID = "999999999";

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** Empty if there is none, or if it is just being written. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        List<String> lines = lines(cluster);
        try {
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new PostmasterFile(
                    Math.abs(Long.parseLong(lines.getFirst().strip())), Integer.parseInt(lines.get(PORT_LINE).strip()), ready));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Marks what a dead server left, so that the next one starts even when its process id belongs to somebody else by now (after a
     * restart of a container that is the rule). The file stays, because its last line lets PostgreSQL find processes of the dead
     * server that still use the data.
     */
    static void disown(Path cluster) throws IOException {
        List<String> lines = lines(cluster);
        if (lines.isEmpty()) {
            return;
        }
        lines = lines.subList(0, Math.min(lines.size(), STATUS_LINE));
        lines.set(0, NOBODYS_PID);
        Files.write(cluster.resolve(NAME), lines);
    }

    /** The process, if it lives and is a PostgreSQL server of this very directory. */
    Optional<ProcessHandle> server(Path cluster) {
        return ProcessHandle.of(pid).filter(process -> {
            ProcessHandle.Info info = process.info();
            return info.command().filter(command -> command.contains("/bin/postgres")).isPresent()
                    && info.commandLine().filter(line -> line.contains(cluster.toString())).isPresent();
        });
    }

    private static List<String> lines(Path cluster) throws IOException {
        try {
            return new ArrayList<>(Files.readAllLines(cluster.resolve(NAME)));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
