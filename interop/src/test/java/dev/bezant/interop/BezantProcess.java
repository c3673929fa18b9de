package dev.bezant.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The platform as it ships: {@code ./bezant serve} on a directory of the test's own and free ports, with its sandbox. */
final class BezantProcess implements AutoCloseable {
    private final Process process;
    private final Map<String, String> variables;

    private BezantProcess(Process process, Map<String, String> variables) {
        this.process = process;
        this.variables = variables;
    }

    /** Ready when this returns. */
    static BezantProcess start(Path data) {
        try {
            var builder = new ProcessBuilder(SandboxProcess.HOME.resolve("bezant").toString(), "serve", "--data", data.toString(), "--port", "0");
            builder.environment().put("BEZANT_BUILD", "never");
            var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            var out = process.inputReader(StandardCharsets.UTF_8);
            awaitReady(out);
            // The pipe must not fill up.
            Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
            return new BezantProcess(process, variables(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return Objects.requireNonNull(variables.get("BEZANT_URL"));
    }

    String secretKey() {
        return Objects.requireNonNull(variables.get("BEZANT_SECRET_KEY"));
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

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
