package dev.bezant.corefy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server that gives the answers it is told, one after the other; the last one stays. All of Corefy's hosts are paths of it. */
final class ScriptedServer implements AutoCloseable {
    /** One request as it arrived; the query is decoded. */
    record Seen(String line, String authorization, String body) {}

    private record Answer(int status, String body, String header, String value) {}

    /** Cuts the connection instead of answering. */
    private static final int CUT = -1;

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Answer last = new Answer(200, "{}", "X-Test", "1");

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = URLDecoder.decode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(new Seen(exchange.getRequestMethod() + " " + target, authorization == null ? "" : authorization, body));
            Answer answer = answers.poll();
            last = answer == null ? last : answer;
            if (last.status() != CUT) {
                byte[] bytes = last.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add(last.header(), last.value());
                exchange.sendResponseHeaders(last.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    ScriptedServer then(int status, String body) {
        answers.add(new Answer(status, body, "X-Test", "1"));
        return this;
    }

    ScriptedServer then(int status, String header, String value) {
        answers.add(new Answer(status, "", header, value));
        return this;
    }

    ScriptedServer thenCut() {
        answers.add(new Answer(CUT, "", "X-Test", "1"));
        return this;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    List<Seen> seen() {
        return seen;
    }

    List<String> lines() {
        return seen.stream().map(Seen::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
