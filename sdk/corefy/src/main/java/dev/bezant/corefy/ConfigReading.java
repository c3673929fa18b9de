package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.config.Settings;
import dev.bezant.sdk.http.ProxyOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Settings by the names of properties ({@code corefy.apiKey}) or of environment variables ({@code COREFY_API_KEY}). */
final class ConfigReading {
    /** Where a variable is not simply the property in capitals. */
    private static final Map<String, String> VARIABLES = Map.of(
            "accountId", "CLIENT_KEY",
            "callbackSecrets", "WEBHOOK_SECRET",
            "cardGateUrl", "CARDGATE_URL",
            "callsPerMinute", "RATE_LIMIT_PER_MINUTE",
            "testMode", "SANDBOX_MODE");
    private static final Set<String> SHARED = Set.of("dialect", "accountId", "apiKey", "secretKey", "publicKey", "callbackSecrets", "baseUrl",
            "publicUrl", "cardGateUrl", "testMode", "integerAmounts", "capturePath", "voidPath", "retryCount", "callsPerMinute", "integrator");
    private static final String TIMEOUT_VARIABLE = "TIMEOUT_SECONDS";

    private final Settings settings;
    private final boolean variables;

    private ConfigReading(Settings settings, boolean variables) {
        this.settings = settings;
        this.variables = variables;
    }

    static CorefyConfig properties(Path file) {
        return new ConfigReading(Settings.read(file, "corefy."), false).read();
    }

    static CorefyConfig properties(Properties properties) {
        return new ConfigReading(Settings.of(properties, "corefy."), false).read();
    }

    /** Other variables of that prefix may belong to somebody else and are left alone. */
    static CorefyConfig environment(Map<String, String> environment) {
        var known = new Properties();
        environment.forEach((name, value) -> {
            boolean ours = name.equals("COREFY_" + TIMEOUT_VARIABLE) || SHARED.stream().anyMatch(key -> name.equals("COREFY_" + variable(key)));
            boolean flag = name.equals("COREFY_SANDBOX_MODE") || name.equals("COREFY_INTEGER_AMOUNTS");
            if (ours) {
                known.setProperty(name, flag ? value.toLowerCase(Locale.ROOT) : value);
            }
        });
        return new ConfigReading(Settings.of(known, "COREFY_"), true).read();
    }

    private CorefyConfig read() {
        var config = CorefyConfig.builder();
        settings.text(name("dialect")).ifPresent(word -> Dialect.of(word).ifPresentOrElse(config::dialect,
                () -> settings.problem(name("dialect"), "is '" + word + "', expected invoices or intents")));
        settings.text(name("accountId")).ifPresent(config::accountId);
        secret("apiKey").ifPresent(config::apiKey);
        secret("secretKey").ifPresent(config::secretKey);
        settings.text(name("publicKey")).ifPresent(config::publicKey);
        settings.text(name("callbackSecrets")).map(ConfigReading::secrets).ifPresent(config::callbackSecrets);
        settings.httpUri(name("baseUrl")).ifPresent(config::baseUrl);
        settings.httpUri(name("publicUrl")).ifPresent(config::publicUrl);
        settings.httpUri(name("cardGateUrl")).ifPresent(config::cardGateUrl);
        settings.bool(name("testMode")).ifPresent(config::testMode);
        settings.bool(name("integerAmounts")).ifPresent(config::integerAmounts);
        settings.text(name("capturePath")).ifPresent(config::capturePath);
        settings.text(name("voidPath")).ifPresent(config::voidPath);
        settings.integer(name("retryCount"), 0, 9).ifPresent(config::retryCount);
        settings.integer(name("callsPerMinute"), 1, 100_000).ifPresent(config::callsPerMinute);
        settings.text(name("integrator")).ifPresent(config::integrator);
        if (variables) {
            readTimeout(config);
        } else {
            readConnection(config);
        }
        // A mistake that was reported as unreadable is not reported again as missing.
        config.check((setting, message) -> {
            if (!message.startsWith("is missing") || settings.text(name(setting)).isEmpty()) {
                settings.problem(name(setting), message);
            }
        });
        settings.finish();
        return config.unchecked();
    }

    private void readTimeout(CorefyConfig.Builder config) {
        settings.integer(TIMEOUT_VARIABLE, 5, 120).ifPresent(seconds -> config.connection(CorefyConfig.Builder.connectionStandard()
                .socketTimeout(Duration.ofSeconds(seconds)).totalTimeout(Duration.ofSeconds(2L * seconds)).build()));
    }

    private void readConnection(CorefyConfig.Builder config) {
        var connection = CorefyConfig.Builder.connectionStandard();
        settings.millis("connectTimeout").ifPresent(connection::connectTimeout);
        settings.millis("socketTimeout").ifPresent(connection::socketTimeout);
        settings.millis("totalTimeout").ifPresent(connection::totalTimeout);
        settings.millis("leaseTimeout").ifPresent(connection::leaseTimeout);
        settings.integer("maxConnections", 1, 10_000).ifPresent(connection::maxConnections);
        settings.bool("connectionReuse").ifPresent(connection::connectionReuse);
        proxy().ifPresent(connection::proxy);
        config.connection(connection.build());
        settings.millis("rateLimitWait").ifPresent(config::rateLimitWait);
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

    private Optional<SecretText> secret(String key) {
        return settings.text(name(key)).map(SecretText::of);
    }

    private static List<SecretText> secrets(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(text -> !text.isEmpty()).map(SecretText::of).toList();
    }

    private String name(String key) {
        return variables ? variable(key) : key;
    }

    /** {@code retryCount} is {@code RETRY_COUNT}. */
    private static String variable(String key) {
        return VARIABLES.getOrDefault(key, key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }
}
