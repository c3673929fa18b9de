package dev.bezant.server.connector.worldlinedirect;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.logging.Obfuscator;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.server.connector.CapturesInParts;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.connector.TellsByNotice;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.sdk.JournalLogger;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.worldline.direct.DirectClient;
import dev.bezant.worldline.direct.DirectObfuscation;
import dev.bezant.worldline.direct.MerchantClient;
import dev.bezant.worldline.direct.model.CancelPaymentResponse;
import dev.bezant.worldline.direct.model.CaptureResponse;
import dev.bezant.worldline.direct.model.CreatePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePayoutRequest;
import dev.bezant.worldline.direct.model.GetPaymentProductsParams;
import dev.bezant.worldline.direct.page.BrowserReturn;
import dev.bezant.worldline.direct.webhook.WebhookEvent;
import dev.bezant.worldline.direct.webhook.Webhooks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Worldline Direct as a connector. */
public final class WorldlineDirectConnector implements Connector, CapturesInParts, PaysOut, RepeatsByKey, TellsByNotice, TellsMethods {
    private static final Logger LOG = LoggerFactory.getLogger(WorldlineDirectConnector.class);
    private static final int CONNECTIONS_MAX = 64;
    private static final Obfuscator SHOWN = DirectObfuscation.rules().build();

    private final WorldlineDirectConfig config;
    private final DirectClient client;
    private final MerchantClient merchant;

    private WorldlineDirectConnector(WorldlineDirectConfig config, ProviderJournal.Line journal) {
        this.config = config;
        this.client = DirectClient.builder()
                .endpoint(config.url())
                .apiKeyId(config.apiKeyId())
                .secretApiKey(SecretText.of(config.secretApiKey().reveal()))
                .integrator("Bezant")
                .connectionOptions(ConnectionOptions.builder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .socketTimeout(config.timeout())
                        .totalTimeout(config.timeout())
                        .maxConnections(CONNECTIONS_MAX)
                        .build())
                // The payment path and settling decide what is tried again, not the client.
                .retryPolicy(RetryPolicy.never())
                .build();
        client.enableLogging(new JournalLogger(journal));
        this.merchant = client.merchant(config.merchantId());
    }

    /** @param timeout how long a provider's answer is waited for */
    public static ConnectorFactory factory(Duration timeout) {
        return new ConnectorFactory() {
            @Override
            public String provider() {
                return "worldline-direct";
            }

            @Override
            public Connector open(ProviderAccount account, ProviderJournal.Line journal) {
                return new WorldlineDirectConnector(WorldlineDirectConfig.of(account, timeout), journal);
            }
        };
    }

    @Override
    public Outcome pay(Payment payment, Deadline deadline) {
        CreatePaymentRequest request;
        try {
            request = WorldlineDirectMapper.payment(payment, config);
        } catch (WorldlineDirectMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        }
        var asked = new Inquiry("", payment.reference(), payment.amount(), payment.returnUrl());
        return outcome(() -> WorldlineDirectOutcomes.created(merchant.payments().createPayment(request, keyed(payment.reference(), deadline)), asked));
    }

    @Override
    public List<SupportedMethod> supportedMethods() {
        return Stream.concat(Stream.of(WorldlineDirectMethods.cards(WorldlineDirectMethods.BRANDS.keySet())),
                WorldlineDirectMethods.redirects(product -> true).stream()).toList();
    }

    @Override
    public List<SupportedMethod> supportedMethods(String country, Currency currency) {
        var asked = GetPaymentProductsParams.builder().countryCode(country).currencyCode(currency.code().toUpperCase(Locale.ROOT)).hide(List.of("fields")).build();
        try {
            var products = merchant.products().getPaymentProducts(asked).paymentProducts().stream()
                    .flatMap(product -> product.id().stream()).collect(Collectors.toSet());
            var brands = WorldlineDirectMethods.BRANDS.entrySet().stream()
                    .filter(brand -> products.contains(brand.getValue())).map(Map.Entry::getKey).collect(Collectors.toSet());
            List<SupportedMethod> cards = brands.isEmpty() ? List.of() : List.of(WorldlineDirectMethods.cards(brands));
            return Stream.concat(cards.stream(), WorldlineDirectMethods.redirects(products::contains).stream()).toList();
        } catch (SdkException e) {
            LOG.warn("Worldline Direct does not tell its products", e);
            return supportedMethods();
        }
    }

    @Override
    public Duration repeatableFor() {
        return config.repeatableFor();
    }

    @Override
    public Outcome repeat(Payment payment, Deadline deadline) {
        Outcome outcome = pay(payment, deadline);
        // That the repeat is refused says nothing of the first: a check may come before the look at the key, and the CVC may be gone.
        return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.NotSent ? new Outcome.Unknown("The repeated request was refused") : outcome;
    }

    @Override
    public Outcome repeat(MovementKind kind, Movement movement, Deadline deadline) {
        Outcome outcome = move(kind, movement, deadline);
        return outcome instanceof Outcome.NotSent ? new Outcome.Unknown("The request could not be repeated") : outcome;
    }

    /** Nothing is placed first: the request that makes a payout sends it. */
    @Override
    public Outcome payOut(Payout payout, Place place, Deadline deadline) {
        return payOut(payout, deadline);
    }

    private Outcome payOut(Payout payout, Deadline deadline) {
        CreatePayoutRequest request;
        try {
            request = WorldlineDirectMapper.payout(payout, config);
        } catch (WorldlineDirectMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        }
        return outcome(() -> WorldlineDirectOutcomes.payout(merchant.payouts().createPayout(request, keyed(payout.reference(), deadline)), payout.amount()));
    }

