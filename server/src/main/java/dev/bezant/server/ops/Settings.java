package dev.bezant.server.ops;

import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.providerlog.ProviderLogSettings;
import dev.bezant.server.requestlog.RequestLogSettings.Keep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything that can be set, with the values of this run. All of them are valid: mistakes do not get this far. */
public final class Settings {
    /** How log lines look. */
    public enum LogFormat {
        AUTO,
        JSON,
        TEXT
    }

    /** Which log lines there are. */
    public enum LogLevel {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** In which modes webhooks may be sent to this machine and into private networks. */
    public enum PrivateAddresses {
        NONE,
        TEST,
        ALL
    }

    static final int PORT_STANDARD = 8080;

    public static final Setting<String> HOST = Setting.text("server.host", "127.0.0.1", "The address to listen on; 0.0.0.0 is every one.");
    public static final Setting<Integer> PORT =
            Setting.whole("server.port", PORT_STANDARD, 0, 65535, "The port of the API and the pages; 0 takes a free one.");
    public static final Setting<String> PUBLIC_URL =
            Setting.origin("server.public_url", "Where payers' browsers reach this server; by default its own address.");
    public static final Setting<List<AddressRange>> TRUSTED_PROXIES = Setting.list("server.trusted_proxies",
            "addresses or CIDR ranges with commas between them, such as 10.0.0.0/8, 192.168.1.7",
            "Proxies in front of this server, whose X-Forwarded-For and X-Forwarded-Proto are believed.", AddressRange::parse);
    public static final Setting<Boolean> PLAIN_LIVE = Setting.flag("server.plain_live", false,
            "Whether live keys are taken over plain HTTP from other machines; without it only from this one, or through a trusted proxy that encrypts.");
    public static final Setting<List<String>> ORIGINS = Setting.list("server.origins",
            "origins such as https://shop.example with commas between them, or *",
            "From which web pages live publishable keys may be used; those of test mode may be used from anywhere.",
            text -> text.equals("*") || Setting.isOrigin(text) ? Optional.of(text) : Optional.empty());
    public static final Setting<Integer> DRAIN_SECONDS =
            Setting.whole("server.drain_seconds", 10, 0, 600, "How long running requests may take to end when the server stops.");
    public static final Setting<String> DATABASE_URL =
            new Setting<>("database.url", "", "a JDBC URL such as jdbc:postgresql://db.example.com:5432/bezant", false,
                    "The database; by default a PostgreSQL of our own in the data directory.",
                    text -> text.isEmpty() || text.startsWith("jdbc:postgresql:") ? Optional.of(text) : Optional.empty());
    public static final Setting<String> DATABASE_USER = Setting.text("database.user", "", "The user, unless the URL names it.");
    public static final Setting<String> DATABASE_PASSWORD = Setting.secret("database.password", "The user's password.");
    public static final Setting<Integer> DATABASE_CONNECTIONS =
            Setting.whole("database.connections", 32, 2, 1000, "The most connections this node keeps to the database.");
    public static final Setting<String> REDIS_URL = new Setting<>("redis.url", "", "an address such as redis://cache.example.com:6379, or file:/path of a file that holds it",
            true, "A Redis that counts requests for the rate limits of all nodes together; by default each node counts its own.",
            text -> text.isEmpty() || text.startsWith("redis://") || text.startsWith("rediss://") || text.startsWith("file:") ? Optional.of(text) : Optional.empty());
    public static final Setting<Boolean> RATE_LIMITS_COUNT_READS = Setting.flag("rate_limits.count_reads", false,
            "Whether reading payment intents counts against the limit of their writes too.");
    public static final Setting<Boolean> SANDBOX_ENABLED =
            Setting.flag("sandbox.enabled", true, "Whether the simulated providers are started beside the server.");
    public static final Setting<String> SANDBOX_PORT = new Setting<>("sandbox.port", "auto", "auto, or a whole number from 0 to 65000", false,
            "The port of the sandbox's control API, the providers follow; 0 takes free ports; auto is 8090 beside port 8080, else free ports.",
            text -> text.equals("auto") ? Optional.of(text)
                    : Setting.whole("", 0, 0, 65000, "").parse().apply(text).map(String::valueOf));
    public static final Setting<Integer> SEND_WINDOW_MS = Setting.whole("payments.send_window_ms", 5000, 100, 60_000,
            "How long after it was committed a payment may still be sent, in milliseconds.");
    public static final Setting<Integer> PROVIDER_TIMEOUT_MS = Setting.whole("payments.provider_timeout_ms", 30_000, 100, 300_000,
            "How long a provider's answer is waited for, in milliseconds; then the outcome is unknown and is settled later.");
    public static final Setting<Integer> CHALLENGE_MINUTES = Setting.whole("payments.challenge_minutes", 60, 1, 1440,
            "How long a payer may take for a 3-D Secure challenge.");
    public static final Setting<Integer> AUTHORIZATION_DAYS = Setting.whole("payments.authorization_days", 7, 1, 30,
            "How long an authorization waits for its capture; then it is released and its payment intent canceled.");
    public static final Setting<Integer> WEBHOOK_TIMEOUT_MS = Setting.whole("webhooks.timeout_ms", 20_000, 100, 120_000,
            "How long a webhook endpoint may take for one try in all, in milliseconds.");
    public static final Setting<PrivateAddresses> WEBHOOK_PRIVATE_ADDRESSES = Setting.choice("webhooks.private_addresses", PrivateAddresses.TEST,
            "In which modes webhooks may be sent to this machine and into private networks: none, test, or all.");
    public static final Setting<Keep> REQUEST_LOG_KEEP = Setting.choice("request_log.keep", Keep.ALL,
            "What is kept of every request of the API, for its sender to look at: all of it but secrets, all but parameters and answers, or nothing.");
    public static final Setting<Integer> REQUEST_LOG_DAYS =
            Setting.whole("request_log.days", 30, 1, 3650, "How many days a request is kept in the request log.");
    public static final Setting<ProviderLogSettings.Keep> PROVIDER_LOG_KEEP = Setting.choice("provider_log.keep", ProviderLogSettings.Keep.ALL,
            "What is kept of every call to a provider, masked: all of it, all but what was sent and answered, or nothing.");
    public static final Setting<Integer> PROVIDER_LOG_DAYS =
            Setting.whole("provider_log.days", 30, 1, 3650, "How many days a call to a provider is kept.");
    public static final Setting<Integer> AVAILABLE_DAYS = Setting.whole("balance.available_days", 0, 0, 90,
            "How many days after a movement its money counts as available in the balance; no provider tells when it pays out.");
    public static final Setting<Integer> DISPUTE_POLL_SECONDS = Setting.whole("disputes.poll_seconds", 300, 10, 86_400,
            "How often a provider account is asked for disputes, in seconds.");
    public static final Setting<Integer> DISPUTE_TEST_POLL_SECONDS = Setting.whole("disputes.test_poll_seconds", 5, 1, 86_400,
            "The same for provider accounts of test mode.");
    public static final Setting<String> COREFY_API_KEY = Setting.secret("corefy.api_key",
            "The API key of the account at Corefy that is used where an account here has none of its own.");
    public static final Setting<String> COREFY_SECRET_KEY = Setting.secret("corefy.secret_key",
            "Its secret key: what callbacks are signed with where corefy.webhook_secret does not say otherwise.");
    public static final Setting<String> COREFY_CLIENT_KEY = Setting.text("corefy.client_key", "", "The id of the commerce account, such as coma_...");
    public static final Setting<String> COREFY_BASE_URL = Setting.address("corefy.base_url",
            "Corefy's API with its path, if it has one; by default https://api.corefy.com, in sandbox mode https://api.sandbox.corefy.com.");
    public static final Setting<String> COREFY_CARDGATE_URL = Setting.address("corefy.cardgate_url", "Where cards are sent; Corefy tells it with the account.");
    public static final Setting<String> COREFY_WEBHOOK_SECRET = Setting.secret("corefy.webhook_secret", "What callbacks are signed with.");
    public static final Setting<Integer> COREFY_TIMEOUT_SECONDS =
            Setting.whole("corefy.timeout_seconds", 30, 5, 120, "How long an answer of Corefy is waited for, in seconds.");
    public static final Setting<Integer> COREFY_RETRY_COUNT = Setting.whole("corefy.retry_count", 3, 0, 9,
            "How often reading from Corefy is tried again; what moves money is never sent again, but looked for.");
    public static final Setting<Integer> COREFY_RATE_LIMIT_PER_MINUTE =
            Setting.whole("corefy.rate_limit_per_minute", 600, 2, 1000, "The most calls to Corefy's API per minute.");
    public static final Setting<Boolean> COREFY_SANDBOX_MODE = Setting.flag("corefy.sandbox_mode", false,
            "Whether that account is for test mode; else it is for real payments.");
    public static final Setting<String> CHECKPOINTS = Setting.text("test.checkpoints", "",
            "A directory; the server stops at a named place of a payment while a file of that name lies there. For crash tests alone.");
    public static final Setting<LogFormat> LOG_FORMAT =
            Setting.choice("log.format", LogFormat.AUTO, "JSON lines, text for people, or text exactly when on a terminal.");
    public static final Setting<LogLevel> LOG_LEVEL = Setting.choice("log.level", LogLevel.INFO, "The least level that is logged.");

