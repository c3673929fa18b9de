package dev.bezant.sdk.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A server on a real port that does with each request what it is told: answer, stall, cut, trickle, send half or garbage. */
final class RawServer implements Closeable {
    /** What to do with one request; false closes the connection. */
    interface Reaction {
        boolean react(Socket socket, String request) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final ServerSocket listener;
    private final Queue<Reaction> reactions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private volatile Reaction usual = answer(200, "", "{}");

    RawServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", () -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    connections.incrementAndGet();
                    start("serve", () -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    URI uri() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    RawServer then(Reaction reaction) {
        reactions.add(reaction);
        return this;
    }

    RawServer always(Reaction reaction) {
        usual = reaction;
        return this;
    }

    /** @param headers lines, each ended by CR LF */
    static Reaction answer(int status, String headers, String body) {
        return raw("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body, true);
    }

    static Reaction raw(String bytes, boolean keepOpen) {
        return (socket, request) -> {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return keepOpen;
        };
    }

    static Reaction cut() {
        return (socket, request) -> false;
    }

    /** Says nothing until {@link #release()}, then answers. */
    Reaction stall() {
        return (socket, request) -> {
            await();
            return answer(200, "", "{}").react(socket, request);
        };
    }

    /** Sends one byte after the other, never long silent, never done before {@link #release()}. */
    Reaction trickle() {
        return (socket, request) -> {
            socket.getOutputStream().write("HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (!awaited(20)) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
            }
            return false;
        };
    }

    void release() {
        released.countDown();
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = read(socket.getInputStream());
            while (request != null) {
                requests.add(request);
                Reaction next = reactions.poll();
                if (!(next == null ? usual : next).react(socket, request)) {
                    return;
                }
                request = read(socket.getInputStream());
            }
        } catch (IOException e) {
            // The client went away: it is the one under test.
            socket.isClosed();
        }
    }

    private static @org.jspecify.annotations.Nullable String read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.UTF_8);
        var length = LENGTH.matcher(text);
        return length.find() ? text + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8) : text;
    }

    private void await() {
        awaited(60_000);
    }

    private boolean awaited(long millis) {
        try {
            return released.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, "raw-server-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
