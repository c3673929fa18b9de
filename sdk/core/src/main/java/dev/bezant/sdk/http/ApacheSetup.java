package dev.bezant.sdk.http;

import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.TimeValue;

/** Builds the HTTP client: straight-line settings, with the reason beside each that matters. */
final class ApacheSetup {
    private ApacheSetup() {}

    static PoolingHttpClientConnectionManager pool(ConnectionOptions options) {
        var builder = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(QuietSocketConnection::create)
                .setMaxConnTotal(options.maxConnections())
                .setMaxConnPerRoute(options.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(ApacheConnection.timeout(options.connectTimeout()))
                        .setSocketTimeout(ApacheConnection.timeout(options.socketTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(options.validateAfterIdle().toMillis()))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(ApacheConnection.timeout(options.connectTimeout()))
                        .build())
                .setTlsSocketStrategy(tls(options));
        return builder.build();
    }

    private static TlsSocketStrategy tls(ConnectionOptions options) {
        // The versions must be told to the strategy: the TlsConfig's are looked at by the asynchronous client only.
        var strategy = ClientTlsStrategyBuilder.create()
                .setTlsVersions(options.tlsVersions().stream().map(TlsVersion::tls).toArray(TLS[]::new));
        options.sslContext().ifPresent(strategy::setSslContext);
        return strategy.buildClassic();
    }

    static CloseableHttpClient client(ConnectionOptions options, PoolingHttpClientConnectionManager pool) {
        var builder = HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(requestConfig(options))
                // A request is repeated by us, knowingly, or not at all.
                .disableAutomaticRetries()
                // A redirect would carry the signed header to another host.
                .disableRedirectHandling()
                // A cookie would tie calls of different accounts together.
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "bezant-send-guard", SendGuard.handler());
        if (!options.connectionReuse()) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        options.proxy().ifPresent(proxy -> proxy(builder, proxy));
        return builder.build();
    }

    static RequestConfig requestConfig(ConnectionOptions options) {
        return RequestConfig.custom()
                .setRedirectsEnabled(false)
                // Ours is done by the Authenticator; this is only for proxies.
                .setAuthenticationEnabled(options.proxy().isPresent())
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build();
    }

    private static void proxy(HttpClientBuilder builder, ProxyOptions proxy) {
        builder.setProxy(new HttpHost(proxy.uri().getScheme(), proxy.uri().getHost(), proxy.port()));
        if (proxy.username() != null && proxy.password() != null) {
            var credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(proxy.uri().getHost(), proxy.port()),
                    new UsernamePasswordCredentials(proxy.username(), proxy.password().reveal().toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }
}