    /** In the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(HOST, PORT, PUBLIC_URL, TRUSTED_PROXIES, PLAIN_LIVE, ORIGINS, DRAIN_SECONDS, DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD,
            DATABASE_CONNECTIONS, REDIS_URL, RATE_LIMITS_COUNT_READS, SANDBOX_ENABLED, SANDBOX_PORT, SEND_WINDOW_MS, PROVIDER_TIMEOUT_MS, CHALLENGE_MINUTES,
            AUTHORIZATION_DAYS, WEBHOOK_TIMEOUT_MS, WEBHOOK_PRIVATE_ADDRESSES, REQUEST_LOG_KEEP, REQUEST_LOG_DAYS, PROVIDER_LOG_KEEP, PROVIDER_LOG_DAYS, AVAILABLE_DAYS,
            DISPUTE_POLL_SECONDS, DISPUTE_TEST_POLL_SECONDS, COREFY_API_KEY, COREFY_SECRET_KEY, COREFY_CLIENT_KEY, COREFY_BASE_URL, COREFY_CARDGATE_URL,
            COREFY_WEBHOOK_SECRET, COREFY_TIMEOUT_SECONDS, COREFY_RETRY_COUNT, COREFY_RATE_LIMIT_PER_MINUTE, COREFY_SANDBOX_MODE, CHECKPOINTS, LOG_FORMAT,
            LOG_LEVEL);

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)((?:password|sslpassword)=)[^&]*|(?<=//)[^/@]*:[^/@]*(?=@)");

    /**
     * A value before it is understood.
     *
     * @param source for people: {@code bezant.properties:14}, {@code environment BEZANT_SERVER_PORT}, {@code --port}
     */
    record Given(String text, String source) {}

