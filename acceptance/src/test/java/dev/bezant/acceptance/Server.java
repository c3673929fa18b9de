package dev.bezant.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server started by {@code ./bezant serve} on free ports; gone when closed, with everything it started. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path data;
    private final Process process;
    private final Path out;
    private final Path err;

    private Server(Path data, Process process, Path out, Path err) {
        this.data = data;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Ready when this returns. */
    static Server start(Path data, String... options) {
        Server server = launch(data, options);
        server.awaitReady();
        return server;
    }

    static Server launch(Path data, String... options) {
        return launch(new Shell(), data, options);
    }

    /** @param shell with the environment that the server shall have */
    static Server launch(Shell shell, Path data, String... options) {
        Build.once();
        try {
            Path out = Files.createTempFile("serve", ".out");
            Path err = Files.createTempFile("serve", ".err");
            var arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
            arguments.addAll(List.of(options));
            if (!arguments.contains("--port")) {
                arguments.addAll(List.of("--port", "0"));
            }
            return new Server(data, shell.start(out, err, arguments.toArray(String[]::new)), out, err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("The server ended with " + process.exitValue() + ": " + printed());
            }
            return Files.readString(out).contains("Bezant is ready");
        });
    }

    /** What is in quickstart.env. */
    Map<String, String> quickstart() {
        try {
            var variables = new HashMap<String, String>();
            for (String line : Files.readAllLines(data.resolve("quickstart.env"))) {
                if (line.contains("='")) {
                    variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('\'') + 1, line.length() - 1));
                }
            }
            return variables;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String variable(String name) {
        String value = quickstart().get(name);
        if (value == null) {
            throw new AssertionError(name + " is not in quickstart.env");
        }
        return value;
    }

    /** The status of a GET with a key. */
    int status(String path, String key) {
        try {
            var request = HttpRequest.newBuilder(URI.create(variable("BEZANT_URL") + path)).header("Authorization", "Bearer " + key).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a signal by its name, such as {@code STOP}. */
    void signal(String name) {
        Signals.send(name, process.pid());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Like {@code kill -9}: what it started lives on. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Like {@code kill}. @return the exit code */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    int awaitEnd() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    String printed() {
        try {
            return Files.readString(out) + Files.readString(err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The processes that work on a data directory: servers, databases, sandboxes. */
    static List<ProcessHandle> processes(Path data) {
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().filter(line -> line.contains(data.toString())).isPresent())
                .toList();
    }

    /** What it printed goes; what it started stays. */
    void forget() {
        try {
            Files.delete(out);
            Files.delete(err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        awaitEnd();
        // After a kill: what nobody adopted.
        processes(data).forEach(ProcessHandle::destroyForcibly);
        forget();
    }
}
