package dev.bezant.corefy;

import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.ResponseReader;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Corefy's Commerce API, one method per endpoint. Safe for many threads; make one per commerce account, share it, close it at the end. Every
 * call has an asynchronous form whose name ends in {@code Async}.
 */
public final class CorefyClient extends Client implements Corefy {
    private final CorefyConfig config;
    private final @Nullable Connection ownPool;
    private final Gateway api;
    private final Gateway publicApi;
    private final @Nullable Gateway cardGate;
    private final Doubt doubt;

    private CorefyClient(CorefyConfig config, Hosts hosts, Communicator api, Communicator publicApi, @Nullable Communicator cardGate) {
        super(api, Stream.of(publicApi, cardGate).flatMap(Stream::ofNullable).toList(), true);
        this.config = config;
        this.ownPool = hosts.ownPool();
        this.api = gateway(api);
        this.publicApi = gateway(publicApi);
        this.cardGate = cardGate == null ? null : gateway(cardGate);
        this.doubt = hosts.doubt();
    }

    public static CorefyClient of(CorefyConfig config) {
        return builder(config).build();
    }

    public static Builder builder(CorefyConfig config) {
        return new Builder(config);
    }

    @Override
    public Dialect dialect() {
        return Dialect.INVOICES;
    }

    public PaymentInvoices paymentInvoices() {
        return new PaymentInvoices(api, config, doubt);
    }

    /** @throws ConfigurationException without {@code cardGateUrl} */
    public CardGate cardGate() {
        if (cardGate == null) {
            throw new ConfigurationException(List.of("corefy.cardGateUrl is not set: cards are sent to a host of their own, which Corefy names"));
        }
        return new CardGate(cardGate, config.testMode());
    }

    public Refunds refunds(String invoiceId) {
        return new Refunds(api, config, doubt, invoiceId);
    }

    public Payouts payouts() {
        return new Payouts(api, config, doubt);
    }

    public Account account() {
        return new Account(api);
    }

    public PublicApi publicApi() {
        return new PublicApi(publicApi, config);
    }

    @Override
    public void close() {
        super.close();
        if (ownPool != null) {
            ownPool.close();
        }
    }

    private Gateway gateway(Communicator host) {
        return new Gateway(new Gateway.Calls() {
            @Override
            public <T> T call(ApiRequest request, ResponseReader<T> reader) {
                return CorefyClient.this.call(host, request, reader);
            }
        }, host);
    }

    /** What is shared between clients, or replaced in tests; all of it optional. */
    public static final class Builder {
        private final CorefyConfig config;
        private final Hosts.Parts parts = new Hosts.Parts();

        private Builder(CorefyConfig config) {
            this.config = config;
        }

        /** A connection, with its pool, that other clients use too; it is not closed with this client. */
        public Builder connection(Connection shared) {
            parts.connection = shared;
            return this;
        }

        /** Runs the asynchronous forms. */
        public Builder executor(Executor value) {
            parts.executor = value;
            return this;
        }

        /** Shared by all clients of the same credentials; without it this client counts for itself. */
        public Builder rateLimiter(RateLimiter shared) {
            parts.rateLimiter = shared;
            return this;
        }

        public Builder clock(Clock value) {
            parts.clock = value;
            return this;
        }

        /** @throws ConfigurationException if the settings are for the other dialect */
        public CorefyClient build() {
            if (config.dialect() != Dialect.INVOICES) {
                throw new ConfigurationException(List.of("corefy.dialect is " + config.dialect().word() + ": use CorefyIntentsClient, or Corefy.of"));
            }
            var hosts = new Hosts(config, parts);
            Communicator api = hosts.api(config.baseUrl(), new BasicAuthenticator(config.accountId(), config.apiKey()));
            return new CorefyClient(config, hosts, api, hosts.other(config.publicUrl()), config.cardGateUrl().map(hosts::other).orElse(null));
        }
    }
}
