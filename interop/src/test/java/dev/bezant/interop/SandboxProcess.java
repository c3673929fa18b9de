package dev.bezant.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as it ships: its jar, in a process of its own, on free ports. */
final class SandboxProcess implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("bezant.home"));
    private static final Path JAR = HOME.resolve("sandbox/target/bezant-sandbox.jar");
    private static final String READY = "BEZANT_SANDBOX_READY ";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final JsonNode addresses;

    private SandboxProcess(Process process, JsonNode addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /** Ready when this returns. */
    static SandboxProcess start() {
        if (!Files.exists(JAR)) {
            throw new AssertionError("There is no " + JAR + ". Run: mvn -pl sandbox package -DskipTests");
        }
        try {
            var process = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-Xmx256m",
                    "-jar", JAR.toString(), "--port", "0")).redirectErrorStream(true).start();
            return new SandboxProcess(process, ready(process.inputReader(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode ready(BufferedReader out) throws IOException {
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return JsonMapper.shared().readTree(line.substring(READY.length()));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("The sandbox ended before it was ready: " + said);
    }

    String controlUrl() {
        return addresses.path("control").asString();
    }

    /** Calls the control API. */
    JsonNode control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(controlUrl() + "/control/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            var answer = CLIENT.send(request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
