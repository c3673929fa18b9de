package dev.bezant.server.testing;

import dev.bezant.server.kernel.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One connection that sends exactly the bytes it is told, for requests no well-behaved client would make. */
public final class RawHttp implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer; header names in lower case. */
    public record Response(int status, Map<String, String> headers, String body) {
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public ObjectNode json() {
            return Json.readObject(body);
        }

        /** {@code 402 card_error card_declined payment_method}; a dash for what is absent. */
        public String error() {
            JsonNode error = json().path("error");
            return status + " " + error.path("type").asString("-") + " " + error.path("code").asString("-") + " " + error.path("param").asString("-");
        }
    }

    public static RawHttp connect(String url) {
        return connect(url, PATIENCE);
    }

    /** @param patience how long to wait for more of an answer */
    public static RawHttp connect(String url, Duration patience) {
        try {
            var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), URI.create(url).getPort());
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.setTcpNoDelay(true);
            return new RawHttp(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text, one byte per character. */
    public RawHttp send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. What the server no longer takes is left out: its answer tells why. */
    public RawHttp send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // Closed by the server; the caller reads what it said before.
        }
        return this;
    }

    /** Reads the answer to a request whose answer has a body. */
    public Response read() {
        return read(true).orElseThrow(() -> new AssertionError("The connection was closed without an answer"));
    }

    /**
     * Reads one answer.
     *
     * @return empty if the connection was closed before one
     */
    public java.util.Optional<Response> read(boolean withBody) {
        try {
            String line = line();
            if (line == null) {
                return java.util.Optional.empty();
            }
            int status = Integer.parseInt(line.split(" ", 3)[1]);
            var headers = new LinkedHashMap<String, String>();
            for (String header = line(); header != null && !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).trim());
            }
            if (status == 100) {
                return read(withBody);
            }
            return java.util.Optional.of(new Response(status, headers, withBody ? body(headers) : ""));
        } catch (IOException e) {
            return java.util.Optional.empty();
        }
    }

    /** Whether the server has closed its side; waits for it. */
    public boolean closed() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toString(StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        String line = line();
        return line == null ? 0 : Integer.parseInt(line.trim(), 16);
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
