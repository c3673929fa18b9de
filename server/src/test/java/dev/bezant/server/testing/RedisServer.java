package dev.bezant.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Redis of a test's own. */
public final class RedisServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    private final int port;
    private Process process;

    private RedisServer(int port) throws IOException {
        this.port = port;
        this.process = launch();
    }

    /** Ready when this returns. */
    public static RedisServer start() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new AssertionError("There is no " + PROGRAM + ". Run: apt-get update && apt-get install -y redis-server");
        }
        return new RedisServer(freePort());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public void startAgain() throws IOException {
        process = launch();
    }

    /** What its own client prints, a line each. */
    public List<String> cli(String... words) throws IOException {
        var command = new ArrayList<>(List.of("redis-cli", "-p", String.valueOf(port), "--raw"));
        command.addAll(List.of(words));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(PROGRAM.toString(), "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no", "--dir", Files.createTempDirectory("redis").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true).start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cli("ping").contains("PONG"));
        return started;
    }
}
