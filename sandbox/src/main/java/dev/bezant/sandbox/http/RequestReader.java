package dev.bezant.sandbox.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests off one connection: HTTP/1.0 and 1.1, {@code Content-Length} or chunked bodies, gzip unpacked. Whatever could be read in two ways
 * (both length headers, two different lengths) is refused.
 */
final class RequestReader {
    /** A request and whether the client wants the connection kept. */
    record Incoming(HttpRequest request, boolean keepAlive) {}

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private final HttpLimits limits;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int end;

    RequestReader(InputStream in, OutputStream out, HttpLimits limits) {
        this.in = in;
        this.out = out;
        this.limits = limits;
    }

    /** The next request, or null when the client has closed the connection between two requests. */
    @Nullable Incoming next() throws IOException, BadRequestException {
        var line = readFirstLine();
        if (line == null) {
            return null;
        }
        var parts = line.split(" ", -1);
        if (parts.length != 3 || parts[0].isEmpty() || !isToken(parts[0])) {
            throw new BadRequestException(400, "The request line must read: METHOD target HTTP/1.1");
        }
        if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
            throw new BadRequestException(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here");
        }
        var headers = readHeaders();
        var body = unpacked(headers, readBody(headers));
        var target = originForm(parts[1]);
        int mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = mark < 0 ? null : target.substring(mark + 1);
        var connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        boolean keepAlive = parts[2].equals("HTTP/1.1") ? !connection.contains("close") : connection.contains("keep-alive");
        return new Incoming(new HttpRequest(parts[0], path, query, Map.copyOf(headers), body), keepAlive);
    }

    private @Nullable String readFirstLine() throws IOException, BadRequestException {
        // A stray line end between two requests is tolerated (RFC 9112, 2.2).
        for (int blank = 0; blank < 4; blank++) {
            var line = readLine(blank == 0);
            if (line == null) {
                return null;
            }
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new BadRequestException(400, "A request line was expected");
    }

    private static String originForm(String target) throws BadRequestException {
        if (target.startsWith("/")) {
            return target;
        }
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int slash = target.indexOf('/', target.indexOf("://") + 3);
            return slash < 0 ? "/" : target.substring(slash);
        }
        if (target.equals("*")) {
            return "/*";
        }
        throw new BadRequestException(400, "The request target must begin with a slash");
    }

    private Map<String, String> readHeaders() throws IOException, BadRequestException {
        var headers = new HashMap<String, String>(16);
        int total = 0;
        String last = null;
        while (true) {
            var line = readLine(false);
            if (line == null || line.isEmpty()) {
                return headers;
            }
            total += line.length() + 2;
            if (total > limits.headerBytesMax()) {
                throw new BadRequestException(431, "The headers are longer than " + limits.headerBytesMax() + " bytes");
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (last == null) {
                    throw new BadRequestException(400, "A folded line cannot come first");
                }
                headers.merge(last, line.strip(), (a, b) -> a + " " + b);
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || !isToken(line.substring(0, colon))) {
                throw new BadRequestException(400, "Not a header line");
            }
            last = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(last, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
    }

    private byte[] readBody(Map<String, String> headers) throws IOException, BadRequestException {
        var encoding = headers.get("transfer-encoding");
        var length = headers.get("content-length");
        if (encoding != null) {
            if (length != null || !encoding.equalsIgnoreCase("chunked")) {
                throw new BadRequestException(400, "Send either Content-Length or Transfer-Encoding: chunked");
            }
            sayContinue(headers);
            return readChunks();
        }
        if (length == null) {
            return new byte[0];
        }
        if (!length.matches("\\d{1,10}")) {
            throw new BadRequestException(400, "Content-Length is '" + length + "', expected one number");
        }
        long bytes = Long.parseLong(length);
        checkBodySize(bytes);
        if (bytes > 0) {
            sayContinue(headers);
        }
        return readFully((int) bytes);
    }

    /** A gzip body is handed on as what was packed in it, so that nobody behind has to think of it. */
    private byte[] unpacked(Map<String, String> headers, byte[] body) throws BadRequestException {
        if (body.length == 0 || !"gzip".equalsIgnoreCase(headers.get("content-encoding"))) {
            return body;
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var plain = gzip.readNBytes(limits.bodyBytesMax() + 1);
            checkBodySize(plain.length);
            return plain;
        } catch (IOException e) {
            throw new BadRequestException(400, "The body is not gzip, as Content-Encoding says");
        }
    }

    private void sayContinue(Map<String, String> headers) throws IOException {
        if ("100-continue".equalsIgnoreCase(headers.get("expect")) && position == end) {
            out.write(CONTINUE);
            out.flush();
        }
    }

    private byte[] readChunks() throws IOException, BadRequestException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = requireLine();
            int semicolon = line.indexOf(';');
            var digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
            if (!digits.matches("[0-9a-fA-F]{1,8}")) {
                throw new BadRequestException(400, "Not a chunk size");
            }
            long size = Long.parseLong(digits, 16);
            checkBodySize(body.size() + size);
            if (size == 0) {
                readHeaders();
                return body.toByteArray();
            }
            body.writeBytes(readFully((int) size));
            if (!requireLine().isEmpty()) {
                throw new BadRequestException(400, "A chunk must end with a line end");
            }
        }
    }

    private void checkBodySize(long bytes) throws BadRequestException {
        if (bytes > limits.bodyBytesMax()) {
            throw new BadRequestException(413, "The body is longer than " + limits.bodyBytesMax() + " bytes");
        }
    }

    private String requireLine() throws IOException, BadRequestException {
        var line = readLine(false);
        if (line == null) {
            throw new EOFException("the connection ended within a request");
        }
        return line;
    }

    /** One line without its end, or null at the end of the stream if that is allowed here. */
    private @Nullable String readLine(boolean endAllowed) throws IOException, BadRequestException {
        ByteArrayOutputStream longer = null;
        while (true) {
            for (int i = position; i < end; i++) {
                if (buffer[i] == '\n') {
                    var line = text(longer, i);
                    position = i + 1;
                    refuseIfLong(line.length());
                    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                }
            }
            if (longer == null) {
                longer = new ByteArrayOutputStream();
            }
            longer.write(buffer, position, end - position);
            position = end;
            refuseIfLong(longer.size());
            if (!fill()) {
                if (endAllowed && longer.size() == 0) {
                    return null;
                }
                throw new EOFException("the connection ended within a request");
            }
        }
    }

    private void refuseIfLong(int length) throws BadRequestException {
        if (length > limits.lineBytesMax()) {
            throw new BadRequestException(431, "A line is longer than " + limits.lineBytesMax() + " bytes");
        }
    }

    private String text(@Nullable ByteArrayOutputStream before, int lineEnd) {
        if (before == null) {
            return new String(buffer, position, lineEnd - position, StandardCharsets.ISO_8859_1);
        }
        before.write(buffer, position, lineEnd - position);
        return before.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] readFully(int length) throws IOException {
        var bytes = new byte[length];
        int done = Math.min(length, end - position);
        System.arraycopy(buffer, position, bytes, 0, done);
        position += done;
        while (done < length) {
            int read = in.read(bytes, done, length - done);
            if (read < 0) {
                throw new EOFException("the connection ended within a body");
            }
            done += read;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
