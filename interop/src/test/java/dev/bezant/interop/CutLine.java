package dev.bezant.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server on this machine; the first connection is cut when the server has begun to answer, before any of that is passed on. */
final class CutLine implements AutoCloseable {
    private final ServerSocket listener;
    private final int port;
    private final AtomicInteger connections = new AtomicInteger();

    private CutLine(ServerSocket listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    static CutLine to(String url) throws IOException {
        var line = new CutLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url).getPort());
        Thread.ofVirtual().start(line::accept);
        return line;
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (true) {
            try {
                var client = listener.accept();
                boolean first = connections.incrementAndGet() == 1;
                Thread.ofVirtual().start(() -> relay(client, first));
            } catch (IOException e) {
                // Closed by the test.
                return;
            }
        }
    }

    private void relay(Socket client, boolean cut) {
        try (client; var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual().start(() -> copy(client, server));
            if (cut) {
                server.getInputStream().read();
            } else {
                copy(server, client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction has ended.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
