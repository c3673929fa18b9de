package dev.bezant.corefy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ConnectionOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to know: from a file, from environment variables, or from code. Immutable, and checked as a whole when it is made.
 *
 * @see "docs/protocols/corefy.md, section 14"
 */
public final class CorefyConfig {
    /** Where the intents dialect is said to answer; the Commerce API has no common address, Corefy issues one per account. */
    public static final URI INTENTS_URL = URI.create("https://api.corefy.com");
    /** The same for trying things out. */
    public static final URI INTENTS_SANDBOX_URL = URI.create("https://api.sandbox.corefy.com");

    private final Builder values;

    private CorefyConfig(Builder values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads {@code corefy.*}; the README lists the keys.
     *
     * @throws ConfigurationException with every mistake
     */
    public static CorefyConfig fromProperties(Path file) {
        return ConfigReading.properties(file);
    }

    public static CorefyConfig fromProperties(Properties properties) {
        return ConfigReading.properties(properties);
    }

    /**
     * Reads {@code COREFY_API_KEY} and its like; the README lists the names.
     *
     * @param environment usually {@link System#getenv()}
     * @throws ConfigurationException with every mistake
     */
    public static CorefyConfig fromEnvironment(Map<String, String> environment) {
        return ConfigReading.environment(environment);
    }

    public Dialect dialect() {
        return values.dialect;
    }

    /** Of the private API, with its path prefix if it has one. */
    public URI baseUrl() {
        if (values.baseUrl != null) {
            return values.baseUrl;
        }
        return values.testMode ? INTENTS_SANDBOX_URL : INTENTS_URL;
    }

    /** Of the public API. */
    public URI publicUrl() {
        URI base = baseUrl();
        return values.publicUrl != null ? values.publicUrl : URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/public-api");
    }

    /** Where card data is sent; empty for whoever uses the hosted page only. */
    public Optional<URI> cardGateUrl() {
        return Optional.ofNullable(values.cardGateUrl);
    }

    /** The commerce account's id ({@code coma_...}), or the client key of the intents dialect. */
    public String accountId() {
        return values.accountId;
    }

    public SecretText apiKey() {
        return values.apiKey;
    }

    /** Signs requests of the intents dialect. */
    public Optional<SecretText> secretKey() {
        return Optional.ofNullable(values.secretKey);
    }

    /** Names the account to the public API. */
    public Optional<String> publicKey() {
        return Optional.ofNullable(values.publicKey);
    }

    /** Verify callbacks; several while one is being rotated. Of the Commerce API it is the {@code sk_...} key of the mode. */
    public List<SecretText> callbackSecrets() {
        return values.usedCallbackSecrets();
    }

    /** True when everything is created in test mode. */
    public boolean testMode() {
        return values.testMode;
    }

    /** True for brands whose services take whole amounts only. */
    public boolean integerAmounts() {
        return values.integerAmounts;
    }

    /** The path that captures a held payment, with {@code {id}}; empty where that is not known to work. */
    public Optional<String> capturePath() {
        return Optional.ofNullable(values.capturePath);
    }

    /** The path that releases a held payment, with {@code {id}}. */
    public Optional<String> voidPath() {
        return Optional.ofNullable(values.voidPath);
    }

    public int retryCount() {
        return values.retryCount;
    }

    public int callsPerMinute() {
        return values.callsPerMinute;
    }

    /** The longest that a call waits for its turn. */
    public Duration rateLimitWait() {
        return values.rateLimitWait;
    }

    public ConnectionOptions connection() {
        return values.connection;
    }

    /** Named in the User-Agent header, may be empty. */
    public String integrator() {
        return values.integrator;
    }

    @Override
    public String toString() {
        return "CorefyConfig[" + dialect().word() + " " + baseUrl() + ", account " + accountId() + (testMode() ? ", test mode" : "") + "]";
    }

    /** Collects the settings; {@link #build()} checks them all. */
    public static final class Builder implements Cloneable {
        private Dialect dialect = Dialect.INVOICES;
        private @Nullable URI baseUrl;
        private @Nullable URI publicUrl;
        private @Nullable URI cardGateUrl;
        private String accountId = "";
        private SecretText apiKey = SecretText.of("");
        private @Nullable SecretText secretKey;
        private @Nullable String publicKey;
        private List<SecretText> callbackSecrets = List.of();
        private boolean testMode;
        private boolean integerAmounts;
        private @Nullable String capturePath;
        private @Nullable String voidPath;
        private int retryCount = 3;
        private int callsPerMinute = 600;
        private Duration rateLimitWait = Duration.ofSeconds(2);
        private ConnectionOptions connection = connectionStandard().build();
        private String integrator = "";

        private Builder() {}

        /** Answers within 30 s, a call done within 60 s. */
        static ConnectionOptions.Builder connectionStandard() {
            return ConnectionOptions.builder().socketTimeout(Duration.ofSeconds(30)).totalTimeout(Duration.ofSeconds(60));
        }

        public Builder dialect(Dialect value) {
            dialect = value;
            return this;
        }

        /** Such as {@code https://api.example.com} or {@code https://example.com/api}. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** Default: {@code /public-api} on the host of the base URL. */
        public Builder publicUrl(URI value) {
            publicUrl = value;
            return this;
        }

        public Builder cardGateUrl(URI value) {
            cardGateUrl = value;
            return this;
        }

        public Builder accountId(String value) {
            accountId = value;
            return this;
        }

        public Builder apiKey(SecretText value) {
            apiKey = value;
            return this;
        }

        public Builder secretKey(SecretText value) {
            secretKey = value;
            return this;
        }

        public Builder publicKey(String value) {
            publicKey = value;
            return this;
        }

        public Builder callbackSecrets(List<SecretText> values) {
            callbackSecrets = List.copyOf(values);
            return this;
        }

        public Builder testMode(boolean value) {
            testMode = value;
            return this;
        }

        public Builder integerAmounts(boolean value) {
            integerAmounts = value;
            return this;
        }

        /** Such as {@code /payment-invoices/{id}/capture}. */
        public Builder capturePath(String value) {
            capturePath = value;
            return this;
        }

        /** Such as {@code /payment-invoices/{id}/void}. */
        public Builder voidPath(String value) {
            voidPath = value;
            return this;
        }

        /** Attempts beyond the first, 0 to 9; default 3. */
        public Builder retryCount(int value) {
            retryCount = value;
            return this;
        }

        /** 1 to 100000; default 600. */
        public Builder callsPerMinute(int value) {
            callsPerMinute = value;
            return this;
        }

        /** Zero or more; default 2 s. */
        public Builder rateLimitWait(Duration value) {
            rateLimitWait = value;
            return this;
        }

        public Builder connection(ConnectionOptions value) {
            connection = value;
            return this;
        }

        public Builder integrator(String value) {
            integrator = value;
            return this;
        }

        /** @throws ConfigurationException with every mistake */
        public CorefyConfig build() {
            var mistakes = new ArrayList<String>();
            check((name, message) -> mistakes.add(name + " " + message));
            if (!mistakes.isEmpty()) {
                throw new ConfigurationException(mistakes);
            }
            return unchecked();
        }

        CorefyConfig unchecked() {
            try {
                return new CorefyConfig((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        /** Told of each mistake: the setting and what is wrong with it. Values of secrets are never in it. */
        interface Mistakes {
            void add(String setting, String message);
        }

        void check(Mistakes mistakes) {
            check(mistakes, !accountId.isEmpty(), "accountId", "is missing");
            check(mistakes, accountId.indexOf(':') < 0, "accountId", "must not hold a colon");
            check(mistakes, !apiKey.isBlank(), "apiKey", "is missing");
            check(mistakes, dialect != Dialect.INVOICES || baseUrl != null, "baseUrl", "is missing: Corefy issues it with the account");
            check(mistakes, dialect != Dialect.INTENTS || (secretKey != null && !secretKey.isBlank()), "secretKey",
                    "is missing: the intents dialect signs with it");
            checkPath(mistakes, "capturePath", capturePath);
            checkPath(mistakes, "voidPath", voidPath);
            check(mistakes, retryCount >= 0 && retryCount <= 9, "retryCount", "is " + retryCount + ", expected 0 to 9");
            check(mistakes, callsPerMinute >= 1 && callsPerMinute <= 100_000, "callsPerMinute", "is " + callsPerMinute + ", expected 1 to 100000");
            check(mistakes, !rateLimitWait.isNegative(), "rateLimitWait", "is negative");
            String wrong = testMode ? "live" : "test";
            check(mistakes, publicKey == null || !publicKey.startsWith("pk_" + wrong + "_"), "publicKey", "is a " + wrong + " key, " + mode());
            check(mistakes, usedCallbackSecrets().stream().noneMatch(secret -> secret.reveal().startsWith("sk_" + wrong + "_")), "callbackSecrets",
                    "hold a " + wrong + " key, " + mode());
            check(mistakes, callbackSecrets.stream().noneMatch(SecretText::isBlank), "callbackSecrets", "hold a blank one");
        }

        /** A secret key that signs no requests can only be the one that signs callbacks. */
        private List<SecretText> usedCallbackSecrets() {
            return callbackSecrets.isEmpty() && dialect == Dialect.INVOICES && secretKey != null ? List.of(secretKey) : callbackSecrets;
        }

        private String mode() {
            return testMode ? "but testMode is on" : "but testMode is off";
        }

        private static void checkPath(Mistakes mistakes, String name, @Nullable String path) {
            check(mistakes, path == null || (path.startsWith("/") && path.contains("{id}")), name,
                    "is '" + path + "', expected a path such as /payment-invoices/{id}/capture");
        }

        private static void check(Mistakes mistakes, boolean holds, String name, String message) {
            if (!holds) {
                mistakes.add(name, message);
            }
        }
    }
}
