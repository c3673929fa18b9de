package dev.bezant.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A merchant's program that is told of events: it listens on a port of its own, behaves or misbehaves, and remembers what it was sent. */
final class Hook implements AutoCloseable {
    /** How it takes events. */
    enum Manner {
        GOOD,
        /** Says 400, and repeats a card number. */
        QUOTES_A_CARD,
        /** Takes the request and never answers. */
        HANGS,
        /** Says 500, and goes on talking. */
        FLOODS,
        /** Closes the connection. */
        HANGS_UP
    }

    /** What it was sent, in the order it came. */
    record Call(Map<String, List<String>> headers, byte[] body) {
        JsonNode event() {
            return Merchant.JSON.readTree(body);
        }
    }

    /** What a careless program may put into its answer. */
    static final String CARD = "5105105105105100";

    private final HttpServer http;
    private final Manner manner;
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Hook(HttpServer http, Manner manner) {
        this.http = http;
        this.manner = manner;
    }

    static Hook open(Manner manner) {
        return open(manner, 0);
    }

    static Hook open(Manner manner, int port) {
        try {
            var hook = new Hook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200), manner);
            hook.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            hook.http.createContext("/", hook::take);
            hook.http.start();
            return hook;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/hooks";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    int count() {
        return calls.size();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(new Call(Map.copyOf(exchange.getRequestHeaders()), body));
            switch (manner) {
                case GOOD -> exchange.sendResponseHeaders(200, -1);
                case QUOTES_A_CARD -> {
                    byte[] words = ("no such card: " + CARD).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(400, words.length);
                    exchange.getResponseBody().write(words);
                }
                case HANGS -> {
                    closed.await();
                }
                case FLOODS -> {
                    exchange.sendResponseHeaders(500, 0);
                    byte[] chunk = new byte[1 << 16];
                    while (closed.getCount() > 0) {
                        exchange.getResponseBody().write(chunk);
                    }
                }
                case HANGS_UP -> throw new IOException("no manners");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
    }
}
