package dev.bezant.server.connector.worldlineacquiring;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.ReferenceException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.server.connector.CapturesInParts;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.IncrementsAuthorizations;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.ReadsRefunds;
import dev.bezant.server.connector.ReportsDisputes;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.connector.TakesEvidence;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.VerifiesCards;
import dev.bezant.server.connector.sdk.JournalLogger;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.worldline.acquiring.AcquiringClient;
import dev.bezant.worldline.acquiring.MerchantClient;
import dev.bezant.worldline.acquiring.model.ApiActionResponse;
import dev.bezant.worldline.acquiring.model.ApiIncrementResponse;
import dev.bezant.worldline.acquiring.model.ApiPaymentResource;
import dev.bezant.worldline.acquiring.model.ApiReversalResponse;
import dev.bezant.worldline.acquiring.model.GetPaymentStatusParams;
import dev.bezant.worldline.acquiring.model.OperationType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Worldline Acquiring as a connector. Our references are the ids of operations there, so that what is lost can be taken back and found by them. */
public final class WorldlineAcquiringConnector
        implements Connector, CapturesInParts, IncrementsAuthorizations, TakesBack, ReadsRefunds, VerifiesCards, ReportsDisputes, TakesEvidence, TellsMethods {
    private static final int CONNECTIONS_MAX = 64;
    private static final int DECIMALS_MAX = 3;
    private static final GetPaymentStatusParams WITH_OPERATIONS = GetPaymentStatusParams.builder().returnOperations(true).build();
    /** No payment's id, to see whether payments may be read at all. */
    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    private final WorldlineAcquiringConfig config;
    private final Clock clock = Clock.systemUTC();
    private final AcquiringClient client;
    private final MerchantClient merchant;
    private final WorldlineAcquiringDisputes disputes;

    private WorldlineAcquiringConnector(WorldlineAcquiringConfig config, ProviderJournal.Line journal) {
        this.config = config;
        this.client = AcquiringClient.builder()
                .endpoint(config.url())
                .tokenUri(config.tokenUrl())
                .clientId(config.clientId())
                .clientSecret(SecretText.of(config.clientSecret().reveal()))
                .scopes(config.scopes())
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
        this.merchant = client.v1().acquirer(config.acquirerId()).merchant(config.merchantId());
        this.disputes = new WorldlineAcquiringDisputes(client.v1(), config);
    }

    /** @param timeout how long a provider's answer is waited for */
    public static ConnectorFactory factory(Duration timeout) {
        return new ConnectorFactory() {
            @Override
            public String provider() {
                return "worldline-acquiring";
            }

            @Override
            public Connector open(ProviderAccount account, ProviderJournal.Line journal) {
                return new WorldlineAcquiringConnector(WorldlineAcquiringConfig.of(account, timeout), journal);
            }
        };
    }

    @Override
    public Outcome pay(Payment payment, Deadline deadline) {
        var asked = new Inquiry("", payment.reference(), payment.amount(), payment.returnUrl());
        return outcome(() -> {
            var request = WorldlineAcquiringMapper.payment(payment, clock.instant());
            return WorldlineAcquiringOutcomes.created(merchant.payments().processPayment(request, until(deadline)), asked);
        });
    }

    @Override
    public Outcome verify(Payment payment, Deadline deadline) {
        return outcome(() -> {
            var request = WorldlineAcquiringMapper.verification(payment, clock.instant());
            return WorldlineAcquiringOutcomes.verified(merchant.accountVerifications().processAccountVerification(request, until(deadline)),
                    payment.reference(), payment.amount().currency());
        });
    }

    @Override
    public TakenBack takeBack(String reference, String by, Deadline deadline) {
        try {
            return WorldlineAcquiringOutcomes.takenBack(merchant.technicalReversals().technicalReversal(reference,
                    WorldlineAcquiringMapper.takingBack(by, clock.instant()), until(deadline)));
        } catch (SdkException e) {
            return WorldlineAcquiringOutcomes.notTakenBack(e);
        }
    }

    /** Nobody is ever challenged. */
    @Override
    public boolean answers(Completion completion) {
        return false;
    }

    @Override
    public Outcome complete(Completion completion, Deadline deadline) {
        return inquire(completion.payment());
    }

    @Override
    public Outcome move(MovementKind kind, Movement movement, Deadline deadline) {
        CallContext context = until(deadline);
        String id = movement.providerId();
        return outcome(() -> switch (kind) {
            case CAPTURE -> capture(movement, deadline);
            case VOID -> {
                ApiReversalResponse released = merchant.payments().reverseAuthorization(id, WorldlineAcquiringMapper.release(movement, clock.instant()), context);
                yield WorldlineAcquiringOutcomes.moved(released, released.additionalResponseData(), movement);
            }
            case REFUND -> WorldlineAcquiringOutcomes.refunded(
                    merchant.payments().createRefund(id, WorldlineAcquiringMapper.refund(movement, clock.instant()), context), movement);
        });
    }

    /** A part has a number among the captures, which only the payment itself tells. */
    private Outcome capture(Movement movement, Deadline deadline) throws WorldlineAcquiringMapper.Unmappable {
        ApiPaymentResource payment;
        try {
            payment = merchant.payments().getPaymentStatus(movement.providerId(), WITH_OPERATIONS, until(deadline));
        } catch (SdkException e) {
            return new Outcome.NotSent("The payment could not be read before its capture: " + e.getClass().getSimpleName());
        }
        int before = (int) payment.operations().stream()
                .filter(operation -> operation.operationType().filter(OperationType.CAPTURE::equals).isPresent() && !operation.isDeclined())
                .count();
        boolean whole = before == 0 && WorldlineAcquiringMapper.money(payment.totalAuthorizedAmount(), movement.amount().currency())
                .filter(movement.amount()::equals).isPresent();
        ApiActionResponse captured = merchant.payments().simpleCaptureOfPayment(movement.providerId(),
                WorldlineAcquiringMapper.capture(movement, whole ? null : before + 1, clock.instant()), until(deadline));
        return WorldlineAcquiringOutcomes.moved(captured, captured.additionalResponseData(), movement);
    }

    @Override
    public Outcome increment(Movement more, Deadline deadline) {
        return outcome(() -> {
            ApiIncrementResponse held = merchant.payments().incrementPayment(more.providerId(), WorldlineAcquiringMapper.increment(more, clock.instant()), until(deadline));
            return WorldlineAcquiringOutcomes.moved(held, held.additionalResponseData(), more);
        });
    }

    @Override
    public Optional<List<Sighting>> increments(String providerId, Currency currency) {
        try {
            return WorldlineAcquiringOutcomes.increments(merchant.payments().getPaymentStatus(providerId, WITH_OPERATIONS), currency);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome inquire(Inquiry payment) {
        try {
            return WorldlineAcquiringOutcomes.payment(merchant.payments().getPaymentStatus(payment.providerId(), WITH_OPERATIONS), payment);
        } catch (SdkException e) {
            return new Outcome.Unknown("Worldline Acquiring could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<List<Sighting>> movements(MovementKind kind, String providerId, Currency currency) {
        try {
            return WorldlineAcquiringOutcomes.movements(kind, merchant.payments().getPaymentStatus(providerId, WITH_OPERATIONS), currency);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome readRefund(String refundId, Money amount) {
        try {
            return WorldlineAcquiringOutcomes.refund(merchant.refunds().getRefund(refundId, null), refundId, amount);
        } catch (SdkException e) {
            return new Outcome.Unknown("Worldline Acquiring could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<Latest> latestDisputes() {
        return disputes.latest();
    }

    @Override
    public Optional<List<ReportedDispute>> disputesOf(String providerPaymentId) {
        return disputes.of(providerPaymentId);
    }

    @Override
    public Optional<String> referenceOf(String providerPaymentId) {
        return disputes.referenceOf(providerPaymentId);
    }

    @Override
    public Handover submit(Evidence evidence) {
        return disputes.submit(evidence);
    }

    @Override
    public List<SupportedMethod> supportedMethods() {
        return List.of(new SupportedMethod("card", WorldlineAcquiringMapper.BRANDS.keySet().stream().sorted().toList(), Optional.empty(), Optional.empty(),
                DECIMALS_MAX, true, false));
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
            merchant.payments().getPaymentStatus(NOBODYS, null);
            return Optional.empty();
        } catch (ReferenceException e) {
            // There is no such payment, and whoever asks may know that.
            return Optional.empty();
        } catch (AuthenticationException e) {
            return Optional.of("Worldline Acquiring refused the credentials: " + e.getMessage() + ". Check client_id and client_secret, and that they are of "
                    + config.tokenUrl().getHost() + "; ask for no more scopes than were granted with --setting scopes=\"...\"");
        } catch (AuthorizationException e) {
            return Optional.of("Worldline Acquiring refused access (403): check acquirer_id and merchant_id, and that the client may process payments");
        } catch (SdkException e) {
            return Optional.of("Worldline Acquiring could not be asked at " + config.url() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** A call that may find, before it asks anybody, that there are no words for it. */
    @FunctionalInterface
    private interface Asking {
        Outcome ask() throws WorldlineAcquiringMapper.Unmappable;
    }

    private static Outcome outcome(Asking call) {
        try {
            return call.ask();
        } catch (WorldlineAcquiringMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        } catch (InvalidRequestException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), false, Outcome.ProviderSays.NOTHING);
        } catch (SdkException e) {
            return WorldlineAcquiringOutcomes.failure(e);
        }
    }

    private static CallContext until(Deadline deadline) {
        return CallContext.builder().sendDeadline(dev.bezant.sdk.Deadline.atNanoTime(deadline.nanoTime())).build();
    }
}
