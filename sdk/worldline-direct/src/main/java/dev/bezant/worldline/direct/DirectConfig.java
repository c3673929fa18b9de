package dev.bezant.worldline.direct;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.config.Settings;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.ProxyOptions;
import dev.bezant.sdk.http.TlsVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know, from a file or from code.
 *
 * @param endpoint {@link #TEST_ENDPOINT} or {@link #LIVE_ENDPOINT}; scheme, host and port only
 * @param apiKeyId differs between test and live, as does its secret
 * @param integrator the merchant's company or software; the platform wants it named
 * @param shoppingCartExtension for writers of shop plugins; null for others
 * @see "docs/protocols/worldline-direct.md, section 6"
 */
public record DirectConfig(
        URI endpoint,
        String apiKeyId,
        SecretText secretApiKey,
        String integrator,
        @Nullable ShoppingCartExtension shoppingCartExtension,
        ConnectionOptions connection) {
    /** Without financial effect. */
    public static final URI TEST_ENDPOINT = URI.create("https://payment.preprod.direct.worldline-solutions.com");
    public static final URI LIVE_ENDPOINT = URI.create("https://payment.direct.worldline-solutions.com");

    static final String PREFIX = "onlinePayments.api.";
    /** As many as the vendor's own libraries open at most. */
    static final int MAX_CONNECTIONS = 10;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final List<String> KEYS = List.of("endpoint.host", "endpoint.scheme", "endpoint.port", "authorizationType",
            "connectionRequestTimeout", "connectTimeout", "socketTimeout", "totalTimeout", "maxConnections", "connectionReuse", "proxy.uri",
            "proxy.username", "proxy.password", "https.protocols", "integrator", "shoppingCartExtension.creator", "shoppingCartExtension.name",
            "shoppingCartExtension.version", "shoppingCartExtension.extensionId");

    /**
     * Reads {@code onlinePayments.api.endpoint.host} and {@code .integrator}, and where given {@code .endpoint.scheme}, {@code .endpoint.port},
     * {@code .authorizationType}, {@code .connectTimeout}, {@code .socketTimeout}, {@code .connectionRequestTimeout}, {@code .totalTimeout}
     * (milliseconds), {@code .maxConnections}, {@code .connectionReuse}, {@code .https.protocols}, {@code .proxy.uri}, {@code .proxy.username},
     * {@code .proxy.password}, {@code .shoppingCartExtension.creator}, {@code .name}, {@code .version}, {@code .extensionId}. Upper and lower case
     * are not told apart, and a doubled dot counts as one: the vendor's own pages spell the keys in several ways.
     *
     * @throws dev.bezant.sdk.error.ConfigurationException with every mistake
     */
    public static DirectConfig fromProperties(Path file, String apiKeyId, SecretText secretApiKey) {
        return from(Settings.read(file, PREFIX, DirectConfig::spelling), apiKeyId, secretApiKey);
    }

    public static DirectConfig fromProperties(Properties properties, String apiKeyId, SecretText secretApiKey) {
        return from(Settings.of(properties, PREFIX, DirectConfig::spelling), apiKeyId, secretApiKey);
    }

    private static DirectConfig from(Settings settings, String apiKeyId, SecretText secretApiKey) {
        if (apiKeyId.isBlank() || secretApiKey.isBlank()) {
            settings.problem("apiKeyId", "and secretApiKey are given in code, and must not be blank");
        }
        URI endpoint = endpoint(settings).orElse(TEST_ENDPOINT);
        settings.text("authorizationType").filter(type -> !type.equalsIgnoreCase("v1HMAC"))
                .ifPresent(type -> settings.problem("authorizationType", "is '" + type + "', expected v1HMAC, the only one there is"));
        var connection = ConnectionOptions.builder().maxConnections(MAX_CONNECTIONS);
        timeout(settings, "connectTimeout", connection::connectTimeout);
        timeout(settings, "socketTimeout", connection::socketTimeout);
        timeout(settings, "connectionRequestTimeout", connection::leaseTimeout);
        timeout(settings, "totalTimeout", connection::totalTimeout);
        settings.integer("maxConnections", 1, 10_000).ifPresent(connection::maxConnections);
        settings.bool("connectionReuse").ifPresent(connection::connectionReuse);
        tlsVersions(settings).ifPresent(connection::tlsVersions);
        proxy(settings).ifPresent(connection::proxy);
        ShoppingCartExtension extension = extension(settings).orElse(null);
        String integrator = settings.requiredText("integrator");
        settings.finish();
        return new DirectConfig(endpoint, apiKeyId, secretApiKey, integrator, extension, connection.build());
    }

    /** Any of the vendor's spellings of a key to the one that is asked for. */
    private static String spelling(String key) {
        String plain = key.replaceAll("\\.+", ".").toLowerCase(Locale.ROOT);
        for (String known : KEYS) {
            if (plain.equals((PREFIX + known).toLowerCase(Locale.ROOT))) {
                return PREFIX + known;
            }
        }
        // With the prefix as it is asked for, so that a misspelt key is reported and not taken for somebody else's.
        return plain.startsWith(PREFIX.toLowerCase(Locale.ROOT)) ? PREFIX + key.substring(key.toLowerCase(Locale.ROOT).indexOf("api.") + 4) : key;
    }

    private static Optional<URI> endpoint(Settings settings) {
        String host = settings.requiredText("endpoint.host");
        String scheme = settings.text("endpoint.scheme").orElse("https");
        int port = settings.integer("endpoint.port", -1, 65_535).orElse(-1);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            settings.problem("endpoint.scheme", "is '" + scheme + "', expected https, or http for a simulator");
            return Optional.empty();
        }
        if (host.isEmpty()) {
            return Optional.empty();
        }
        boolean usable = host.matches("[A-Za-z0-9.-]+|\\[?[0-9A-Fa-f:.]+]?");
        try {
            String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
            URI endpoint = new URI(scheme, null, literal, port, null, null, null);
            if (usable && endpoint.getHost() != null) {
                return Optional.of(endpoint);
            }
        } catch (URISyntaxException e) {
            // Told below, like a host that is none.
        }
        settings.problem("endpoint.host", "is '" + host + "', expected a host name alone, such as " + TEST_ENDPOINT.getHost());
        return Optional.empty();
    }

    private static void timeout(Settings settings, String key, Consumer<Duration> setter) {
        settings.millis(key).ifPresent(timeout -> {
            if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
                settings.problem(key, "is " + timeout.toMillis() + " milliseconds, expected at least 100; other languages' files give seconds");
            } else {
                setter.accept(timeout);
            }
        });
    }

    private static Optional<Set<TlsVersion>> tlsVersions(Settings settings) {
        Optional<String> text = settings.text("https.protocols");
        var versions = EnumSet.noneOf(TlsVersion.class);
        for (String name : text.map(list -> List.of(list.trim().split("\\s*,\\s*"))).orElse(List.of())) {
            TlsVersion.of(name).ifPresentOrElse(versions::add,
                    () -> settings.problem("https.protocols", "names '" + name + "', expected TLSv1.3 or TLSv1.2: older ones are broken"));
        }
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions);
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

    private static Optional<ShoppingCartExtension> extension(Settings settings) {
        Map<String, Optional<String>> parts = new LinkedHashMap<>();
        for (String part : List.of("creator", "name", "version", "extensionId")) {
            parts.put(part, settings.text("shoppingCartExtension." + part));
        }
        if (parts.values().stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        String creator = settings.requiredText("shoppingCartExtension.creator");
        String name = settings.requiredText("shoppingCartExtension.name");
        String version = settings.requiredText("shoppingCartExtension.version");
        boolean complete = !creator.isEmpty() && !name.isEmpty() && !version.isEmpty();
        return complete
                ? Optional.of(new ShoppingCartExtension(creator, name, version, settings.text("shoppingCartExtension.extensionId").orElse(null)))
                : Optional.empty();
    }
}
