package dev.bezant.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A plain socket, to see what no HTTP client shows. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;

    public RawConnection(URI uri) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), uri.getPort());
        socket.setSoTimeout(10_000);
    }

    public void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** A signed POST of a payment. */
    public void pay(Merchant merchant, PaymentBody body) throws IOException {
        var target = merchant.uri().resolve("/v1/payments");
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        write("POST /v1/payments HTTP/1.1\r\nHost: " + target.getRawAuthority() + "\r\nContent-Type: application/json\r\nAuthorization: "
                + merchant.authorization("POST", target) + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    /** Everything until the other side closes. */
    public String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One response with its body by Content-Length. */
    public String readResponse() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        var length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
        return head + new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
