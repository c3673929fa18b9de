package dev.bezant.sandbox.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of JSON lines. A line is handed to the operating system before {@link #append} returns, so that killing this
 * process loses nothing that was acknowledged; a power cut may. A torn last line is dropped at the next start. Callers serialize access.
 */
final class Journal implements AutoCloseable {
    private static final String FILE = "journal.jsonl";

    private final Path file;
    private final FileChannel lockFile;
    private final FileLock lock;
    private FileChannel channel;

    private Journal(Path file, FileChannel lockFile, FileLock lock, FileChannel channel) {
        this.file = file;
        this.lockFile = lockFile;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Opens the journal in a directory and replays it.
     *
     * @throws SandboxException if another sandbox uses the directory, or a line other than the last cannot be read
     */
    static Journal open(Path directory, Consumer<byte[]> replay) {
        try {
            Files.createDirectories(directory);
            var lockFile = FileChannel.open(directory.resolve("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(lockFile);
            if (lock == null) {
                lockFile.close();
                throw new SandboxException("Another sandbox uses " + directory + "; stop it or give --data another directory");
            }
            var file = directory.resolve(FILE);
            if (Files.exists(file)) {
                dropTornLine(file);
                replay(file, replay);
            }
            return new Journal(file, lockFile, lock, openForAppending(file));
        } catch (IOException e) {
            throw new SandboxException("Cannot use " + directory + " for the sandbox's journal: " + e.getMessage(), e);
        }
    }

    /** Appends one line; the bytes must not contain a line end. */
    void append(byte[] line) {
        var buffer = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            long before = channel.size();
            try {
                write(channel, buffer);
            } catch (IOException e) {
                // A full disk may have taken half of the line; what follows must not be glued to it.
                channel.truncate(before);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Replaces the whole journal by these lines, atomically. */
    void rewrite(List<byte[]> lines) {
        var fresh = file.resolveSibling(FILE + ".new");
        try {
            try (var out = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (var line : lines) {
                    write(out, ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip());
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            channel.close();
            channel = openForAppending(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot rewrite " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + file, e);
        }
    }

    /** Credentials are in it, if only of simulated accounts. */
    private static void ownerOnly(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static FileChannel openForAppending(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        ownerOnly(file);
        return channel;
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** A line without its end was being written when the process died: nobody was told of it. */
    private static void dropTornLine(Path file) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            long keep = access.length();
            while (keep > 0) {
                access.seek(keep - 1);
                if (access.read() == '\n') {
                    break;
                }
                keep--;
            }
            access.setLength(keep);
        }
    }

    private static void replay(Path file, Consumer<byte[]> replay) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16)) {
            long number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    replay.accept(line.getBytes(StandardCharsets.UTF_8));
                } catch (RuntimeException e) {
                    throw new SandboxException(file + ", line " + number + " cannot be read: " + e.getMessage()
                            + ". Mend or remove the file; its truth is lost with it", e);
                }
            }
        }
    }
}
