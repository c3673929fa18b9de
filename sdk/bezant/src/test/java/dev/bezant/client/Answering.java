package dev.bezant.client;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.SecretText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A server that gives the answers it was told to, in that order. */
final class Answering implements AutoCloseable {
    /** What was asked. */
    record Asked(String line, Map<String, List<String>> headers, String body) {
        @Nullable String header(String name) {
            return headers.entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase(name)).map(it -> it.getValue().get(0)).findFirst().orElse(null);
        }
    }

    private record Answer(int status, String body) {}

    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Answering() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), Map.copyOf(exchange.getRequestHeaders()), body));
            Answer answer = answers.remove();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    Answering with(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    CorefyIntegration client() {
        return CorefyIntegration.of(url(), SecretText.of("pk_acme_1:sk_test_1"));
    }

    static String success(String data) {
        return "{\"status\":\"success\",\"message\":\"Done\",\"data\":" + data + "}";
    }

    static String failure(String code, String more) {
        return "{\"status\":\"failed\",\"error\":\"It failed\",\"error_code\":\"" + code + "\",\"message\":\"Why it failed\"" + more + ",\"request_id\":\"req_1\"}";
    }

    static String intent(String status) {
        return "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"" + status + "\",\"amount\":\"100.00\",\"currency\":\"USD\",\"amount_received\":\"0.00\","
                + "\"amount_refunded\":\"0.00\",\"payment_id\":null,\"customer_id\":null,\"reference_id\":null,\"last_error\":null,\"redirect_url\":"
                + (status.equals("requires_action") ? "\"https://bank.example/\"" : "null") + "}";
    }

    static String refund(String status) {
        return "{\"id\":\"re_1\",\"payment_id\":\"ch_1\",\"amount\":\"50.00\",\"currency\":\"USD\",\"status\":\"" + status + "\",\"reason\":null,\"reference_id\":null}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