    @Override
    public Outcome payout(String providerId, String reference, Money amount) {
        try {
            return WorldlineDirectOutcomes.payout(merchant.payouts().getPayout(providerId), amount);
        } catch (SdkException e) {
            return new Outcome.Unknown("Worldline Direct could not be asked: " + e.getClass().getSimpleName());
        }
    }

    /** By the same request under the same key: it is answered as the first was, or carried out if that never arrived. */
    @Override
    public Outcome settlePayout(Payout payout, Deadline deadline) {
        Outcome outcome = payOut(payout, deadline);
        return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.NotSent ? new Outcome.Unknown("The repeated request was refused") : outcome;
    }

    @Override
    public Optional<Duration> payoutSettleableFor() {
        return Optional.of(config.repeatableFor());
    }

    @Override
    public boolean answers(Completion completion) {
        try {
            BrowserReturn.of(completion.fields()).verify(SecretText.of(completion.echo().getOrDefault("RETURNMAC", "")), completion.payment().providerId());
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    /** The payment has gone on by itself. */
    @Override
    public Outcome complete(Completion completion, Deadline deadline) {
        return inquire(completion.payment());
    }

    @Override
    public Outcome move(MovementKind kind, Movement movement, Deadline deadline) {
        CallContext context = keyed(movement.reference(), deadline);
        String id = movement.providerId();
        Currency currency = movement.amount().currency();
        Outcome answered = outcome(() -> switch (kind) {
            case CAPTURE -> taken(merchant.payments().capturePayment(id, WorldlineDirectMapper.capture(movement, movement.last()), context));
            case VOID -> taken(merchant.payments().cancelPayment(id, WorldlineDirectMapper.release(movement), context));
            case REFUND -> WorldlineDirectOutcomes.refund(merchant.payments().refundPayment(id, WorldlineDirectMapper.refund(movement), context), currency);
        });
        // What was taken is usually done by now; what is not is settling's business.
        return answered instanceof Outcome.Pending ? movements(kind, id, currency).stream()
                .flatMap(List::stream)
                .filter(sighting -> sighting.reference().equals(movement.reference()))
                .map(Sighting::outcome)
                .findFirst()
                .orElse(answered) : answered;
    }

    @Override
    public Outcome inquire(Inquiry payment) {
        try {
            return WorldlineDirectOutcomes.payment(merchant.payments().getPayment(payment.providerId()), payment);
        } catch (SdkException e) {
            return new Outcome.Unknown("Worldline Direct could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<List<Sighting>> movements(MovementKind kind, String providerId, Currency currency) {
        try {
            return Optional.of(merchant.payments().getPaymentDetails(providerId).operations().stream()
                    .flatMap(operation -> WorldlineDirectOutcomes.operation(kind, operation, currency).stream())
                    .toList());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Notice read(byte[] body, Function<String, @Nullable String> header) throws NotGenuine {
        if (config.webhooksKeyId() == null || config.webhooksSecret() == null) {
            throw new NotGenuine("The provider account has no webhooks_key_id and webhooks_secret to check notices with");
        }
        var keys = new InMemorySecretKeyStore().store(config.webhooksKeyId(), SecretText.of(config.webhooksSecret().reveal()));
        String shown = SHOWN.body("application/json", body);
        try {
            WebhookEvent event = Webhooks.of(keys).parse(body, headers(header, Webhooks.SIGNATURE_HEADER, Webhooks.KEY_ID_HEADER));
            return event.merchantId().equals(config.merchantId())
                    ? WorldlineDirectOutcomes.notice(event, shown)
                    : new Notice(event.fingerprint(), "of another merchant", null, null, shown);
        } catch (SignatureException e) {
            throw new NotGenuine(String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            // Genuine, but of another version, or not to be read: for an operator to look at.
            return new Notice(Integer.toHexString(Arrays.hashCode(body)), e.getClass().getSimpleName(), null, null, shown);
        }
    }

    private static Headers headers(Function<String, @Nullable String> header, String... names) {
        Headers headers = Headers.empty();
        for (String name : names) {
            String value = header.apply(name);
            headers = value == null ? headers : headers.with(name, value);
        }
        return headers;
    }

    @Override
    public boolean completesOnlyThroughUs() {
        return false;
    }

    @Override
    public Duration processingTimeMax() {
        return config.processingTimeMax();
    }

    @Override
    public Optional<String> test() {
        try {
            merchant.services().testConnection();
            return Optional.empty();
        } catch (AuthorizationException e) {
            return Optional.of("Worldline Direct refused the credentials (403): check merchant_id, api_key_id and secret_api_key, that they are of "
                    + config.url().getHost() + ", and the machine's clock");
        } catch (SdkException e) {
            return Optional.of("Worldline Direct could not be asked at " + config.url() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static Outcome taken(CaptureResponse capture) {
        return capture.id().<Outcome>map(Outcome.Pending::new).orElseGet(() -> new Outcome.Unknown("Worldline Direct answered without a capture"));
    }

    private static Outcome taken(CancelPaymentResponse cancel) {
        return cancel.payment().flatMap(payment -> payment.id()).<Outcome>map(Outcome.Pending::new)
                .orElseGet(() -> new Outcome.Unknown("Worldline Direct answered without a payment"));
    }

    private static Outcome outcome(Supplier<Outcome> call) {
        try {
            return call.get();
        } catch (InvalidRequestException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), false, Outcome.ProviderSays.NOTHING);
        } catch (SdkException e) {
            return WorldlineDirectOutcomes.failure(e);
        }
    }

    /** Our reference is the key: a request that is repeated is recognized by it. */
    private static CallContext keyed(String reference, Deadline deadline) {
        return CallContext.builder()
                .idempotenceKey(reference)
                .sendDeadline(dev.bezant.sdk.Deadline.atNanoTime(deadline.nanoTime()))
                .build();
    }
}
