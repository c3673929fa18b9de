package dev.bezant.worldline.direct;

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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Answers over real HTTP what it is told to, remembers what it was asked, and checks every signature by a reading of the protocol of its own. */
final class TestServer implements Closeable {
    static final String KEY_ID = "5e45c937b9db33ae";
    static final String SECRET = "I42Zf4pVnRdroHfuHnRiJjJ2B6+22h0yQt/R3nZR8Xg=";

    /** One request, as received. */
    record Request(String method, String target, Map<String, List<String>> headers, byte[] bytes) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Nullable String header(String name) {
            List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
            return values == null ? null : values.get(0);
        }

        /** {@code POST /v2/1/payments {...}} */
        String line() {
            return (method + " " + target + " " + body()).strip();
        }
    }

    private final HttpServer server;
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<String> badSignatures = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile Map<String, String> headers = Map.of();

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void answer(int newStatus, String newBody) {
        answer(newStatus, newBody, Map.of("Content-Type", "application/json; charset=utf-8"));
    }

    void answer(int newStatus, String newBody, Map<String, String> newHeaders) {
        status = newStatus;
        body = newBody;
        headers = newHeaders;
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    /** Of this server, with the keys that it knows, repeating quickly. */
    DirectClient.Builder client() {
        return DirectClient.builder()
                .endpoint(uri())
                .apiKeyId(KEY_ID)
                .secretApiKey(SecretText.of(SECRET))
                .integrator("Bezant tests")
                .retryPolicy(RetryPolicy.of(3, Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var received = new TreeMap<String, List<String>>();
        exchange.getRequestHeaders().forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), received,
                exchange.getRequestBody().readAllBytes());
        requests.add(request);
        if (!signature(request).equals(request.header("Authorization"))) {
            badSignatures.add(request.method() + " " + request.target());
        }
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String signature(Request request) {
        var data = new StringBuilder(request.method()).append('\n')
                .append(request.header("Content-Type") == null ? "" : request.header("Content-Type")).append('\n')
                .append(request.header("Date")).append('\n');
        request.headers().forEach((name, values) -> {
            if (name.startsWith("x-gcs")) {
                data.append(name).append(':').append(values.get(0).trim()).append('\n');
            }
        });
        data.append(request.target()).append('\n');
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8));
            return "GCS v1HMAC:" + KEY_ID + ":" + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
