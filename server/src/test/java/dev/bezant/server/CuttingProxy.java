package dev.bezant.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the pool and PostgreSQL. When armed it lets a statement through, waits until the server has answered it, and cuts
 * the connection instead of handing the answer over: committed, and nobody knows.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int READY_FOR_QUERY = 6;

    private final ServerSocket listener;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile @Nullable String marker;
    private volatile int target;

    CuttingProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The way through this proxy to the database of a JDBC URL; statements are sent with their text each time. */
    String through(String url) {
        URI real = URI.create(url.substring("jdbc:".length()));
        target = real.getPort();
        String way = url.replace(real.getHost() + ":" + target, "127.0.0.1:" + listener.getLocalPort());
        return way + (way.contains("?") ? "&" : "?") + "prepareThreshold=0";
    }

    /** Loses the answers of the next statements that contain a text. */
    void cut(String text, int times) {
        cuts.set(0);
        left.set(times);
        marker = text;
    }

    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                new Link(client, new Socket(InetAddress.getLoopbackAddress(), target)).start();
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean cutting;
        private String tail = "";

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server, true));
            Thread.ofVirtual().start(() -> pump(server, client, false));
        }

        private void pump(Socket from, Socket to, boolean statements) {
            var swallowed = new ByteArrayOutputStream();
            var buffer = new byte[1 << 16];
            try (from; to) {
                InputStream in = from.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (statements) {
                        look(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    } else if (cutting) {
                        swallowed.write(buffer, 0, n);
                        if (endsReady(swallowed.toByteArray())) {
                            cuts.incrementAndGet();
                            return;
                        }
                        continue;
                    }
                    to.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException e) {
                // One side has gone: so does the other.
            }
        }

        private void look(String chunk) {
            String wanted = marker;
            String text = tail + chunk;
            if (wanted != null && left.get() > 0 && text.contains(wanted) && left.getAndDecrement() > 0) {
                cutting = true;
            }
            int keep = Math.min(text.length(), wanted == null ? 0 : Objects.requireNonNull(wanted).length() - 1);
            tail = text.substring(text.length() - keep);
        }

        private static boolean endsReady(byte[] bytes) {
            int at = bytes.length - READY_FOR_QUERY;
            return at >= 0 && bytes[at] == 'Z' && bytes[at + 1] == 0 && bytes[at + 2] == 0 && bytes[at + 3] == 0 && bytes[at + 4] == 5;
        }
    }
}
