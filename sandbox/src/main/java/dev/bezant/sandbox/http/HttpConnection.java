package dev.bezant.sandbox.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One client's connection: reads requests, lets the handler answer, and carries out what the reply says. */
final class HttpConnection implements Runnable {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"), Map.entry(201, "Created"), Map.entry(202, "Accepted"), Map.entry(204, "No Content"),
            Map.entry(303, "See Other"), Map.entry(400, "Bad Request"), Map.entry(401, "Unauthorized"), Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"), Map.entry(409, "Conflict"), Map.entry(410, "Gone"), Map.entry(413, "Content Too Large"),
            Map.entry(422, "Unprocessable Content"), Map.entry(429, "Too Many Requests"), Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"), Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));
    private static final int SLOW_PIECES = 20;

    private final Socket socket;
    private final HttpHandler handler;
    private final HttpLimits limits;
    private final Clock clock;
    private final BooleanSupplier open;
    private volatile boolean busy;

    HttpConnection(Socket socket, HttpHandler handler, HttpLimits limits, Clock clock, BooleanSupplier open) {
        this.socket = socket;
        this.handler = handler;
        this.limits = limits;
        this.clock = clock;
        this.open = open;
    }

    /** True between the first byte of a request and the last byte of its answer. */
    boolean isBusy() {
        return busy;
    }

    /** Closes in the ordinary way; safe from any thread. */
    void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing is left to do for a connection that is already broken.
        }
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(limits.idle().toMillis()));
            var out = socket.getOutputStream();
            var reader = new RequestReader(socket.getInputStream(), out, limits);
            serve(reader, out);
        } catch (IOException ignored) {
            // The client went away; a simulator has nothing to tell anybody about that.
        }
    }

    private void serve(RequestReader reader, OutputStream out) throws IOException {
        while (true) {
            RequestReader.Incoming incoming;
            try {
                incoming = reader.next();
            } catch (BadRequestException e) {
                write(out, HttpResponse.text(e.status(), e.getMessage() + "\n"), false, false);
                drainBriefly();
                return;
            } catch (SocketTimeoutException e) {
                return;
            }
            if (incoming == null) {
                return;
            }
            busy = true;
            try {
                boolean keep = carryOut(handler.handle(incoming.request()), out, incoming);
                if (!keep) {
                    return;
                }
            } finally {
                busy = false;
            }
            if (!open.getAsBoolean()) {
                return;
            }
        }
    }

    /** Whether the connection may be used again. */
    private boolean carryOut(HttpReply reply, OutputStream out, RequestReader.Incoming incoming) throws IOException {
        boolean headOnly = incoming.request().method().equals("HEAD");
        return switch (reply) {
            case HttpReply.Answer(var response) -> {
                boolean keep = incoming.keepAlive() && open.getAsBoolean();
                write(out, response, keep, headOnly);
                yield keep;
            }
            case HttpReply.HalfAnswer(var response) -> {
                out.write(head(response, false));
                out.write(response.body(), 0, response.body().length / 2);
                out.flush();
                yield false;
            }
            case HttpReply.SlowAnswer(var response, var duration) -> {
                writeSlowly(out, response, duration);
                yield false;
            }
            case HttpReply.Reset() -> {
                // Closing with a linger time of zero sends RST instead of FIN.
                socket.setSoLinger(true, 0);
                yield false;
            }
            case HttpReply.Stall() -> {
                waitForTheClientToGiveUp();
                yield false;
            }
        };
    }

    private void write(OutputStream out, HttpResponse response, boolean keep, boolean headOnly) throws IOException {
        var head = head(response, keep);
        if (headOnly) {
            out.write(head);
        } else {
            var whole = new byte[head.length + response.body().length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(response.body(), 0, whole, head.length, response.body().length);
            out.write(whole);
        }
        out.flush();
    }

    private byte[] head(HttpResponse response, boolean keep) {
        var head = new StringBuilder(256)
                .append("HTTP/1.1 ").append(response.status()).append(' ')
                .append(REASONS.getOrDefault(response.status(), "Status")).append("\r\n");
        response.headers().forEach((name, value) -> head.append(name).append(": ").append(singleLine(value)).append("\r\n"));
        if (!response.headers().containsKey("Date")) {
            head.append("Date: ").append(HTTP_DATE.format(clock.instant())).append("\r\n");
        }
        // RFC 9110, 8.6: an answer without content has no length either.
        if (response.status() != 204) {
            head.append("Content-Length: ").append(response.body().length).append("\r\n");
        }
        if (!keep) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String singleLine(String value) {
        return value.indexOf('\r') < 0 && value.indexOf('\n') < 0 ? value : value.replaceAll("[\r\n]+", " ");
    }

    private void writeSlowly(OutputStream out, HttpResponse response, Duration duration) throws IOException {
        out.write(head(response, false));
        out.flush();
        var body = response.body();
        int pieces = Math.max(1, Math.min(SLOW_PIECES, body.length));
        for (int i = 0; i < pieces; i++) {
            pause(duration.dividedBy(pieces));
            int from = (int) ((long) body.length * i / pieces);
            int to = (int) ((long) body.length * (i + 1) / pieces);
            out.write(body, from, to - from);
            out.flush();
        }
    }

    private static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering slowly", e);
        }
    }

    private void waitForTheClientToGiveUp() throws IOException {
        socket.setSoTimeout(0);
        var in = socket.getInputStream();
        var ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // Whatever still comes is read and dropped.
        }
    }

    /** Reads what the client was still sending, so that closing does not reset the connection before it saw the answer. */
    private void drainBriefly() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(500);
        var in = socket.getInputStream();
        var ignored = new byte[8192];
        try {
            for (int i = 0; i < 256 && in.read(ignored) >= 0; i++) {
                // Dropped.
            }
        } catch (SocketTimeoutException e) {
            // Long enough.
        }
    }
}
