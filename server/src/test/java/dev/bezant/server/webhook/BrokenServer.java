package dev.bezant.server.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Something that listens and does not behave. */
final class BrokenServer implements AutoCloseable {
    /** What it does with a connection; the request has not been read. */
    enum Manner {
        /** Takes the connection, and that is all. */
        SILENT,
        /** Closes it at once. */
        HANGS_UP,
        /** Sends anything but HTTP. */
        GARBAGE,
        /** Sends a header line that does not end. */
        ENDLESS_HEADER,
        /** Says 200, and then more and more. */
        ENDLESS_BODY,
        /** Says 200, announces much, and sends little now and then. */
        SLOW_BODY,
        /** Sends nothing but the promise to go on. */
        ENDLESS_CONTINUE
    }

    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    private BrokenServer(ServerSocket socket, Manner manner) {
        this.socket = socket;
        Thread.ofVirtual().start(() -> accept(manner));
    }

    static BrokenServer open(Manner manner) {
        try {
            return new BrokenServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String scheme) {
        return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    int connections() {
        return open.size();
    }

    /** How much anybody took from it. */
    long bytesSent() {
        return sent.get();
    }

    private void accept(Manner manner) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> misbehave(connection, manner));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void misbehave(Socket connection, Manner manner) {
        try (connection) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            switch (manner) {
                case SILENT -> in.transferTo(OutputStream.nullOutputStream());
                case HANGS_UP -> {}
                case GARBAGE -> out.write("220 smtp.example ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                case ENDLESS_HEADER -> endless(out, "HTTP/1.1 200 OK\r\nX-Long: ", "long".repeat(1000));
                case ENDLESS_BODY -> endless(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000000\r\n\r\n", "more".repeat(1000));
                case ENDLESS_CONTINUE -> endless(out, "", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
                case SLOW_BODY -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (in.read() >= 0) {
                        out.write('.');
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            // The other side has had enough.
        }
    }

    private void endless(OutputStream out, String head, String more) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = more.getBytes(StandardCharsets.US_ASCII);
        while (!socket.isClosed()) {
            out.write(bytes);
            sent.addAndGet(bytes.length);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
