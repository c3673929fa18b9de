package dev.bezant.sandbox;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpLimits;
import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.http.HttpServer;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A merchant's server that remembers what it is sent; it fails as often as told before it accepts. */
public final class Listener implements AutoCloseable {
    private final List<HttpRequest> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int failures;

    public Listener() throws IOException {
        server = new HttpServer(0, this::answer, HttpLimits.STANDARD, Clock.systemUTC());
        server.start();
    }

    public void failing(int times) {
        failures = times;
    }

    public String url() {
        return server.uri() + "/hook";
    }

    public List<HttpRequest> received() {
        return received;
    }

    /** The fields of a form it was sent. */
    public Map<String, String> form(int index) {
        var fields = new LinkedHashMap<String, String>();
        received.get(index).form().forEach((Forms.Pair pair) -> fields.put(pair.name(), pair.value()));
        return fields;
    }

    private synchronized HttpReply answer(HttpRequest request) {
        received.add(request);
        if (failures > 0) {
            failures--;
            return new HttpReply.Answer(HttpResponse.text(500, "no"));
        }
        return new HttpReply.Answer(HttpResponse.text(200, "ok"));
    }

    @Override
    public void close() {
        server.close();
    }
}
