package dev.bezant.sdk.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One socket of the pool. HttpClient's own class writes every byte to its wire logger as soon as an application sets its root logger to DEBUG,
 * card numbers and signatures included, and cannot be told not to; this one has no logger.
 */
final class QuietSocketConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout timeout = Timeout.DISABLED;

    private QuietSocketConnection() {
        super(Http1Config.DEFAULT);
    }

    /** For the pool, which makes connections before it has a socket for them. */
    static QuietSocketConnection create(@Nullable Socket socket) throws IOException {
        var connection = new QuietSocketConnection();
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        refuseWhenClosed(socket);
        super.bind(new SocketHolder(socket));
        timeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        refuseWhenClosed(tls);
        super.bind(tls, socket);
        timeout = Timeout.ofMilliseconds(tls.getSoTimeout());
    }

    /** A call that was given up while it was still connecting must not come to life afterwards. */
    private void refuseWhenClosed(Socket socket) throws IOException {
        if (closed.get()) {
            socket.close();
            throw new InterruptedIOException("the connection was given up while it was being made");
        }
    }

    @Override
    @SuppressWarnings("NullAway") // The interface, which knows no nullness, wants null before a socket is bound.
    public Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public void setSocketTimeout(Timeout changed) {
        timeout = changed;
        super.setSocketTimeout(changed);
    }

    /** Into the pool. */
    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    /** Out of the pool. */
    @Override
    public void activate() {
        super.setSocketTimeout(timeout);
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed.set(true);
        super.close(mode);
    }
}
