package dev.bezant.server.http;

import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.http.PageRoute.PageRequest;
import dev.bezant.server.http.PageRoute.PageResponse;
import dev.bezant.server.http.RawRoute.RawMessage;
import dev.bezant.server.http.RawRoute.RawReply;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket: reads requests within limits and hands them on. The only class that sees the server library. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration DRAIN_LOOK = Duration.ofMillis(5);
    /** Far above every limit for a body, so that whoever is a little over it is told, and far below what would hurt. */
    private static final int LINGER_BYTES_MAX = 64 << 20;

    /**
     * @param headerBytesMax larger heads are refused with 400
     * @param readTimeout how long one read of a request may take, and its whole body; also how long an idle connection is kept
     */
    public record Settings(String host, int port, int headerBytesMax, Duration readTimeout) {
        public static Settings of(String host, int port) {
            return new Settings(host, port, 16 << 10, Duration.ofSeconds(30));
        }
    }

    /** Plain pages for machines: health and metrics. */
    public record Probe(int status, String contentType, String body) {}

    private final WebServer server;
    private final Settings settings;
    private final Api api;
    private final Router<PageRoute> pages;
    private final Router<RawRoute> doors;
    private final Map<String, Supplier<Probe>> probes;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean draining;

    private HttpServer(Settings settings, Api api, List<PageRoute> pages, List<RawRoute> doors, Map<String, Supplier<Probe>> probes) {
        this.settings = settings;
        this.api = api;
        this.pages = new Router<>(pages, PageRoute::method, PageRoute::pattern);
        this.doors = new Router<>(doors, door -> "POST", RawRoute::pattern);
        this.probes = probes;
        this.server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .maxTcpConnections(10_000)
                // The library's own channels know no read timeout, its sockets do once it is set (see Impatient).
                .useNio(false)
                .connectionOptions(new Impatient(SocketOptions.builder().tcpNoDelay(true).build(), settings.readTimeout()))
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(settings.headerBytesMax())
                        .maxPrologueLength(8 << 10)
                        // Clients send raw [ and ] in query strings.
                        .validatePrologue(false)
                        .build())
                .directHandlers(failuresBeforeRouting(api))
                .routing(routing -> routing.any(this::handle))
                .build();
    }

    /** Somebody else listens there, or it may not be listened on. */
    public static final class PortTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private PortTakenException(Settings settings) {
            super("Nothing can listen on " + settings.host() + ":" + settings.port());
        }
    }

    /** Starts to listen. @throws PortTakenException if it cannot */
    public static HttpServer start(Settings settings, Api api, List<PageRoute> pages, List<RawRoute> doors, Map<String, Supplier<Probe>> probes) {
        var http = new HttpServer(settings, api, pages, doors, probes);
        http.server.start();
        // The library logs why, and returns.
        if (!http.server.isRunning()) {
            throw new PortTakenException(settings);
        }
        return http;
    }

    /** The port listened on; differs from the settings when they said 0. */
    public int port() {
        return server.port();
    }

    /** Stops accepting, waits for running requests within the grace period, closes. */
    @Override
    public void close() {
        server.stop();
    }

    /** Lets running requests end, for at most the grace period, then closes. Connections are not kept alive meanwhile. */
    public void drainAndClose(Duration grace) {
        draining = true;
        long deadline = System.nanoTime() + grace.toNanos();
        while (running.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(DRAIN_LOOK.toNanos());
        }
        close();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        running.incrementAndGet();
        try {
            if (draining) {
                response.header(HeaderNames.CONNECTION, "close");
            }
            answer(request, response);
        } finally {
            running.decrementAndGet();
        }
    }

    private void answer(ServerRequest request, ServerResponse response) {
        String path = request.prologue().uriPath().rawPath();
        Supplier<Probe> probe = probes.get(path);
        if (probe != null) {
            Probe answer = probe.get();
            response.status(answer.status());
            response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            response.send(answer.body().getBytes(StandardCharsets.UTF_8));
            return;
        }
        ApiException failure = null;
        byte[] body = new byte[0];
        InputStream content = request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
        try {
            body = body(content, request.headers().contentLength().orElse(0), api.bodyBytesMax(request.prologue().method().text(), path));
        } catch (ApiException e) {
            failure = e;
        }
        String query = request.prologue().query().rawValue();
        var raw = new RawRequest(request.prologue().method().text(), path, query, name -> header(request, name), body,
                request.remotePeer().host());
        RawReply reply = failure == null ? reply(raw) : null;
        PageResponse page = failure == null && reply == null ? page(raw) : null;
        if (reply != null) {
            response.status(reply.status());
            response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
            response.send(reply.text().getBytes(StandardCharsets.UTF_8));
        } else if (page != null) {
            send(response, page);
        } else {
            Api.Reply answer = api.handle(raw, failure);
            response.status(answer.status());
            answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
            response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            if (failure != null) {
                // What is left of the body has not been read: the connection cannot be used again.
                response.header(HeaderNames.CONNECTION, "close");
            }
            if (raw.method().equals("HEAD")) {
                // The library would send a body, which the client would take for the next answer.
                response.send();
            } else {
                response.send(answer.content());
            }
            if (failure != null) {
                if (failure.status() == 413 && !request.headers().contains(HeaderValues.EXPECT_100)) {
                    linger(content);
                }
                // The library would look for the rest of the body, fail, and answer a second time.
                throw new CloseConnectionException("The body was not read");
            }
        }
    }

    /** @return null if the path is none of a machine's door */
    private @Nullable RawReply reply(RawRequest raw) {
        try {
            Router.Match<RawRoute> match = doors.find(raw.method(), raw.rawPath());
            RawRoute route = match.route();
            return route == null ? null : route.handler().handle(new RawMessage(match.pathParams(), raw.header(), raw.body(), raw.ip()));
        } catch (ApiException e) {
            return new RawReply(e.status(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A message could not be taken", e);
            return new RawReply(e instanceof DatabaseException failed && failed.transientFailure() ? 503 : 500, "Not taken: send it again");
        }
    }

    /** @return null if the path is none of a page */
    private @Nullable PageResponse page(RawRequest raw) {
        try {
            Router.Match<PageRoute> match = pages.find(raw.method(), raw.rawPath());
            PageRoute route = match.route();
            if (route == null) {
                return null;
            }
            Params params = raw.method().equals("POST") ? Decoder.body(raw.header("Content-Type"), raw.body()) : Decoder.form(raw.rawQuery());
            var payer = new ApiRequest.PayerHeaders(raw.header("User-Agent"), raw.header("Accept"), raw.header("Accept-Language"), raw.ip());
            return route.handler().handle(new PageRequest(match.pathParams(), params, payer));
        } catch (ApiException e) {
            return Html.message(e.status(), "This link does not work", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Page failed", e);
            if (e instanceof DatabaseException failed && failed.transientFailure()) {
                return Html.message(503, "One moment, please", "We cannot go on just now. Load this page again in a few seconds; nothing is lost.");
            }
            return Html.message(500, "Something went wrong", "Please go back to the shop and look at your order there. Nothing is lost.");
        }
    }

    private static void send(ServerResponse response, PageResponse page) {
        response.status(page.status());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        if (page.location() != null) {
            response.header(HeaderNames.LOCATION, page.location());
        }
        if (page.html() == null) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        response.header(HeaderNames.create("Content-Security-Policy"), "default-src 'none'; style-src 'unsafe-inline'; script-src "
                + Html.SCRIPT_HASHES + "; base-uri 'none'; frame-ancestors *; form-action 'self'"
                + (page.formAction() == null ? "" : " " + page.formAction()));
        response.send(page.html().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] body(InputStream content, long announced, int bytesMax) {
        if (announced > bytesMax) {
            throw tooLarge(bytesMax);
        }
        long deadline = System.nanoTime() + settings.readTimeout().toNanos();
        var bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            int read = content.read(chunk);
            while (read >= 0) {
                bytes.write(chunk, 0, read);
                if (bytes.size() > bytesMax) {
                    throw tooLarge(bytesMax);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw tooSlow();
                }
                read = content.read(chunk);
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof ApiException told) {
                throw told;
            }
            throw timedOut(e) ? tooSlow() : new ApiException(400, ErrorCode.Type.INVALID_REQUEST, null, null,
                    "The body did not arrive whole: the connection ended, or its chunks are malformed.");
        }
        return bytes.toByteArray();
    }

    /**
     * Takes in what the client is still sending, within limits, and drops it. Closing over unread bytes resets the connection,
     * and a client that is busy sending then loses the answer that says why.
     */
    private void linger(InputStream content) {
        long deadline = System.nanoTime() + settings.readTimeout().toNanos();
        byte[] chunk = new byte[8192];
        try {
            int left = LINGER_BYTES_MAX;
            while (left > 0 && System.nanoTime() - deadline < 0) {
                int read = content.read(chunk);
                left = read < 0 ? 0 : left - read;
            }
        } catch (IOException | RuntimeException e) {
            // Whoever broke off has no use for the answer.
            LOG.debug("A body that is too large ended early", e);
        }
    }

    private static boolean timedOut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static ApiException tooLarge(int bytesMax) {
        return new ApiException(413, ErrorCode.Type.INVALID_REQUEST, null, null,
                "The body is larger than " + bytesMax + " bytes.");
    }

    private ApiException tooSlow() {
        return new ApiException(408, ErrorCode.Type.INVALID_REQUEST, null, null,
                "The body did not arrive within " + settings.readTimeout().toSeconds() + " s.");
    }

    private static @Nullable String header(ServerRequest request, String name) {
        return request.headers().value(HeaderNames.create(name)).orElse(null);
    }

    /**
     * Sets a read timeout on accepted sockets, which the library leaves out: its own is for clients. Without it whoever stops
     * halfway through a request holds a connection for ever.
     */
    private record Impatient(SocketOptions options, Duration patience) implements SocketOptions {
        @Override
        public void configureSocket(SocketChannel channel) {
            options.configureSocket(channel);
            try {
                channel.socket().setSoTimeout(Math.toIntExact(patience.toMillis()));
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return options.socketOptions();
        }

        @Override
        public Duration connectTimeout() {
            return options.connectTimeout();
        }

        @Override
        public Duration readTimeout() {
            return patience;
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return options.socketReceiveBufferSize();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return options.socketSendBufferSize();
        }

        @Override
        public boolean socketReuseAddress() {
            return options.socketReuseAddress();
        }

        @Override
        public boolean socketKeepAlive() {
            return options.socketKeepAlive();
        }

        @Override
        public boolean tcpNoDelay() {
            return options.tcpNoDelay();
        }
    }

    /** What the library answers itself (a malformed head, too large a head) in our envelope. */
    private static DirectHandlers failuresBeforeRouting(Api api) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> {
                Status told = event == DirectHandler.EventType.INTERNAL_ERROR ? Status.INTERNAL_SERVER_ERROR_500 : status;
                ApiResponse answer = api.unread(told.code());
                answer.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
                headers.set(HeaderNames.CONTENT_TYPE, "application/json");
                return DirectHandler.TransportResponse.builder()
                        .status(told)
                        .headers(headers)
                        .keepAlive(false)
                        .entity(answer.json())
                        .build();
            });
        }
        return handlers.build();
    }
}
