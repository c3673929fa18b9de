package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.config.Settings;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.ProxyOptions;
import dev.bezant.sdk.http.TlsVersion;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads the settings of a file; see {@link AcquiringConfig#fromProperties(Path, String, SecretText)}. Used once per file. */
final class ConfigReading {
    private static final String PREFIX = "acquiring.api.";
    /** How files of the vendor's other languages begin. Java reads it as a key. */
    private static final String SECTION = "[AcquiringSDK]";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

    private final Settings settings;
    private final boolean inSeconds;

    private ConfigReading(Settings settings, boolean inSeconds) {
        this.settings = settings;
        this.inSeconds = inSeconds;
    }

    static AcquiringConfig read(Path file, String clientId, SecretText clientSecret) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(List.of("cannot read " + file + ": " + e));
        }
        return read(properties, String.valueOf(file.getFileName()), clientId, clientSecret);
    }

    static AcquiringConfig read(Properties given, String source, String clientId, SecretText clientSecret) {
        boolean otherLanguage = given.containsKey(SECTION);
        var properties = new Properties();
        given.stringPropertyNames().forEach(key -> properties.setProperty(key,
                otherLanguage ? given.getProperty(key).replaceFirst("\\s+[#;].*$", "") : given.getProperty(key)));
        var settings = Settings.of(properties, source, PREFIX, UnaryOperator.identity());
        return new ConfigReading(settings, otherLanguage).config(clientId, clientSecret);
    }

    private AcquiringConfig config(String clientId, SecretText clientSecret) {
        if (clientId.isBlank() || clientSecret.isBlank()) {
            settings.problem("oauth2.clientId", "and its secret are given in code, and must not be blank");
        }
        URI endpoint = endpoint().orElse(AcquiringConfig.TEST_ENDPOINT);
        settings.text("authorizationType").filter(type -> !type.equalsIgnoreCase("OAuth2"))
                .ifPresent(type -> settings.problem("authorizationType", "is '" + type + "', expected OAuth2, the only one there is"));
        settings.requiredText("oauth2.tokenUri");
        URI tokenUri = settings.httpUri("oauth2.tokenUri").orElse(AcquiringConfig.TEST_TOKEN_URI);
        List<String> scopes = settings.text("oauth2.scopes").map(text -> List.of(text.split("[\\s,]+"))).orElse(Scope.all());
        ConnectionOptions connection = connection();
        ShoppingCartExtension extension = extension().orElse(null);
        String integrator = settings.requiredText("integrator");
        settings.finish();
        return new AcquiringConfig(endpoint, tokenUri, clientId, clientSecret, scopes, integrator, extension, connection);
    }

    private ConnectionOptions connection() {
        var options = ConnectionOptions.builder().maxConnections(AcquiringConfig.MAX_CONNECTIONS);
        Optional<Duration> connect = timeout("connectTimeout");
        Optional<Duration> socket = timeout("socketTimeout");
        Duration standard = ConnectionOptions.defaults().totalTimeout();
        // A long silence that is allowed must fit into the whole.
        Duration needed = connect.orElse(Duration.ZERO).plus(socket.orElse(Duration.ZERO));
        Duration total = timeout("totalTimeout").orElse(needed.compareTo(standard) > 0 ? needed : standard);
        connect.or(() -> unlimited("connectTimeout", total)).ifPresent(options::connectTimeout);
        socket.or(() -> unlimited("socketTimeout", total)).ifPresent(options::socketTimeout);
        options.totalTimeout(total);
        timeout("connectionRequestTimeout").ifPresent(options::leaseTimeout);
        settings.integer("maxConnections", 1, 10_000).ifPresent(options::maxConnections);
        settings.bool("connectionReuse").ifPresent(options::connectionReuse);
        tlsVersions().ifPresent(options::tlsVersions);
        proxy().ifPresent(options::proxy);
        return options.build();
    }

    /** Empty when it is absent, wrong, or without limit. */
    private Optional<Duration> timeout(String key) {
        Optional<String> text = settings.text(key).filter(value -> !value.equals("-1"));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String unit = inSeconds ? "seconds such as 30" : "milliseconds such as 30000";
        if (!text.get().matches("[0-9]{1,9}") || Long.parseLong(text.get()) == 0) {
            settings.problem(key, "is '" + text.get() + "', expected a whole number of " + unit + ", or -1 for no limit but the total one");
            return Optional.empty();
        }
        long number = Long.parseLong(text.get());
        Duration timeout = inSeconds ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            settings.problem(key, "is " + number + " milliseconds, expected at least 100; files that begin with " + SECTION + " give seconds");
            return Optional.empty();
        }
        return Optional.of(timeout);
    }

    private Optional<Duration> unlimited(String key, Duration total) {
        return settings.text(key).filter(value -> value.equals("-1")).map(value -> total);
    }

    private Optional<URI> endpoint() {
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
        settings.problem("endpoint.host", "is '" + host + "', expected a host name alone, such as " + AcquiringConfig.TEST_ENDPOINT.getHost());
        return Optional.empty();
    }

    private Optional<Set<TlsVersion>> tlsVersions() {
        Optional<String> text = settings.text("https.protocols");
        var versions = EnumSet.noneOf(TlsVersion.class);
        for (String name : text.map(list -> List.of(list.trim().split("\\s*,\\s*"))).orElse(List.of())) {
            TlsVersion.of(name).ifPresentOrElse(versions::add,
                    () -> settings.problem("https.protocols", "names '" + name + "', expected TLSv1.3 or TLSv1.2: older ones are broken"));
        }
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions);
    }

    private Optional<ProxyOptions> proxy() {
        Optional<URI> uri = settings.httpUri("proxy.uri");
        Optional<String> username = settings.text("proxy.username");
        Optional<SecretText> password = settings.text("proxy.password").map(SecretText::of);
        if (username.isPresent() != password.isPresent()) {
            settings.problem("proxy.username", "and proxy.password are given together or not at all");
            return Optional.empty();
        }
        return uri.map(address -> new ProxyOptions(address, username.orElse(null), password.orElse(null)));
    }

    private Optional<ShoppingCartExtension> extension() {
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
