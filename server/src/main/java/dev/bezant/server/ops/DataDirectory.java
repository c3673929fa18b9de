package dev.bezant.server.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps what is its own: the embedded database, the vault's keys, logs. One server per directory, held by a lock of
 * the operating system, which ends with its process however that ends.
 */
final class DataDirectory {
    private static final String LOCK = "serve.lock";
    private static final String COMMANDS_LOCK = "commands.lock";
    /** A command that used the database briefly may hold the lock for the moment of stopping it. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Makes it if it is absent. @throws CommandException if it cannot be used */
    static DataDirectory open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            Path real = path.toRealPath();
            Files.createDirectories(real.resolve("logs"));
            return new DataDirectory(real);
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "The data directory " + path.toAbsolutePath().normalize()
                    + " cannot be used: " + e + ". Choose another with --data.");
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Takes the directory for this process until it is closed. @throws CommandException if another one has it */
    AutoCloseable lock() {
        long patience = System.nanoTime() + LOCK_PATIENCE.toNanos();
        try {
            while (true) {
                Optional<Held> held = tryLock();
                if (held.isPresent()) {
                    return held.get();
                }
                if (System.nanoTime() > patience) {
                    throw new CommandException(ExitCode.DATA_DIRECTORY, "The data directory " + path + " is in use by another 'bezant serve'"
                            + holder() + ". Stop that one, or choose another directory with --data.");
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "The data directory " + path + " cannot be locked: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILED, "Interrupted");
        }
    }

    /** Empty if another process has it. */
    Optional<Held> tryLock() throws IOException {
        return tryLock(LOCK);
    }

    /** Held by every command that uses the embedded database; waits while another one stops it. */
    Held lockForCommand() throws IOException {
        FileChannel channel = channel(COMMANDS_LOCK);
        channel.lock(0, Long.MAX_VALUE, true);
        return new Held(channel);
    }

    /** Empty if a command uses the embedded database. */
    Optional<Held> tryLockOutCommands() throws IOException {
        return tryLock(COMMANDS_LOCK);
    }

    /** Writes a small file as a whole or not at all, for its owner alone. */
    void write(String name, String content) {
        try {
            Path fresh = Files.createTempFile(path, name, ".new", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, content);
            Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "Cannot write " + path.resolve(name) + ": " + e);
        }
    }

    /** Null if there is no such file. */
    @Nullable String readOrNull(String name) {
        try {
            Path file = path.resolve(name);
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new CommandException(ExitCode.DATA_DIRECTORY, "Cannot read " + path.resolve(name) + ": " + e);
        }
    }

    /** A lock that is held. */
    record Held(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Optional<Held> tryLock(String name) throws IOException {
        FileChannel channel = channel(name);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
        return Optional.of(new Held(channel));
    }

    private FileChannel channel(String name) throws IOException {
        return FileChannel.open(path.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private String holder() throws IOException {
        String pid = Files.readString(path.resolve(LOCK)).strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }
}
