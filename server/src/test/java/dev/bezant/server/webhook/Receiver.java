package dev.bezant.server.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A merchant's program that is told of events; remembers what it was sent, and answers as a test wants. */
public final class Receiver implements AutoCloseable {
    /** What it was sent. */
    public record Call(String path, com.sun.net.httpserver.Headers headers, byte[] body, long nanos) {
        public ObjectNode event() {
            return Json.readObject(new String(body, StandardCharsets.UTF_8));
        }

        String id() {
            return event().path("id").asString();
        }

        public String type() {
            return event().path("type").asString();
        }

        public @Nullable String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** How it answers; the body has been read. */
    interface Manner {
        void answer(HttpExchange exchange, Call call) throws IOException;
    }

    private final HttpServer http;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Manner manner = (exchange, call) -> status(exchange, 200, "thanks");

    private Receiver(HttpServer http) {
        this.http = http;
    }

    public static Receiver open() {
        try {
            var receiver = new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            receiver.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            receiver.http.createContext("/", receiver::handle);
            receiver.http.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hooks";
    }

    int port() {
        return http.getAddress().getPort();
    }

    Receiver manner(Manner wanted) {
        manner = wanted;
        return this;
    }

    Receiver answering(int status) {
        return manner((exchange, call) -> status(exchange, status, "status " + status));
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    List<String> types() {
        return calls.stream().map(Call::type).toList();
    }

    List<Call> await(int count) {
        Awaitility.await("calls").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(() -> calls.size() >= count);
        return calls();
    }

    static void status(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = new Call(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes(), System.nanoTime());
            Manner mine = manner;
            calls.add(call);
            mine.answer(exchange, call);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
