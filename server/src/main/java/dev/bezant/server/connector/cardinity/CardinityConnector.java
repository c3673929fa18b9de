package dev.bezant.server.connector.cardinity;

import dev.bezant.cardinity.CardinityClient;
import dev.bezant.cardinity.Chargeback;
import dev.bezant.cardinity.PaymentOutcome;
import dev.bezant.cardinity.PaymentRequest;
import dev.bezant.cardinity.PaymentVoid;
import dev.bezant.cardinity.Payments;
import dev.bezant.cardinity.Refund;
import dev.bezant.cardinity.RefundOutcome;
import dev.bezant.cardinity.Settlement;
import dev.bezant.cardinity.SettlementOutcome;
import dev.bezant.cardinity.VoidOutcome;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.FindsByListing;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.ReportsDisputes;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.VerifiesCards;
import dev.bezant.server.connector.sdk.JournalLogger;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cardinity as a connector. */
public sealed class CardinityConnector implements Connector, FindsByListing, VerifiesCards, ReportsDisputes, TellsMethods permits CardinityWithEvidence {
    private static final int CONNECTIONS_MAX = 64;
    /** Those that it names in public (section 10), as the API names them. */
    private static final List<String> BRANDS = List.of("diners", "maestro", "mastercard", "visa");

    private final CardinityConfig config;
    private final CardinityClient client;

    CardinityConnector(CardinityConfig config, ProviderJournal.Line journal) {
        this.config = config;
        this.client = client(config).build();
        client.enableLogging(new JournalLogger(journal));
    }

    static CardinityClient.Builder client(CardinityConfig config) {
        return CardinityClient.builder()
                .baseUrl(URI.create(config.url() + "/v1"))
                .consumerKey(config.consumerKey())
                .consumerSecret(SecretText.of(config.consumerSecret().reveal()))
                .integrator("Bezant")
                .connectionOptions(ConnectionOptions.builder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .socketTimeout(config.timeout())
                        .totalTimeout(config.timeout())
                        .maxConnections(CONNECTIONS_MAX)
                        .build())
                // The payment path decides what is tried again, not the client.
                .retryPolicy(RetryPolicy.never());
    }

    /** @param timeout how long a provider's answer is waited for */
    public static ConnectorFactory factory(Duration timeout) {
        return new ConnectorFactory() {
            @Override
            public String provider() {
                return "cardinity";
            }

            @Override
            public Connector open(ProviderAccount account, ProviderJournal.Line journal) {
                CardinityConfig config = CardinityConfig.of(account, timeout);
                return config.evidenceUrl() == null ? new CardinityConnector(config, journal) : new CardinityWithEvidence(config, config.evidenceUrl(), journal);
            }
        };
    }

    @Override
    public Outcome pay(Payment payment, Deadline deadline) {
        if (payment.instrument() instanceof Card card && card.cvc() == null && payment.credential() == null) {
            return new Outcome.Rejected("Cardinity needs the card's CVC, or an earlier approved payment with the card: collect the CVC again",
                    true, Outcome.ProviderSays.NOTHING, DeclineCode.INCORRECT_CVC);
        }
        PaymentRequest request;
        try {
            request = CardinityMapper.payment(payment, config);
        } catch (CardinityMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        }
        var asked = new Inquiry("", payment.reference(), payment.amount(), payment.returnUrl());
        return outcome(() -> CardinityOutcomes.payment(client.payments().create(request, until(deadline)), asked));
    }

    /** An authorization of 0.00, which nothing is ever captured of. */
    @Override
    public Outcome verify(Payment payment, Deadline deadline) {
        return pay(payment, deadline);
    }

    @Override
    public boolean answers(Completion completion) {
        Map<String, String> fields = completion.fields();
        String echoed = fields.getOrDefault("threeDSSessionData", fields.getOrDefault("MD", ""));
        return (fields.containsKey("cres") || fields.containsKey("PaRes")) && completion.payment().reference().equals(reference(echoed));
    }

    @Override
    public Outcome complete(Completion completion, Deadline deadline) {
        Inquiry asked = completion.payment();
        String cres = completion.fields().get("cres");
        String paRes = completion.fields().get("PaRes");
        if (!answers(completion)) {
            return inquire(asked);
        }
        return outcome(() -> CardinityOutcomes.payment(cres != null
                ? client.payments().finalize3ds2(asked.providerId(), cres, until(deadline))
                : client.payments().finalize3ds1(asked.providerId(), String.valueOf(paRes), until(deadline)), asked));
    }

    @Override
    public Outcome move(MovementKind kind, Movement movement, Deadline deadline) {
        Currency currency = movement.amount().currency();
        CallContext context = until(deadline);
        String id = movement.providerId();
        return outcome(() -> {
            try {
                return switch (kind) {
                    case CAPTURE -> CardinityOutcomes.settlement(
                            client.settlements(id).create(CardinityMapper.amount(movement.amount()), movement.reference(), context), currency);
                    case REFUND -> CardinityOutcomes.refund(
                            client.refunds(id).create(CardinityMapper.amount(movement.amount()), movement.reference(), context), currency);
                    case VOID -> CardinityOutcomes.voided(client.voids(id).create(movement.reference(), context), movement.amount());
                };
            } catch (CardinityMapper.Unmappable e) {
                return new Outcome.Rejected(String.valueOf(e.getMessage()), false, Outcome.ProviderSays.NOTHING);
            }
        });
    }

