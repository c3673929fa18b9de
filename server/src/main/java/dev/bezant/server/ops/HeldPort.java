package dev.bezant.server.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that is to be listened on later: found free, and kept from being given to somebody else meanwhile, such as to the database that starts
 * first. Nobody listens there yet, so clients are refused instead of kept waiting.
 */
final class HeldPort implements AutoCloseable {
    private final Socket socket;

    private HeldPort(Socket socket) {
        this.socket = socket;
    }

    /**
     * @param port 0 = any, of which none is held
     * @throws IOException if it is taken, or the host's address is none of this machine
     */
    static HeldPort of(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        if (port == 0) {
            socket.close();
        }
        return new HeldPort(socket);
    }

    /** To be listened on at once. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
