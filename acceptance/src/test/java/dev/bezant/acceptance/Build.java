package dev.bezant.acceptance;

import dev.bezant.acceptance.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/** What a user's first start does before it: tests start what users start, with Java's caches of classes. */
final class Build {
    private static final Result RESULT = build();

    private Build() {}

    /** One after the other, where tests run in several JVMs. */
    private static Result build() {
        try (var lock = FileChannel.open(Shell.HOME.resolve("acceptance/target/build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            return new Shell().with("BEZANT_BUILD", "").run("build");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds what is stale, at the first call. */
    static void once() {
        if (RESULT.exitCode() != 0) {
            throw new AssertionError("./bezant build ended with " + RESULT.exitCode() + ": " + RESULT.err());
        }
    }
}
