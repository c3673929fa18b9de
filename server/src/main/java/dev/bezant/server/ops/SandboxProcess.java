package dev.bezant.server.ops;

import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sandbox, run as a process of its own beside the server.
 *
 * <p>Its ports and its identity are kept in {@code DATA/sandbox.json}. A sandbox of that identity that outlived a killed server is
 * adopted; anybody else on its ports is refused, because an empty stranger would deny every payment that was made.
 */
final class SandboxProcess implements AutoCloseable {
    private static final String STATE = "sandbox.json";
    private static final String READY = "BEZANT_SANDBOX_READY ";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int PORT_STANDARD = 8090;
    /** The control API and one port for each of four providers. */
    private static final int PORTS = 5;

    /**
     * What is remembered.
     *
     * @param port as it was asked for; 0 = free ones
     * @param pid 0 while it is not known
     */
    private record State(String instance, int port, String control, long pid) {
        static Optional<State> read(DataDirectory data) {
            return Optional.ofNullable(data.readOrNull(STATE)).map(Json::readObject).map(json -> new State(json.path("instance").asString(),
                    json.path("port").asInt(), json.path("control").asString(), json.path("pid").asLong()));
        }

        void write(DataDirectory data) {
            ObjectNode json = Json.object();
            json.put("instance", instance).put("port", port).put("control", control).put("pid", pid);
            data.write(STATE, Json.write(json) + "\n");
        }
    }

    private final DataDirectory data;
    private final ProcessHandle process;
    private final boolean adopted;
    private final long logged;
    private State state;

    private SandboxProcess(DataDirectory data, ProcessHandle process, boolean adopted, long logged, State state) {
        this.data = data;
        this.process = process;
        this.adopted = adopted;
        this.logged = logged;
        this.state = state;
    }

    /**
     * Adopts or launches; {@link #awaitReady} comes later, since both take their time.
     *
     * @param asked the port that was asked for; empty to choose
     * @param serverPort as asked for
     * @param notice told what the person at the terminal should know
     */
    static SandboxProcess launch(DataDirectory data, OptionalInt asked, int serverPort, Consumer<String> notice) {
        Optional<State> known = State.read(data);
        if (known.isPresent() && running(known.get()).isPresent()) {
            ProcessHandle orphan = running(known.get()).get();
            boolean same = new SandboxApi(known.get().control()).health().filter(it -> it.instance().equals(known.get().instance())).isPresent();
            if (same && (asked.isEmpty() || asked.getAsInt() == known.get().port())) {
                return new SandboxProcess(data, orphan, true, 0, known.get());
            }
            stop(orphan);
        }
        int port = asked.orElseGet(() -> known.map(State::port).orElseGet(() -> firstPort(serverPort, notice)));
        refuseStrangers(port);
        String instance = known.map(State::instance).orElseGet(() -> new Ids(Clock.systemUTC()).next("sbx"));
        return start(data, new State(instance, port, "", 0));
    }

    /** @throws CommandException with what it printed, if it does not become ready */
    void awaitReady() {
        long patience = System.nanoTime() + START_MAX.toNanos();
        while (!adopted) {
            Optional<JsonNode> ready = announced();
            if (ready.isPresent()) {
                state = new State(state.instance(), state.port(), ready.get().path("control").asString(), process.pid());
                state.write(data);
                return;
            }
            if (!process.isAlive() || System.nanoTime() > patience) {
                throw new CommandException(ExitCode.SANDBOX, "The sandbox did not start; it said (" + log(data) + "):\n" + said().strip());
            }
            pause();
        }
    }

    SandboxApi api() {
        return new SandboxApi(state.control());
    }

    boolean adopted() {
        return adopted;
    }

    @Override
    public void close() {
        stop(process);
    }

    private static SandboxProcess start(DataDirectory data, State state) {
        Path home = Path.of(Optional.ofNullable(System.getProperty("bezant.home")).orElse("."));
        Path jar = home.resolve("sandbox").resolve("target").resolve("bezant-sandbox.jar");
        if (!Files.exists(jar)) {
            throw new CommandException(ExitCode.SANDBOX, "The sandbox is not built: " + jar.toAbsolutePath() + " is missing."
                    + " Start through ./bezant, which builds it, or use --no-sandbox.");
        }
        try {
            Path log = log(data);
            long logged = Files.exists(log) ? Files.size(log) : 0;
            // Ctrl-C reaches every process of the terminal: this one must outlast our draining. It is stopped by SIGTERM.
            var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
            command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC", "-Xmx256m"));
            command.addAll(cacheOptions(jar));
            command.addAll(List.of("-jar", jar.toString(),
                    "--port", String.valueOf(state.port()), "--data", data.resolve("sandbox").toString(), "--instance", state.instance()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            new State(state.instance(), state.port(), "", process.pid()).write(data);
            return new SandboxProcess(data, process.toHandle(), false, logged, state);
        } catch (IOException e) {
            throw new CommandException(ExitCode.SANDBOX, "The sandbox cannot be started: " + e);
        }
    }

    /** Java's record of the classes a start needs: being made where the entry script says so, used where it was made. */
    private static List<String> cacheOptions(Path jar) throws IOException {
        String making = System.getProperty("bezant.sandbox.cache");
        if (making != null) {
            return List.of("-XX:AOTCacheOutput=" + making);
        }
        Path cache = jar.resolveSibling("bezant-sandbox.aot");
        boolean usable = Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) >= 0;
        return usable ? List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr") : List.of();
    }

    /** The process of an earlier start, if it still is one. */
    private static Optional<ProcessHandle> running(State state) {
        return ProcessHandle.of(state.pid())
                .filter(it -> it.info().commandLine().filter(line -> line.contains("bezant-sandbox.jar") && line.contains(state.instance())).isPresent());
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Beside the standard server port the standard one; other servers on the machine get whatever is free. */
    private static int firstPort(int serverPort, Consumer<String> notice) {
        if (serverPort != Settings.PORT_STANDARD) {
            notice.accept("The sandbox takes free ports, because --port is not " + Settings.PORT_STANDARD + "; --sandbox-port chooses them");
            return 0;
        }
        Integer taken = taken(PORT_STANDARD);
        if (taken != null) {
            notice.accept("The sandbox takes free ports, because another program listens on " + taken + "; --sandbox-port chooses them");
            return 0;
        }
        return PORT_STANDARD;
    }

    private static void refuseStrangers(int port) {
        Integer taken = port == 0 ? null : taken(port);
        if (taken != null) {
            String stranger = new SandboxApi("http://127.0.0.1:" + port).health()
                    .map(health -> "another sandbox (instance " + health.instance() + ")").orElse("another program");
            throw new CommandException(ExitCode.SANDBOX, "Port " + taken + ", which belongs to this data directory's sandbox, is taken by "
                    + stranger + ". Stop that one, or move the sandbox with --sandbox-port (0 = free ports).");
        }
    }

    /** The first of the sandbox's ports that somebody has; null if all are free. */
    private static @Nullable Integer taken(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return port;
            }
        }
        return null;
    }

    private Optional<JsonNode> announced() {
        return said().lines().filter(line -> line.startsWith(READY)).findFirst().map(line -> Json.read(line.substring(READY.length())));
    }

    private String said() {
        try {
            byte[] all = Files.readAllBytes(log(data));
            return new String(all, (int) logged, all.length - (int) logged, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(ExitCode.SANDBOX, "Cannot read " + log(data) + ": " + e);
        }
    }

    private static Path log(DataDirectory data) {
        return data.resolve("logs").resolve("sandbox.log");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILED, "Interrupted");
        }
    }
}
