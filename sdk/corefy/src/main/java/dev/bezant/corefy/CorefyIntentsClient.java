package dev.bezant.corefy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.ApiRequest;
import dev.bezant.sdk.http.Client;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.ResponseReader;
import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The intents dialect: payment intents, customers and refunds under {@code /v1}, every request signed. Safe for many threads; make one per account,
 * share it, close it at the end. {@link CorefyClient} speaks what Corefy's own documentation describes.
 */
public final class CorefyIntentsClient extends Client implements Corefy {
    private final Gateway gateway;
    private final CorefyConfig config;
    private final @Nullable Connection ownPool;

    private CorefyIntentsClient(CorefyConfig config, Hosts hosts, Communicator communicator) {
        super(communicator, true);
        this.config = config;
        this.ownPool = hosts.ownPool();
        this.gateway = new Gateway(new Gateway.Calls() {
            @Override
            public <T> T call(ApiRequest request, ResponseReader<T> reader) {
                return CorefyIntentsClient.this.call(request, reader);
            }
        }, communicator);
    }

    public static CorefyIntentsClient of(CorefyConfig config) {
        return builder(config).build();
    }

    public static Builder builder(CorefyConfig config) {
        return new Builder(config);
    }

    @Override
    public Dialect dialect() {
        return Dialect.INTENTS;
    }

    public PaymentIntents paymentIntents() {
        return new PaymentIntents(gateway, config.testMode());
    }

    public IntentCustomers customers() {
        return new IntentCustomers(gateway, config.testMode());
    }

    public IntentRefund refund(String paymentId, @Nullable BigDecimal amount, @Nullable String reason) {
        return refund(paymentId, amount, reason, CallContext.none());
    }

    /**
     * Gives money back. Never sent twice; the dialect has no way to ask for a refund, so after an exception whose {@code mayHaveTakenEffect()} is true
     * look at the payment's refunded amount.
     *
     * @param amount null for all that is left
     */
    public IntentRefund refund(String paymentId, @Nullable BigDecimal amount, @Nullable String reason, CallContext context) {
        var violations = new Violations();
        violations.check(!paymentId.isBlank(), "payment_id", "must not be blank");
        violations.length("reason", reason, 0, 255);
        if (amount != null) {
            violations.amount(amount, false);
        }
        violations.finish();
        var body = new LinkedHashMap<String, Object>();
        body.put("payment_id", paymentId);
        Json.put(body, "reason", reason);
        Json.put(body, "amount", amount == null ? null : Amounts.written(amount, false));
        return gateway.call(ApiRequest.post("/refunds", body, context), json -> IntentRefund.of(JsonFields.of(json)));
    }

    public CompletableFuture<IntentRefund> refundAsync(
            String paymentId, @Nullable BigDecimal amount, @Nullable String reason, CallContext context) {
        return gateway.async(() -> refund(paymentId, amount, reason, context));
    }

    @Override
    public void close() {
        super.close();
        if (ownPool != null) {
            ownPool.close();
        }
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
        public CorefyIntentsClient build() {
            if (config.dialect() != Dialect.INTENTS) {
                throw new ConfigurationException(List.of("corefy.dialect is " + config.dialect().word() + ": use CorefyClient, or Corefy.of"));
            }
            var hosts = new Hosts(config, parts);
            SecretText secretKey = config.secretKey().orElse(SecretText.of(""));
            URI url = URI.create(config.baseUrl().toString().replaceAll("/+$", "") + "/v1");
            Communicator api = hosts.api(url, new IntentsAuthenticator(config.apiKey(), secretKey, config.accountId(), parts.clock));
            return new CorefyIntentsClient(config, hosts, api);
        }
    }
}