    private final Map<Setting<?>, Given> values;

    /** @param values valid ones for every setting */
    Settings(Map<Setting<?>, Given> values) {
        this.values = Map.copyOf(values);
    }

    public <T> T get(Setting<T> setting) {
        return setting.parse().apply(given(setting).text()).orElseThrow();
    }

    /** Null if it is not set. */
    public @Nullable Secret secret(Setting<String> setting) {
        String text = get(setting);
        return text.isEmpty() ? null : Secret.of(text);
    }

    /** Null if it is not set. */
    public @Nullable String textOrNull(Setting<String> setting) {
        String text = get(setting);
        return text.isEmpty() ? null : text;
    }

    /** Every setting as {@code key = value  # source}, secrets masked. */
    List<String> lines() {
        var lines = new LinkedHashMap<String, String>();
        ALL.forEach(setting -> lines.put(setting.key() + " = " + masked(setting, given(setting).text()), given(setting).source()));
        return lines.entrySet().stream().map(line -> line.getKey() + "  # " + line.getValue()).toList();
    }

    static String masked(Setting<?> setting, String text) {
        if (setting.secret()) {
            return text.isEmpty() ? "" : "***";
        }
        return setting.equals(DATABASE_URL) ? PASSWORD_IN_URL.matcher(text).replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + "***") : text;
    }

    private Given given(Setting<?> setting) {
        Given given = values.get(setting);
        if (given == null) {
            throw new IllegalArgumentException(setting.key() + " is not in the list of settings");
        }
        return given;
    }

    @Override
    public String toString() {
        return "Settings" + lines();
    }
}
