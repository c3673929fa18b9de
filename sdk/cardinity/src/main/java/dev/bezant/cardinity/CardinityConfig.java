package dev.bezant.cardinity;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.config.Settings;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.ProxyOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a client needs to know, from a file or from code.
 *
 * @param baseUrl {@link #DEFAULT_BASE_URL} for test and live alike: the key pair decides the mode
 * @param integrator named in the User-Agent header, may be empty
 */
public record CardinityConfig(
        URI baseUrl, String consumerKey, SecretText consumerSecret, ConnectionOptions connection, String integrator) {
    public static final URI DEFAULT_BASE_URL = URI.create("https://api.cardinity.com/v1");

    /**
     * Reads {@code cardinity.consumerKey} and {@code cardinity.consumerSecret}, and where given {@code .baseUrl}, {@code .connectTimeout},
     * {@code .socketTimeout}, {@code .totalTimeout}, {@code .leaseTimeout} (milliseconds), {@code .maxConnections}, {@code .connectionReuse},
     * {@code .proxy.uri}, {@code .proxy.username}, {@code .proxy.password}, {@code .integrator}.
     *
     * @throws dev.bezant.sdk.error.ConfigurationException with every mistake
     */
    public static CardinityConfig fromProperties(Path file) {
        return from(Settings.read(file, "cardinity."));
    }

    public static CardinityConfig fromProperties(Properties properties) {
        return from(Settings.of(properties, "cardinity."));
    }

    private static CardinityConfig from(Settings settings) {
        String consumerKey = settings.requiredText("consumerKey");
        SecretText consumerSecret = settings.requiredSecret("consumerSecret");
        URI baseUrl = settings.httpUri("baseUrl").orElse(DEFAULT_BASE_URL);
        String integrator = settings.text("integrator").orElse("");
        var connection = ConnectionOptions.builder();
        settings.millis("connectTimeout").ifPresent(connection::connectTimeout);
        settings.millis("socketTimeout").ifPresent(connection::socketTimeout);
        settings.millis("totalTimeout").ifPresent(connection::totalTimeout);
        settings.millis("leaseTimeout").ifPresent(connection::leaseTimeout);
        settings.integer("maxConnections", 1, 10_000).ifPresent(connection::maxConnections);
        settings.bool("connectionReuse").ifPresent(connection::connectionReuse);
        proxy(settings).ifPresent(connection::proxy);
        settings.finish();
        return new CardinityConfig(baseUrl, consumerKey, consumerSecret, connection.build(), integrator);
    }

    private static Optional<ProxyOptions> proxy(Settings settings) {
        Optional<URI> uri = settings.httpUri("proxy.uri");
        Optional<String> username = settings.text("proxy.username");
        Optional<SecretText> password = settings.text("proxy.password").map(SecretText::of);
        if (username.isPresent() != password.isPresent()) {
            settings.problem("proxy.username", "and proxy.password are given together or not at all");
            return Optional.empty();
        }
        return uri.map(address -> new ProxyOptions(address, username.orElse(null), password.orElse(null)));
    }
}