    @Override
    public Outcome inquire(Inquiry payment) {
        try {
            return CardinityOutcomes.payment(PaymentOutcome.of(client.payments().get(payment.providerId())), payment);
        } catch (SdkException e) {
            return new Outcome.Unknown("Cardinity could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<List<Sighting>> movements(MovementKind kind, String providerId, Currency currency) {
        try {
            return Optional.of(switch (kind) {
                case CAPTURE -> client.settlements(providerId).list().stream()
                        .map((Settlement s) -> new Sighting(s.id(), orEmpty(s.description()), CardinityOutcomes.settlement(SettlementOutcome.of(s), currency)))
                        .toList();
                case REFUND -> client.refunds(providerId).list().stream()
                        .map((Refund r) -> new Sighting(r.id(), orEmpty(r.description()), CardinityOutcomes.refund(RefundOutcome.of(r), currency)))
                        .toList();
                case VOID -> client.voids(providerId).list().stream()
                        .map((PaymentVoid v) -> new Sighting(v.id(), orEmpty(v.description()), CardinityOutcomes.voided(VoidOutcome.of(v), new Money(0, currency))))
                        .toList();
            });
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Listing> latest() {
        try {
            List<dev.bezant.cardinity.Payment> listed = client.payments().list(Payments.LIST_LIMIT_MAX);
            return Optional.of(new Listing(listed.stream().map(CardinityConnector::sighting).toList(), listed.size() < Payments.LIST_LIMIT_MAX));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public int window() {
        return Payments.LIST_LIMIT_MAX;
    }

    @Override
    public Optional<Latest> latestDisputes() {
        try {
            List<Chargeback> listed = client.chargebacks().listAll(Payments.LIST_LIMIT_MAX);
            return Optional.of(new Latest(read(listed), listed.size() < Payments.LIST_LIMIT_MAX));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<List<ReportedDispute>> disputesOf(String providerPaymentId) {
        try {
            return Optional.of(read(client.chargebacks(providerPaymentId).list()));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> referenceOf(String providerPaymentId) {
        try {
            return Optional.of(orEmpty(client.payments().get(providerPaymentId).orderId()));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    private List<ReportedDispute> read(List<Chargeback> listed) {
        return listed.stream().flatMap(it -> CardinityDisputes.read(it, config.disputeResponseDays()).stream()).toList();
    }

    @Override
    public List<SupportedMethod> supportedMethods() {
        return List.of(new SupportedMethod("card", BRANDS, Optional.ofNullable(config.currencies()), Optional.empty(), CardinityMapper.DECIMALS, true, true));
    }

    @Override
    public boolean completesOnlyThroughUs() {
        return true;
    }

    @Override
    public Duration processingTimeMax() {
        return config.processingTimeMax();
    }

    @Override
    public Optional<String> test() {
        try {
            client.payments().list(1);
            return Optional.empty();
        } catch (AuthenticationException e) {
            return Optional.of("Cardinity refused the credentials (401): check consumer_key and consumer_secret, and the machine's clock");
        } catch (AuthorizationException e) {
            return Optional.of("Cardinity refused access (403): the key pair may not read payments");
        } catch (SdkException e) {
            return Optional.of("Cardinity could not be asked at " + config.url() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static Sighting sighting(dev.bezant.cardinity.Payment payment) {
        PaymentOutcome outcome = PaymentOutcome.of(payment);
        Outcome seen = Currency.find(payment.currency().toLowerCase(Locale.ROOT))
                .filter(currency -> outcome instanceof PaymentOutcome.Approved || outcome instanceof PaymentOutcome.Declined)
                .map(currency -> CardinityOutcomes.payment(outcome, new Inquiry(payment.id(), "", new Money(0, currency), "")))
                .orElseGet(() -> new Outcome.Pending(payment.id()));
        return new Sighting(payment.id(), orEmpty(payment.orderId()), seen);
    }

    private static Outcome outcome(Supplier<Outcome> call) {
        try {
            return call.get();
        } catch (InvalidRequestException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), false, Outcome.ProviderSays.NOTHING);
        } catch (SdkException e) {
            return CardinityOutcomes.failure(e);
        }
    }

    private static CallContext until(Deadline deadline) {
        return CallContext.builder().sendDeadline(dev.bezant.sdk.Deadline.atNanoTime(deadline.nanoTime())).build();
    }

    private static String reference(String echoed) {
        try {
            return dev.bezant.cardinity.ThreeDs.reference(echoed);
        } catch (SdkException e) {
            return "";
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
