package dev.bezant.server.webhook;

import dev.bezant.server.kernel.CardNumbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls receivers, which may be slow, broken or hostile: a try has one deadline for everything, at most a few kilobytes of an answer
 * are read, nothing is followed, and where it must not go is refused when the connection is made. Thread-safe.
 *
 * <p>The calling thread is interrupted at the deadline, which ends whatever it waits for if it is a virtual one.
 */
final class Sender implements AutoCloseable {
    static final int ANSWER_BYTES_KEPT = 4096;

    private static final int HEADER_LINE_MAX = 16 << 10;
    private static final int HEADERS_MAX = 200;
    private static final int PROMISES_MAX = 10;
    /** Bounded by the lanes; these only keep the pool from being a bound of its own. */
    private static final int CONNECTIONS_MAX = 100_000;
    /** Receivers close what is idle, and many do not say when. */
    private static final TimeValue KEPT_ALIVE = TimeValue.ofSeconds(5);
    private static final TimeValue CHECKED_AFTER_IDLE = TimeValue.ofMilliseconds(200);

    private final Duration timeout;
    private final CheckedResolver resolver;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor watchdog;

    /** @param resolver closed with this */
    Sender(Duration timeout, CheckedResolver resolver) {
        this.timeout = timeout;
        this.resolver = resolver;
        this.client = client(timeout, resolver);
        this.watchdog = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
        watchdog.setRemoveOnCancelPolicy(true);
    }

    Tried send(String url, Map<String, String> headers, byte[] body) {
        long began = System.nanoTime();
        URI uri = URI.create(url);
        var post = new HttpPost(uri);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, null));
        var over = new AtomicBoolean();
        Thread me = Thread.currentThread();
        ScheduledFuture<?> deadline = watchdog.schedule(() -> {
            if (over.compareAndSet(false, true)) {
                // The one ends reading what keeps coming, the other ends waiting for what does not.
                post.cancel();
                me.interrupt();
            }
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
        var answer = new Answer();
        String error = null;
        try {
            run(uri, post, answer);
        } catch (IOException | RuntimeException e) {
            error = told(e);
        }
        boolean inTime = over.compareAndSet(false, true);
        deadline.cancel(false);
        if (!inTime) {
            Thread.interrupted();
            error = answer.status == null
                    ? "No answer within " + timeout.toMillis() + " ms"
                    : "The answer did not end within " + timeout.toMillis() + " ms";
        }
        return new Tried(url, headers, answer.status, answer.text(), error, Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
        resolver.close();
    }

    private void run(URI uri, HttpPost post, Answer answer) throws IOException {
        // Made by hand, without an address: the name is looked up by the resolver and nowhere else.
        var host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        // Not with a handler of answers: that reads them to their end.
        ClassicHttpResponse response = client.executeOpen(host, post, HttpClientContext.create());
        boolean whole = false;
        try {
            answer.status = response.getCode();
            HttpEntity entity = response.getEntity();
            whole = entity == null || answer.read(entity.getContent());
        } finally {
            if (!whole) {
                // Otherwise closing would read what is left, however much that is.
                post.cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    /** What has come so far. */
    private static final class Answer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        @Nullable Integer status;

        /** @return whether that was all of it, so that the connection can be used again */
        boolean read(InputStream in) throws IOException {
            byte[] chunk = new byte[ANSWER_BYTES_KEPT];
            while (bytes.size() < ANSWER_BYTES_KEPT) {
                int read = in.read(chunk, 0, ANSWER_BYTES_KEPT - bytes.size());
                if (read < 0) {
                    return true;
                }
                bytes.write(chunk, 0, read);
            }
            return false;
        }

        @Nullable String text() {
            // PostgreSQL's text has no zero character. What a receiver answers is not ours to trust with card numbers.
            return status == null ? null : CardNumbers.masked(bytes.toString(StandardCharsets.UTF_8).replace('\0', '?'));
        }
    }

    private static String told(Exception failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage().lines().findFirst().orElse("");
        return switch (failure) {
            case CheckedResolver.RefusedException _ -> text;
            case UnknownHostException _ -> "The name cannot be looked up: " + text;
            case SSLException _ -> "TLS: " + text;
            case NoHttpResponseException _ -> "The connection was closed without an answer";
            default -> text;
        };
    }

    /** Reads heads of answers. "100 Continue" and its like may come before one, but not without end: that would keep a processor busy. */
    private static final class ImpatientParser extends DefaultHttpResponseParser {
        private int promises;

        private ImpatientParser(Http1Config config) {
            super(config);
        }

        @Override
        public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            ClassicHttpResponse head = super.parse(buffer, in);
            promises = head != null && head.getCode() < HttpStatus.SC_SUCCESS ? promises + 1 : 0;
            if (promises > PROMISES_MAX) {
                throw new ProtocolException("Only promises of an answer, and no answer");
            }
            return head;
        }
    }

    private static CloseableHttpClient client(Duration timeout, CheckedResolver resolver) {
        Timeout each = Timeout.ofMilliseconds(timeout.toMillis());
        Http1Config heads = Http1Config.custom().setMaxLineLength(HEADER_LINE_MAX).setMaxHeaderCount(HEADERS_MAX).build();
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(heads)
                        .responseParserFactory(config -> new ImpatientParser(heads))
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(each)
                        .setSocketTimeout(each)
                        .setValidateAfterInactivity(CHECKED_AFTER_IDLE)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(each).setSupportedProtocols(TLS.V_1_3, TLS.V_1_2).build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setExpectContinueEnabled(false)
                        .setResponseTimeout(each)
                        .setDefaultKeepAlive(KEPT_ALIVE.toMilliseconds(), TimeUnit.MILLISECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }
}
