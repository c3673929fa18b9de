package dev.bezant.server.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stops the process at a named place while a file of that name lies in a directory: for tests that kill it there.
 *
 * <p>Tells that it stopped by another file, {@code NAME.reached}. Without a directory configured, {@link Checkpoint#NONE} is used.
 */
public final class FileCheckpoint implements Checkpoint {
    private static final long LOOK_MILLIS = 20;

    private final Path directory;

    public FileCheckpoint(Path directory) {
        this.directory = directory;
    }

    @Override
    public void reached(String name) {
        Path wanted = directory.resolve(name);
        if (!Files.exists(wanted)) {
            return;
        }
        try {
            Files.writeString(directory.resolve(name + ".reached"), "");
            while (Files.exists(wanted)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
