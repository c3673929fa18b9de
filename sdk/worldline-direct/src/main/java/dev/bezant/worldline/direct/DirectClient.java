package dev.bezant.worldline.direct;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.CallObserver;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.logging.Obfuscator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Worldline Direct. Safe for many threads; make one per key pair, share it, close it at the end. The calls are those of {@link #merchant}. */
public final class DirectClient extends Client {
    private final Errors errors;
    private final @Nullable String clientMetaInfo;

    private DirectClient(Communicator communicator, boolean ownsCommunicator, @Nullable String clientMetaInfo) {
        super(communicator, ownsCommunicator);
        this.errors = new Errors(communicator.marshaller(), communicator.clock());
        this.clientMetaInfo = clientMetaInfo;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client with the settings of a file; see {@link DirectConfig#fromProperties(Path, String, SecretText)}.
     *
     * @throws ConfigurationException with every mistake
     */
    public static DirectClient fromProperties(Path file, String apiKeyId, SecretText secretApiKey) {
        return of(DirectConfig.fromProperties(file, apiKeyId, secretApiKey));
    }

    public static DirectClient of(DirectConfig config) {
        return builder().config(config).build();
    }

    /** A client on a communicator that others use too, made by {@link Builder#buildCommunicator()}; closing the client leaves it open. */
    public static DirectClient on(Communicator shared) {
        return new DirectClient(shared, false, null);
    }

    /**
     * The calls for one account; costs nothing.
     *
     * @param merchantId the PSPID
     */
    public MerchantClient merchant(String merchantId) {
        return new MerchantClient(new Gateway(this, communicator(), errors, merchantId, clientHeaders()));
    }

    /**
     * A client on the same communicator that tells the platform about the payer's device with every call.
     *
     * @param json what the payer's app or page collected; null for nothing
     * @return this client when nothing changes. Closing the new one leaves the communicator open.
     * @throws IllegalArgumentException when it is not JSON
     */
    public DirectClient withClientMetaInfo(@Nullable String json) {
        if (Objects.equals(json, clientMetaInfo)) {
            return this;
        }
        if (json != null) {
            try {
                JacksonMarshaller.plain().unmarshal(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            } catch (MalformedJsonException e) {
                throw new IllegalArgumentException("the client meta info is not JSON", e);
            }
        }
        return new DirectClient(communicator(), false, json);
    }

    private Headers clientHeaders() {
        return clientMetaInfo == null
                ? Headers.empty()
                : Headers.of("X-GCS-ClientMetaInfo", Base64.getEncoder().encodeToString(clientMetaInfo.getBytes(StandardCharsets.UTF_8)));
    }

    /** Collects the parts. The endpoint, the key pair and the integrator have no default. */
    public static final class Builder {
        private @Nullable URI endpoint;
        private String apiKeyId = "";
        private SecretText secretApiKey = SecretText.of("");
        private String integrator = "";
        private @Nullable ShoppingCartExtension shoppingCartExtension;
        private Headers additionalHeaders = Headers.empty();
        private ConnectionOptions connectionOptions = ConnectionOptions.builder().maxConnections(DirectConfig.MAX_CONNECTIONS).build();
        private @Nullable Connection connection;
        private @Nullable Authenticator authenticator;
        private @Nullable MetadataProvider metadata;
        private Marshaller marshaller = JacksonMarshaller.plain();
        private Obfuscator obfuscator = DirectObfuscation.rules().build();
        private @Nullable Executor executor;
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private CallObserver observer = CallObserver.none();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder config(DirectConfig config) {
            shoppingCartExtension = config.shoppingCartExtension();
            return endpoint(config.endpoint())
                    .apiKeyId(config.apiKeyId())
                    .secretApiKey(config.secretApiKey())
                    .integrator(config.integrator())
                    .connectionOptions(config.connection());
        }

        /** {@link DirectConfig#TEST_ENDPOINT}, {@link DirectConfig#LIVE_ENDPOINT} or a simulator's; without a path. */
        public Builder endpoint(URI value) {
            endpoint = value;
            return this;
        }

        public Builder apiKeyId(String value) {
            apiKeyId = value;
            return this;
        }

        public Builder secretApiKey(SecretText value) {
            secretApiKey = value;
            return this;
        }

        /** The merchant's company or software, told to the platform with every call. */
        public Builder integrator(String value) {
            integrator = value;
            return this;
        }

        public Builder shoppingCartExtension(ShoppingCartExtension value) {
            shoppingCartExtension = value;
            return this;
        }

        /** Sent with every call; none of those that the SDK sets itself. */
        public Builder additionalHeaders(Headers value) {
            additionalHeaders = value;
            return this;
        }

        public Builder connectionOptions(ConnectionOptions value) {
            connectionOptions = value;
            return this;
        }

        /** A connection, with its pool, that other clients use too; it is not closed with this client. */
        public Builder connection(Connection shared) {
            connection = shared;
            return this;
        }

        /** Instead of v1HMAC with the key pair. */
        public Builder authenticator(Authenticator value) {
            authenticator = value;
            return this;
        }

        /** Instead of the meta info made of integrator, extension and additional headers. */
        public Builder metadata(MetadataProvider value) {
            metadata = value;
            return this;
        }

        public Builder marshaller(Marshaller value) {
            marshaller = value;
            return this;
        }

        /** What logs must not show; start with {@link DirectObfuscation#rules()}. */
        public Builder obfuscator(Obfuscator value) {
            obfuscator = value;
            return this;
        }

        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        public Builder retryPolicy(RetryPolicy value) {
            retryPolicy = value;
            return this;
        }

        public Builder observer(CallObserver value) {
            observer = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** @throws ConfigurationException with every mistake */
        public DirectClient build() {
            return new DirectClient(buildCommunicator(), true, null);
        }

        /**
         * For {@link DirectClient#on}.
         *
         * @throws ConfigurationException with every mistake
         */
        public Communicator buildCommunicator() {
            var problems = problems();
            if (endpoint == null || !problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            var builder = Communicator.builder(endpoint)
                    .authenticator(authenticator == null ? new V1HmacAuthenticator(apiKeyId, secretApiKey, clock) : authenticator)
                    .metadata(metadata == null ? ServerMetaInfo.of(integrator, shoppingCartExtension, additionalHeaders) : metadata)
                    .idempotenceHeader(Idempotence.KEY_HEADER)
                    .marshaller(marshaller)
                    .obfuscator(obfuscator)
                    .connectionOptions(connectionOptions)
                    .retryPolicy(retryPolicy)
                    .observer(observer)
                    .clock(clock);
            if (connection != null) {
                builder.connection(connection);
            }
            if (executor != null) {
                builder.executor(executor);
            }
            return builder.build();
        }

        private List<String> problems() {
            var problems = new ArrayList<String>();
            if (endpoint == null) {
                problems.add("endpoint is missing: DirectConfig.TEST_ENDPOINT or DirectConfig.LIVE_ENDPOINT");
            } else if (!isOrigin(endpoint)) {
                problems.add("endpoint is '" + endpoint + "', expected scheme, host and port alone, such as " + DirectConfig.TEST_ENDPOINT);
            }
            if (authenticator == null && apiKeyId.isBlank()) {
                problems.add("apiKeyId is missing");
            }
            if (authenticator == null && secretApiKey.isBlank()) {
                problems.add("secretApiKey is missing");
            }
            if (metadata == null && integrator.isBlank()) {
                problems.add("integrator is missing: the name of your company or software");
            }
            problems.addAll(ServerMetaInfo.problems(additionalHeaders));
            return problems;
        }

        private static boolean isOrigin(URI uri) {
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean pathless = uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
            return web && uri.getHost() != null && pathless && uri.getRawUserInfo() == null && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        }
    }
}
