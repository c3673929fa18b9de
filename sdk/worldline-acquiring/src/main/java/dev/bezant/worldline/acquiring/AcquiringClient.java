package dev.bezant.worldline.acquiring;

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
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.logging.Obfuscator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Worldline Acquiring. Safe for many threads; make one per pair of credentials, share it, close it at the end. The calls are those of {@link #v1}. */
public final class AcquiringClient extends Client {
    private final V1Client v1;

    private AcquiringClient(Communicator communicator, boolean ownsCommunicator) {
        super(communicator, ownsCommunicator);
        this.v1 = new V1Client(Gateway.of(this, communicator));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client with the settings of a file; see {@link AcquiringConfig#fromProperties(Path, String, SecretText)}.
     *
     * @throws ConfigurationException with every mistake
     */
    public static AcquiringClient fromProperties(Path file, String clientId, SecretText clientSecret) {
        return of(AcquiringConfig.fromProperties(file, clientId, clientSecret));
    }

    public static AcquiringClient of(AcquiringConfig config) {
        return builder().config(config).build();
    }

    /**
     * A client on a communicator that others use too, made by {@link Builder#buildCommunicator()}: they share its connections and its access tokens.
     * Closing the client leaves it open.
     */
    public static AcquiringClient on(Communicator shared) {
        return new AcquiringClient(shared, false);
    }

    public V1Client v1() {
        return v1;
    }

    /** Collects the parts. The endpoint, the token URI, the credentials and the integrator have no default. */
    public static final class Builder {
        private @Nullable URI endpoint;
        private @Nullable URI tokenUri;
        private String clientId = "";
        private SecretText clientSecret = SecretText.of("");
        private List<String> scopes = Scope.all();
        private String integrator = "";
        private @Nullable ShoppingCartExtension shoppingCartExtension;
        private Headers additionalHeaders = Headers.empty();
        private ConnectionOptions connectionOptions = ConnectionOptions.builder().maxConnections(AcquiringConfig.MAX_CONNECTIONS).build();
        private @Nullable Connection connection;
        private @Nullable Authenticator authenticator;
        private @Nullable MetadataProvider metadata;
        private Marshaller marshaller = JacksonMarshaller.plain();
        private Obfuscator obfuscator = AcquiringObfuscation.rules().build();
        private @Nullable Executor executor;
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private CallObserver observer = CallObserver.none();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder config(AcquiringConfig config) {
            shoppingCartExtension = config.shoppingCartExtension();
            return endpoint(config.endpoint())
                    .tokenUri(config.tokenUri())
                    .clientId(config.clientId())
                    .clientSecret(config.clientSecret())
                    .scopes(config.scopes())
                    .integrator(config.integrator())
                    .connectionOptions(config.connection());
        }

        /** Such as {@link AcquiringConfig#TEST_ENDPOINT}, or a simulator's; without a path. */
        public Builder endpoint(URI value) {
            endpoint = value;
            return this;
        }

        /** Such as {@link AcquiringConfig#TEST_TOKEN_URI}. */
        public Builder tokenUri(URI value) {
            tokenUri = value;
            return this;
        }

        public Builder clientId(String value) {
            clientId = value;
            return this;
        }

        public Builder clientSecret(SecretText value) {
            clientSecret = value;
            return this;
        }

        /** What tokens shall permit; {@link Scope#all()} unless told otherwise, {@link Scope#of} for less. */
        public Builder scopes(List<String> value) {
            scopes = List.copyOf(value);
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

        /** Instead of OAuth 2 with the client's credentials. */
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

        /** What logs must not show; start with {@link AcquiringObfuscation#rules()}. */
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

        /** Told of every attempt, those for tokens included: these are named {@code requestToken}. */
        public Builder observer(CallObserver value) {
            observer = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** @throws ConfigurationException with every mistake */
        public AcquiringClient build() {
            return new AcquiringClient(buildCommunicator(), true);
        }

        /**
         * For {@link AcquiringClient#on}.
         *
         * @throws ConfigurationException with every mistake
         */
        public Communicator buildCommunicator() {
            var problems = problems();
            if (endpoint == null || !problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            var builder = Communicator.builder(endpoint)
                    .metadata(metadata == null ? ServerMetaInfo.of(integrator, shoppingCartExtension, additionalHeaders, clock) : metadata)
                    .requestIdHeader("Trace-Id")
                    .marshaller(marshaller)
                    .obfuscator(obfuscator)
                    .connectionOptions(connectionOptions)
                    .retryPolicy(retryPolicy)
                    .observer(observer)
                    .clock(clock);
            if (authenticator != null) {
                builder.authenticator(authenticator);
            } else if (tokenUri != null) {
                var credentials = new OAuth2Credentials(tokenUri, clientId, clientSecret, scopes);
                builder.authenticatorOn(channel -> new OAuth2Authenticator(credentials, channel));
            }
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
                problems.add("endpoint is missing, such as AcquiringConfig.TEST_ENDPOINT");
            } else if (!isWeb(endpoint) || !(endpoint.getRawPath() == null || endpoint.getRawPath().matches("/?"))) {
                problems.add("endpoint is '" + endpoint + "', expected scheme, host and port alone, such as " + AcquiringConfig.TEST_ENDPOINT);
            }
            if (authenticator == null) {
                problems.addAll(credentialProblems());
            }
            if (metadata == null && integrator.isBlank()) {
                problems.add("integrator is missing: the name of your company or software");
            }
            problems.addAll(ServerMetaInfo.problems(additionalHeaders));
            return problems;
        }

        private List<String> credentialProblems() {
            var problems = new ArrayList<String>();
            if (tokenUri == null) {
                problems.add("tokenUri is missing, such as AcquiringConfig.TEST_TOKEN_URI");
            } else if (!isWeb(tokenUri)) {
                problems.add("tokenUri is '" + tokenUri + "', expected something like " + AcquiringConfig.TEST_TOKEN_URI);
            }
            if (clientId.isBlank()) {
                problems.add("clientId is missing");
            }
            if (clientSecret.isBlank()) {
                problems.add("clientSecret is missing");
            }
            return problems;
        }

        private static boolean isWeb(URI uri) {
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        }
    }
}
