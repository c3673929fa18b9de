package dev.bezant.worldline.acquiring;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the head of each request and hangs up, or, once told to, answers with half a body that trickles in without end. */
final class DroppingServer implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final List<String> heads = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean trickles;

    DroppingServer() throws IOException {
        var thread = new Thread(this::serve, "dropping-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    void trickle() {
        trickles = true;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                heads.add(head(socket));
                if (trickles) {
                    trickle(socket);
                }
            } catch (IOException e) {
                // The client hung up, or the test is over: the loop looks.
                trickles = trickles && !listener.isClosed();
            }
        }
    }

    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** Ends when the client hangs up. */
    private void trickle(Socket socket) throws IOException {
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try {
            while (!closed.await(10, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(' ');
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }
}
