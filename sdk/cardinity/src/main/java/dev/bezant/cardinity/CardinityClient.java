package dev.bezant.cardinity;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.json.JacksonMarshaller;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Cardinity, one method per endpoint. Safe for many threads; make one per key pair, share it, close it at the end. Every method has an
 * asynchronous form whose name ends in {@code Async}.
 */
public final class CardinityClient extends Client {
    private final Gateway gateway;

    private CardinityClient(Communicator communicator, boolean ownsCommunicator) {
        super(communicator, ownsCommunicator);
        gateway = new Gateway(this, communicator);
    }

    public static Builder builder() {
        return new Builder();
    }

    public static CardinityClient of(CardinityConfig config) {
        return builder().config(config).build();
    }

    /** A client on a communicator that others use too, made by {@link Builder#buildCommunicator()}; closing the client leaves it open. */
    public static CardinityClient on(Communicator shared) {
        return new CardinityClient(shared, false);
    }

    public Payments payments() {
        return new Payments(gateway);
    }

    public Refunds refunds(String paymentId) {
        return new Refunds(gateway, paymentId);
    }

    public Settlements settlements(String paymentId) {
        return new Settlements(gateway, paymentId);
    }

    public Voids voids(String paymentId) {
        return new Voids(gateway, paymentId);
    }

    public Chargebacks chargebacks(String paymentId) {
        return new Chargebacks(gateway, paymentId);
    }

    public AllChargebacks chargebacks() {
        return new AllChargebacks(gateway);
    }

    public PaymentLinks paymentLinks() {
        return new PaymentLinks(gateway);
    }

    /** Collects the parts; only the key pair has no default. */
    public static final class Builder {
        private URI baseUrl = CardinityConfig.DEFAULT_BASE_URL;
        private String consumerKey = "";
        private SecretText consumerSecret = SecretText.of("");
        private String integrator = "";
        private ConnectionOptions connectionOptions = ConnectionOptions.defaults();
        private @Nullable Connection connection;
        private @Nullable Executor executor;
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private Clock clock = Clock.systemUTC();
        private NonceSource nonces = NonceSource.random();

        private Builder() {}

        public Builder config(CardinityConfig config) {
            return baseUrl(config.baseUrl())
                    .consumerKey(config.consumerKey())
                    .consumerSecret(config.consumerSecret())
                    .connectionOptions(config.connection())
                    .integrator(config.integrator());
        }

        /** With the version in its path, such as {@code http://localhost:8091/v1}. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        public Builder consumerKey(String value) {
            consumerKey = value;
            return this;
        }

        public Builder consumerSecret(SecretText value) {
            consumerSecret = value;
            return this;
        }

        /** Named in the User-Agent header. */
        public Builder integrator(String value) {
            integrator = value;
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

        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        public Builder retryPolicy(RetryPolicy value) {
            retryPolicy = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        public Builder nonces(NonceSource value) {
            nonces = value;
            return this;
        }

        public CardinityClient build() {
            return new CardinityClient(buildCommunicator(), true);
        }

        /** For {@link CardinityClient#on}. */
        public Communicator buildCommunicator() {
            var userAgent = MetadataProvider.userAgent("bezant-sdk-cardinity", integrator);
            var builder = Communicator.builder(baseUrl)
                    .authenticator(new OAuth1Authenticator(consumerKey, consumerSecret, clock, nonces))
                    .metadata(() -> userAgent.headers().and(Headers.of("Cardinity-Version", "v1")))
                    .marshaller(JacksonMarshaller.snakeCase())
                    .obfuscator(CardinityObfuscation.OBFUSCATOR)
                    .connectionOptions(connectionOptions)
                    .retryPolicy(retryPolicy)
                    .clock(clock);
            if (connection != null) {
                builder.connection(connection);
            }
            if (executor != null) {
                builder.executor(executor);
            }
            return builder.build();
        }
    }
}
