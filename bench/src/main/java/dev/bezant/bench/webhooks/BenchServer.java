package dev.bezant.bench.webhooks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server on a fresh data directory, gone when closed. */
final class BenchServer implements AutoCloseable {
    private final Process process;
    private final Path data;
    private final Map<String, String> variables;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private BenchServer(Process process, Path data, Map<String, String> variables) {
        this.process = process;
        this.data = data;
        this.variables = variables;
    }

    static BenchServer start() throws IOException {
        Path data = Files.createTempDirectory("bezant-bench");
        Process process = new ProcessBuilder(Path.of(System.getProperty("bezant.home", "."), "bezant").toString(), "serve", "--data", data.toString(), "--port", "0",
                "--no-sandbox").redirectError(data.resolve("serve.err").toFile()).start();
        process.getOutputStream().close();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("Bezant is ready")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("The server did not start: " + Files.readString(data.resolve("serve.err")));
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
        var variables = new HashMap<String, String>();
        for (String variable : Files.readAllLines(data.resolve("quickstart.env"))) {
            int quote = variable.indexOf("='");
            if (quote > 0) {
                variables.put(variable.substring(0, quote), variable.substring(quote + 2, variable.length() - 1));
            }
        }
        return new BenchServer(process, data, variables);
    }

    /** @return the id of what was made or changed */
    String post(String path, Map<String, String> form) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&").append(encoded(name)).append('=').append(encoded(value)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(variables.get("BEZANT_URL") + path))
                .header("Authorization", "Bearer " + variables.get("BEZANT_SECRET_KEY"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
            return answer.body().substring(7, answer.body().indexOf('"', 7));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
