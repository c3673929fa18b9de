package dev.bezant.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The merchant's site, to which payers come back; remembers with what. */
final class Shop implements AutoCloseable {
    private final HttpServer http;
    private final Map<String, Map<String, String>> visits = new ConcurrentHashMap<>();

    private Shop(HttpServer http) {
        this.http = http;
    }

    static Shop open() throws IOException {
        var shop = new Shop(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        shop.http.createContext("/", shop::visit);
        shop.http.start();
        return shop;
    }

    /** Ends in a slash. */
    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /** What came with the latest visit of a page, in the query or the form. */
    Map<String, String> last(String path) {
        return visits.getOrDefault(path, Map.of());
    }

    private void visit(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            visits.put(exchange.getRequestURI().getPath(), parameters((query == null ? "" : query) + "&" + form));
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<!doctype html><title>Shop</title><h1>The shop</h1>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> parameters(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
