package dev.bezant.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request on a kept connection with the same bytes. It allocates nothing per request, so that what is measured in the same process
 * is the client's.
 */
final class StubServer implements Closeable {
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;

    StubServer(int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        answer = ("HTTP/1.1 " + status + " OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " + body.length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        var buffer = new byte[64 * 1024];
        try (socket) {
            InputStream in = socket.getInputStream();
            int filled = 0;
            int read = in.read(buffer, 0, buffer.length);
            while (read > 0) {
                filled += read;
                if (isComplete(buffer, filled)) {
                    socket.getOutputStream().write(answer);
                    filled = 0;
                }
                read = in.read(buffer, filled, buffer.length - filled);
            }
        } catch (IOException e) {
            // The measurement is over.
            return;
        }
    }

    private static boolean isComplete(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return filled - i - 1 >= contentLength(buffer, i);
            }
        }
        return false;
    }

    private static int contentLength(byte[] buffer, int headEnd) {
        for (int i = 0; i < headEnd - CONTENT_LENGTH.length; i++) {
            if (buffer[i] == '\n' && matches(buffer, i + 1)) {
                int length = 0;
                for (int at = i + 1 + CONTENT_LENGTH.length; buffer[at] != '\r'; at++) {
                    length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
                }
                return length;
            }
        }
        return 0;
    }

    private static boolean matches(byte[] buffer, int at) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            int lower = buffer[at + i] >= 'A' && buffer[at + i] <= 'Z' ? buffer[at + i] + 32 : buffer[at + i];
            if (lower != CONTENT_LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "stub-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
