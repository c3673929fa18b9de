package dev.bezant.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A merchant's site on an origin of its own: pages that a test gives it, and one to come back to. */
final class Shop implements AutoCloseable {
    private static final String BACK = "<!doctype html><title>Shop</title><h1>The shop</h1>";

    private final HttpServer http;
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    private Shop(HttpServer http) {
        this.http = http;
    }

    static Shop open() throws IOException {
        var shop = new Shop(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        shop.http.createContext("/", shop::answer);
        shop.http.start();
        return shop;
    }

    /** Without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    void page(String path, String html) {
        pages.put(path, html);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean icon = exchange.getRequestURI().getPath().equals("/favicon.ico");
            exchange.getResponseHeaders().set("Content-Type", icon ? "image/x-icon" : "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            var html = icon ? "" : pages.getOrDefault(exchange.getRequestURI().getPath(), BACK);
            exchange.getResponseBody().write(html.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
