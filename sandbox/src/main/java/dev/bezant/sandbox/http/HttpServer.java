package dev.bezant.sandbox.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on one loopback port, a virtual thread per connection. Its port can be closed and opened again, so that clients see a
 * real "connection refused". Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final HttpHandler handler;
    private final HttpLimits limits;
    private final Clock clock;
    private final int port;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    private volatile boolean accepting = true;
    private boolean closed;

    /**
     * Listens at once; requests are answered from {@link #start} on.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is in use
     */
    public HttpServer(int port, HttpHandler handler, HttpLimits limits, Clock clock) throws IOException {
        this.handler = handler;
        this.limits = limits;
        this.clock = clock;
        this.listener = listen(port);
        this.port = listener.getLocalPort();
    }

    public synchronized void start() {
        var socket = listener;
        if (socket != null) {
            acceptFrom(socket);
        }
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Closes the port and every idle connection; what is being answered is answered, then closed. New connections are refused by the
     * operating system until {@link #accept}.
     */
    public synchronized void refuse() {
        if (closed || listener == null) {
            return;
        }
        accepting = false;
        closeQuietly(listener);
        listener = null;
        awaitAcceptor();
        for (var connection : connections) {
            if (!connection.isBusy()) {
                connection.close();
            }
        }
    }

    /** Opens the port again after {@link #refuse}. */
    public synchronized void accept() {
        if (closed || listener != null) {
            return;
        }
        try {
            var socket = listen(port);
            listener = socket;
            accepting = true;
            acceptFrom(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " was taken by another process while it was closed", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        accepting = false;
        if (listener != null) {
            closeQuietly(listener);
            listener = null;
        }
        connections.forEach(HttpConnection::close);
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /** A listening socket stays open until the virtual thread that waits on it has noticed its end. */
    private void awaitAcceptor() {
        try {
            if (acceptor != null) {
                acceptor.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptFrom(ServerSocket socket) {
        acceptor = Thread.ofVirtual().name("accept-" + port).start(() -> {
            while (!socket.isClosed()) {
                try {
                    open(socket.accept());
                } catch (IOException e) {
                    // Either the port was closed on purpose, or one client vanished while connecting, or the process is out of file
                    // descriptors; the pause keeps the last case from spinning.
                    LockSupport.parkNanos(10_000_000);
                }
            }
        });
    }

    private void open(Socket client) throws IOException {
        if (connections.size() >= limits.connectionsMax() || !accepting) {
            client.close();
            return;
        }
        var connection = new HttpConnection(client, handler, limits, clock, () -> accepting);
        connections.add(connection);
        Thread.ofVirtual().name("http-" + port).start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is closed for our purposes.
        }
    }
}
