package dev.bezant.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./bezant} to its end. */
final class Shell {
    static final Path HOME = Path.of(System.getProperty("bezant.home", "..")).toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 120;

    /** How it ended. */
    record Result(int exitCode, String out, String err) {}

    private final Map<String, String> environment = new HashMap<>(Map.of("BEZANT_BUILD", "never"));
    private Path script = HOME.resolve("bezant");
    private Path directory = HOME;

    Shell script(Path path) {
        script = path;
        return this;
    }

    Shell directory(Path path) {
        directory = path;
        return this;
    }

    Shell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run(String... arguments) {
        try {
            Path out = Files.createTempFile("bezant", ".out");
            Path err = Files.createTempFile("bezant", ".err");
            Process process = start(out, err, arguments);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Did not end: " + String.join(" ", arguments) + "\n" + Files.readString(err));
            }
            var result = new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Process start(Path out, Path err, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
