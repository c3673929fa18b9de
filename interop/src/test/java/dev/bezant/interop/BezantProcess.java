package dev.bezant.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The platform as it ships: {@code ./bezant serve} on a directory of its own and free ports, with its sandbox. One for all tests, because a
 * start takes seconds; it ends with the tests' Java.
 */
final class BezantProcess {
    private static @Nullable BezantProcess shared;

    private final Path data;
    private final Map<String, String> variables;
    private final Map<List<String>, String> keys = new ConcurrentHashMap<>();

    private BezantProcess(Path data, Map<String, String> variables) {
        this.data = data;
        this.variables = variables;
    }

    /** Started by the first who asks, and ready. */
    static synchronized BezantProcess shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static BezantProcess start() {
        try {
            var parent = Files.createTempDirectory("bezant-interop");
            var data = parent.resolve("data");
            var process = bezant("serve", "--data", data.toString(), "--port", "0").start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, parent)));
            process.getOutputStream().close();
            var out = process.inputReader(StandardCharsets.UTF_8);
            awaitReady(out);
            // The pipe must not fill up.
            Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
            return new BezantProcess(data, variables(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder bezant(String... words) {
        var command = new ArrayList<>(List.of(SandboxProcess.HOME.resolve("bezant").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // What is tested is what Maven has built.
        builder.environment().put("BEZANT_BUILD", "never");
        // Tests wait for disputes to be found.
        builder.environment().put("BEZANT_DISPUTES_TEST_POLL_SECONDS", "1");
        return builder;
    }

    /** Without a slash at the end. */
    String url() {
        return variable("BEZANT_URL");
    }

    String secretKey() {
        return variable("BEZANT_SECRET_KEY");
    }

    String publishableKey() {
        return variable("BEZANT_PUBLISHABLE_KEY");
    }

    String sandboxUrl() {
        return variable("BEZANT_SANDBOX_URL");
    }

    private String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** A further key of the same account, with options of {@code ./bezant keys create}: one for each combination. */
    String key(String... options) {
        return keys.computeIfAbsent(List.of(options), this::newKey);
    }

    private String newKey(List<String> options) {
        var words = new ArrayList<>(List.of("keys", "create", "quickstart", "--data", data.toString()));
        words.addAll(options);
        try {
            var made = bezant(words.toArray(String[]::new)).start();
            made.getOutputStream().close();
            var printed = made.inputReader(StandardCharsets.UTF_8).readAllAsString();
            if (made.waitFor() != 0) {
                throw new AssertionError(words + " ended with " + made.exitValue() + ": " + printed);
            }
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitReady(BufferedReader out) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Bezant is ready")) {
                return;
            }
        }
        throw new AssertionError("The server ended before it was ready. Run: mvn -pl server -am package -DskipTests");
    }

    private static Map<String, String> variables(Path data) throws IOException {
        var variables = new HashMap<String, String>();
        for (var line : Files.readAllLines(data.resolve("quickstart.env"))) {
            int quote = line.indexOf("='");
            if (quote > 0) {
                variables.put(line.substring(0, quote), line.substring(quote + 2, line.length() - 1));
            }
        }
        return variables;
    }

    private static void end(Process process, Path directory) {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
