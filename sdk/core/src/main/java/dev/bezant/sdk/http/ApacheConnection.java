package dev.bezant.sdk.http;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The default connection, on Apache HttpClient 5 (classic): blocking, pooled, with every automatism that could send a request twice or somewhere
 * else switched off.
 */
public final class ApacheConnection implements PooledConnection {
    private final ConnectionOptions options;
    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;
    private final TotalTimeouts timeouts = new TotalTimeouts();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApacheConnection(ConnectionOptions options) {
        this.options = options;
        pool = ApacheSetup.pool(options);
        client = ApacheSetup.client(options, pool);
    }

    public static ApacheConnection open(ConnectionOptions options) {
        return new ApacheConnection(options);
    }

    @Override
    public WireResponse send(WireRequest request) {
        if (closed.get()) {
            throw new ClientClosedException("The connection");
        }
        var guard = new SendGuard(request.context());
        try {
            // An early look spares the connection; the look that counts is the guard's in the chain.
            if (request.context().sendDeadline().filter(deadline -> deadline.hasPassed()).isPresent()) {
                throw new SendGuard.DeadlinePassedException();
            }
            return execute(request, guard);
        } catch (IOException | RuntimeException e) {
            throw failure(request, guard.sent(), e);
        }
    }

    private WireResponse execute(WireRequest request, SendGuard guard) throws IOException {
        HttpUriRequestBase http = httpRequest(request);
        var context = HttpClientContext.create();
        context.setAttribute(SendGuard.ATTRIBUTE, guard);
        Duration total = request.context().totalTimeout().orElse(options.totalTimeout());
        TotalTimeouts.Entry watched = timeouts.watch(total, http::cancel);
        try {
            WireResponse response = client.execute(http, context, this::read);
            if (guard.sent() == Sent.NO) {
                // Nobody but a proxy can have answered a request that was not sent.
                throw new CommunicationException(Sent.NO, Reason.PROXY_REFUSED, request.method(),
                        "The proxy answered " + response.status() + " instead of connecting", null);
            }
            return response;
        } catch (IOException e) {
            throw http.isCancelled() ? new TotalTimeoutException(total, e) : e;
        } finally {
            watched.done();
        }
    }

    /** The time limit cut the connection, which shows as whatever the socket was doing. */
    private static final class TotalTimeoutException extends SocketTimeoutException {
        private static final long serialVersionUID = 1L;

        TotalTimeoutException(Duration total, IOException cause) {
            super("no complete answer within " + total.toMillis() + " ms");
            initCause(cause);
        }
    }

    private HttpUriRequestBase httpRequest(WireRequest request) {
        var http = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().list().forEach(header -> http.addHeader(header.name(), header.value()));
        if (request.body() != null) {
            http.setEntity(new ByteArrayEntity(request.body(), null));
        }
        Duration lease = request.context().sendDeadline().map(deadline -> deadline.remaining())
                .filter(left -> left.compareTo(options.leaseTimeout()) < 0)
                .orElse(options.leaseTimeout());
        http.setConfig(RequestConfig.copy(ApacheSetup.requestConfig(options))
                // Zero would mean forever.
                .setConnectionRequestTimeout(Timeout.ofMilliseconds(Math.max(1, lease.toMillis())))
                .setResponseTimeout(timeout(request.context().responseTimeout().orElse(options.socketTimeout())))
                .build());
        return http;
    }

    private WireResponse read(ClassicHttpResponse response) throws IOException {
        var namesAndValues = new ArrayList<String>();
        for (Header header : response.getHeaders()) {
            namesAndValues.add(header.getName());
            namesAndValues.add(header.getValue() == null ? "" : header.getValue());
        }
        byte[] body = {};
        if (response.getEntity() != null) {
            try (var in = response.getEntity().getContent()) {
                body = in.readNBytes(options.responseBytesMax());
                if (in.read() >= 0) {
                    throw new IOException("the response is longer than " + options.responseBytesMax() + " bytes");
                }
            }
        }
        return new WireResponse(response.getCode(), Headers.of(namesAndValues.toArray(String[]::new)), body);
    }

    private RuntimeException failure(WireRequest request, Sent sent, Exception e) {
        if (e instanceof CommunicationException already) {
            return already;
        }
        if (closed.get() && sent == Sent.NO) {
            return new ClientClosedException("The connection");
        }
        Reason reason = Failures.reason(e, sent);
        String place = request.method() + " " + request.uri().getScheme() + "://" + request.uri().getRawAuthority();
        String message = sent == Sent.NO
                ? place + " was not sent: " + Failures.text(reason, e, pool.getTotalStats())
                : place + " may have been sent, but there is no complete answer: " + Failures.text(reason, e, pool.getTotalStats());
        return new CommunicationException(sent, reason, request.method(), message, e);
    }

    @Override
    public void closeIdleConnections(Duration idle) {
        pool.closeIdle(TimeValue.ofMilliseconds(idle.toMillis()));
    }

    @Override
    public void closeExpiredConnections() {
        pool.closeExpired();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            timeouts.close();
            client.close(CloseMode.GRACEFUL);
        }
    }

    static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(Math.max(1, duration.toMillis()));
    }
}
