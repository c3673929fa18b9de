package dev.bezant.bench.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The endpoints, which answer at once; notes how long each event took. */
final class Receivers implements AutoCloseable {
    private static final String OBJECT = "\"data\":{\"object\":{\"id\":\"";

    private final HttpServer http;
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicLong arrived = new AtomicLong();

    private Receivers(HttpServer http) {
        this.http = http;
    }

    static Receivers open() throws IOException {
        // Otherwise answers wait for the acknowledgement of their own heads.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var receivers = new Receivers(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000));
        receivers.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receivers.http.createContext("/", receivers::receive);
        receivers.http.start();
        return receivers;
    }

    String url(int endpoint) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + endpoint;
    }

    /** An object was asked for at a moment of {@link System#nanoTime()}. */
    void begun(String objectId, long at) {
        begun.put(objectId, at);
    }

    long arrived() {
        return arrived.get();
    }

    /** In nanoseconds, sorted; and forgets them. */
    long[] takeDelays() {
        long[] all = delays.stream().mapToLong(it -> it).sorted().toArray();
        delays.clear();
        return all;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            long now = System.nanoTime();
            exchange.sendResponseHeaders(200, -1);
            arrived.incrementAndGet();
            int at = body.indexOf(OBJECT) + OBJECT.length();
            String id = body.substring(at, body.indexOf('"', at));
            // An event may arrive before its own request is answered: then its beginning is noted a moment later.
            Long since = begun.get(id);
            if (since != null) {
                delays.add(now - since);
            } else {
                early.put(id + exchange.getRequestURI().getPath(), now);
            }
        }
    }

    private final Map<String, Long> early = new ConcurrentHashMap<>();

    /** Counts those that came before it was known when they began. */
    void settleEarly() {
        early.forEach((key, at) -> {
            Long since = begun.get(key.substring(0, key.indexOf('/')));
            if (since != null) {
                delays.add(at - since);
            }
        });
        early.clear();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
