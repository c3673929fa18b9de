package dev.bezant.worldline.acquiring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.RetryPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The API and its authorization server over real HTTP: answers what it is told to, remembers what it was asked, and lets in who has a token that it
 * issued and has not revoked.
 */
final class TestServer implements Closeable {
    static final String CLIENT_ID = "client-1";
    static final String SECRET = "s&c=r+t%/é ";
    static final String TOKEN_PATH = "/connect/token";

    /** One request, as received. */
    record Request(String method, String target, Map<String, List<String>> headers, byte[] bytes) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Nullable String header(String name) {
            List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
            return values == null ? null : values.get(0);
        }

        /** {@code POST /processing/v1/1/2/payments {...}} */
        String line() {
            return (method + " " + target + " " + body()).strip();
        }
    }

    private record Answer(int status, String body, Map<String, String> headers) {}

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** Of the API. */
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<Request> tokenRequests = new CopyOnWriteArrayList<>();
    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger issued = new AtomicInteger();
    private final Queue<Answer> once = new ConcurrentLinkedQueue<>();
    private volatile Answer answer = new Answer(200, "{}", JSON);
    private volatile @Nullable Answer tokenAnswer;
    private volatile long tokenSeconds = 3600;
    private volatile @Nullable CountDownLatch tokenGate;

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void answer(int status, String body) {
        answer(status, body, JSON);
    }

    void answer(int status, String body, Map<String, String> headers) {
        answer = new Answer(status, body, headers);
    }

    /** To one request, before whatever {@code answer} says; several in their order. */
    void answerOnce(int status, String body) {
        once.add(new Answer(status, body, JSON));
    }

    /** Instead of a token. */
    void answerToken(int status, String body) {
        tokenAnswer = new Answer(status, body, JSON);
    }

    void issueTokens(long seconds) {
        tokenSeconds = seconds;
        tokenAnswer = null;
    }

    /** Token requests wait from now on until the gate is opened. */
    CountDownLatch closeTokenGate() {
        var gate = new CountDownLatch(1);
        tokenGate = gate;
        return gate;
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    /** Of this server, repeating quickly. */
    AcquiringClient.Builder client() {
        return AcquiringClient.builder()
                .endpoint(uri())
                .tokenUri(uri().resolve(TOKEN_PATH))
                .clientId(CLIENT_ID)
                .clientSecret(SecretText.of(SECRET))
                .integrator("Bezant tests")
                .retryPolicy(RetryPolicy.of(3, Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var received = new TreeMap<String, List<String>>();
        exchange.getRequestHeaders().forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), received,
                exchange.getRequestBody().readAllBytes());
        send(exchange, exchange.getRequestURI().getPath().equals(TOKEN_PATH) ? token(request) : api(request));
    }

    private Answer token(Request request) {
        tokenRequests.add(request);
        CountDownLatch gate = tokenGate;
        try {
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Answer told = tokenAnswer;
        if (told != null) {
            return told;
        }
        String token = "token-" + issued.incrementAndGet();
        tokens.add("Bearer " + token);
        return new Answer(200, "{\"access_token\":\"" + token + "\",\"expires_in\":" + tokenSeconds + ",\"token_type\":\"Bearer\"}", JSON);
    }

    private Answer api(Request request) {
        requests.add(request);
        String given = request.header("Authorization");
        Answer next = once.poll();
        return given != null && tokens.contains(given) ? next == null ? answer : next : new Answer(401, "{\"title\":\"No valid token\",\"status\":401}", JSON);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
