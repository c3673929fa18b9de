package dev.bezant.server.connector.corefy;

import dev.bezant.corefy.Callback;
import dev.bezant.corefy.Callbacks;
import dev.bezant.corefy.CorefyClient;
import dev.bezant.corefy.CorefyObfuscation;
import dev.bezant.corefy.NewInvoice;
import dev.bezant.corefy.PaymentInvoice;
import dev.bezant.corefy.PayoutInvoice;
import dev.bezant.corefy.PayoutOutcome;
import dev.bezant.corefy.RefundOutcome;
import dev.bezant.corefy.SaleOutcome;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.AuthorizationException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.logging.Obfuscator;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.TellsByNotice;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.sdk.JournalLogger;
import dev.bezant.server.connector.corefy.CorefyMapper.Way;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Corefy as a connector, by its Commerce API and Card Gate. A payment is two calls: an invoice of our reference, by which nothing moves, then the
 * card, sent once.
 */
public final class CorefyConnector implements Connector, FindsByReference, PaysOut, TellsByNotice, TellsMethods {
    private static final int CONNECTIONS_MAX = 64;
    /** A payment makes an invoice and reads it; callbacks and settling read some more. */
    private static final int READS_PERCENT = 60;
    private static final Obfuscator SHOWN = CorefyObfuscation.rules().build();
    /** No payment's reference, to see whether invoices may be looked for at all. */
    private static final String NOBODYS = "bezant-connection-test";

    private final CorefyConfig config;
    private final Clock clock = Clock.systemUTC();
    private final dev.bezant.corefy.CorefyConfig settings;
    private final CorefyClient client;
    /** Of the same account, for what only asks: payments that crowd it out could not be settled. */
    private final CorefyClient reader;

    private CorefyConnector(CorefyConfig config, ProviderJournal.Line journal) {
        this.config = config;
        // Both together keep to the account's limit.
        int reads = config.callsPerMinute() * READS_PERCENT / 100;
        this.settings = settings(config, config.callsPerMinute() - reads, 0);
        this.client = CorefyClient.of(settings);
        this.reader = CorefyClient.of(settings(config, reads, config.readRetries()));
        client.enableLogging(new JournalLogger(journal));
        reader.enableLogging(new JournalLogger(journal));
    }

    private static dev.bezant.corefy.CorefyConfig settings(CorefyConfig config, int callsPerMinute, int retries) {
        return dev.bezant.corefy.CorefyConfig.builder()
                .baseUrl(config.url())
                .cardGateUrl(config.cardGateUrl())
                .accountId(config.accountId())
                .apiKey(SecretText.of(config.apiKey().reveal()))
                .callbackSecrets(config.callbackSecret() == null ? List.of() : List.of(SecretText.of(config.callbackSecret().reveal())))
                .testMode(config.testMode())
                .integerAmounts(config.wholeAmounts())
                .callsPerMinute(callsPerMinute)
                .integrator("Bezant")
                .connection(ConnectionOptions.builder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .socketTimeout(config.timeout())
                        .totalTimeout(config.timeout())
                        .maxConnections(CONNECTIONS_MAX)
                        .build())
                // Of what moves money the payment path and settling decide what is tried again, not the client.
                .retryCount(retries)
                .build();
    }

    /** @param timeout how long a provider's answer is waited for */
    public static ConnectorFactory factory(Duration timeout) {
        return new ConnectorFactory() {
            @Override
            public String provider() {
                return "corefy";
            }

            @Override
            public Connector open(ProviderAccount account, ProviderJournal.Line journal) {
                return new CorefyConnector(CorefyConfig.of(account, timeout), journal);
            }
        };
    }

    @Override
    public Outcome pay(Payment payment, Deadline deadline) {
        NewInvoice asked;
        try {
            asked = CorefyMapper.invoice(payment, config, clock.instant());
        } catch (CorefyMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        }
        Way way = Way.of(payment);
        PaymentInvoice invoice;
        try {
            invoice = client.paymentInvoices().create(asked, until(deadline));
        } catch (SdkException e) {
            // Without a card sent to it, nothing is paid. A token pays with the invoice itself, and a page is found again with its invoice.
            return way == Way.GATE ? CorefyOutcomes.notMade(e) : CorefyOutcomes.failure(e);
        }
        var inquiry = new Inquiry(invoice.id(), payment.reference(), payment.amount(), payment.returnUrl());
        return payment.instrument() instanceof Card card && way == Way.GATE
                ? sale(payment, card, invoice, inquiry, deadline)
                : CorefyOutcomes.payment(invoice, inquiry, config.testMode());
    }

    private Outcome sale(Payment payment, Card card, PaymentInvoice invoice, Inquiry inquiry, Deadline deadline) {
        SaleOutcome said;
        try {
            // The payer who is away has no browser.
            var browser = payment.offSession() ? null : CorefyMapper.browser(payment.browser());
            said = client.cardGate().sale(invoice, CorefyMapper.card(payment, card), browser, until(deadline));
        } catch (SdkException e) {
            return CorefyOutcomes.failure(e);
        }
        return switch (said) {
            case SaleOutcome.Paid p -> {
                // The gate tells no amount: the invoice does.
                Outcome read = inquire(inquiry);
                yield read instanceof Outcome.Approved ? read : new Outcome.Pending(invoice.id());
            }
            case SaleOutcome.ChallengeRequired(var challenge) -> CorefyOutcomes.challenge(challenge, invoice.id());
            case SaleOutcome.Declined(var decline) -> CorefyOutcomes.refused(decline, invoice.id());
            case SaleOutcome.Pending p -> new Outcome.Pending(invoice.id());
            case SaleOutcome.Unrecognized u -> new Outcome.Pending(invoice.id());
        };
    }

    @Override
    public Found find(Inquiry payment) {
        try {
            Optional<PaymentInvoice> found = reader.paymentInvoices().find(payment.reference());
            if (found.isEmpty()) {
                return new Found.Nothing();
            }
            String id = found.get().id();
            // A list tells less of what was begun than the invoice itself.
            Outcome outcome = CorefyOutcomes.payment(reader.paymentInvoices().get(id), payment, config.testMode());
            return switch (outcome) {
                case Outcome.NotSent n -> new Found.Nothing();
                case Outcome.Unknown(var reason) -> new Found.Unknown(reason);
                case Outcome.Approved a -> new Found.There(id, outcome);
                case Outcome.ActionRequired a -> new Found.There(id, outcome);
                case Outcome.Pending p -> new Found.There(id, outcome);
                case Outcome.Declined d -> new Found.There(id, outcome);
                case Outcome.Rejected r -> new Found.There(id, outcome);
            };
        } catch (SdkException e) {
            return new Found.Unknown("Corefy could not be asked: " + CorefyOutcomes.reason(e));
        }
    }

    /** In two steps: an invoice, by which nothing moves, then its processing, once and only after its id is kept. */
    @Override
    public Outcome payOut(Payout payout, Place place, Deadline deadline) {
        PayoutOutcome made;
        try {
            made = client.payouts().create(CorefyMapper.payout(payout, config), until(deadline));
        } catch (CorefyMapper.Unmappable e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()), true, Outcome.ProviderSays.NOTHING);
        } catch (SdkException e) {
            return CorefyOutcomes.notMade(e);
        }
        String id = made.payout().id();
        if (!place.keep(id)) {
            return new Outcome.NotSent("The payout is not to be sent any more");
        }
        if (!(made instanceof PayoutOutcome.Waiting)) {
            return CorefyOutcomes.payout(made, payout.amount());
        }
        try {
            PayoutOutcome processed = client.payouts().process(id, until(deadline));
            if (processed instanceof PayoutOutcome.Waiting) {
                place.takenUp();
                return new Outcome.Pending(id);
            }
            return CorefyOutcomes.payout(processed, payout.amount());
        } catch (SdkException e) {
            // A refusal may be of a repeat, or of what is under way: what became of it is read by its id.
            return e instanceof CommunicationException && !e.mayHaveTakenEffect() ? CorefyOutcomes.failure(e) : new Outcome.Pending(id);
        }
    }

    @Override
    public Outcome payout(String providerId, String reference, Money amount) {
        try {
            PayoutInvoice payout = reader.payouts().get(providerId);
            return reference.equals(payout.referenceId()) && payout.testMode() == config.testMode()
                    ? CorefyOutcomes.payout(PayoutOutcome.of(payout), amount)
                    : new Outcome.Unknown("Corefy tells of a payout of another reference or mode");
        } catch (SdkException e) {
            return new Outcome.Unknown("Corefy could not be asked: " + CorefyOutcomes.reason(e));
        }
    }

    /** No payout is processed before its id is kept, so one without an id was never sent. */
    @Override
    public Outcome settlePayout(Payout payout, Deadline deadline) {
        return new Outcome.NotSent("Proved absent: nothing is paid before the payout's id is known here");
    }

    /** The proof needs nobody's memory. */
    @Override
    public Optional<Duration> payoutSettleableFor() {
        return Optional.empty();
    }

    /** Coming back brings nothing and proves nothing: the invoice is read. */
    @Override
    public boolean answers(Completion completion) {
        return true;
    }

    /** The payment has gone on by itself. */
    @Override
    public Outcome complete(Completion completion, Deadline deadline) {
        Outcome outcome = inquire(completion.payment());
        return outcome instanceof Outcome.NotSent ? new Outcome.Pending(completion.payment().providerId()) : outcome;
    }

    @Override
    public Outcome move(MovementKind kind, Movement movement, Deadline deadline) {
        if (kind != MovementKind.REFUND) {
            return new Outcome.Rejected("Corefy is not known to capture or to release", false, Outcome.ProviderSays.NOTHING);
        }
        try {
            RefundOutcome refund = client.refunds(movement.providerId()).create(CorefyMapper.refund(movement), until(deadline));
            Currency currency = movement.amount().currency();
            return CorefyOutcomes.refund(refund.refund(), currency.code().toUpperCase(Locale.ROOT), currency).outcome();
        } catch (SdkException e) {
            return CorefyOutcomes.failure(e);
        }
    }

    @Override
    public Outcome inquire(Inquiry payment) {
        try {
            return CorefyOutcomes.payment(reader.paymentInvoices().get(payment.providerId()), payment, config.testMode());
        } catch (SdkException e) {
            return new Outcome.Unknown("Corefy could not be asked: " + CorefyOutcomes.reason(e));
        }
    }

    @Override
    public Optional<List<Sighting>> movements(MovementKind kind, String providerId, Currency currency) {
        if (kind != MovementKind.REFUND) {
            return Optional.of(List.of());
        }
        try {
            PaymentInvoice invoice = reader.paymentInvoices().get(providerId);
            // An invoice that does not tell its refunds is no answer.
            return Optional.ofNullable(invoice.refunds())
                    .map(refunds -> refunds.stream().map(refund -> CorefyOutcomes.refund(refund, invoice.currency(), currency)).toList());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Notice read(byte[] body, Function<String, @Nullable String> header) throws NotGenuine {
        if (config.callbackSecret() == null) {
            throw new NotGenuine("The provider account has no callback_secret to check callbacks with");
        }
        String signature = header.apply(Callbacks.SIGNATURE_HEADER);
        Headers headers = signature == null ? Headers.empty() : Headers.empty().with(Callbacks.SIGNATURE_HEADER, signature);
        String shown = SHOWN.body("application/json", body);
        String fingerprint = fingerprint(body);
        try {
            return switch (Callbacks.of(settings).parse(body, headers)) {
                case Callback.Payment(var invoice) when invoice.testMode() == config.testMode() ->
                        new Notice(fingerprint, "payment-invoices." + invoice.rawStatus(), invoice.referenceId(), invoice.id(), shown);
                case Callback.Payment p -> new Notice(fingerprint, "of the other mode", null, null, shown);
                case Callback.Payout(var payout) when payout.testMode() == config.testMode() ->
                        new Notice(fingerprint, "payout-invoices." + payout.rawStatus(), payout.referenceId(), payout.id(), shown);
                case Callback.Payout p -> new Notice(fingerprint, "of the other mode", null, null, shown);
                case Callback.Unrecognized(var type, var id) -> new Notice(fingerprint, type, null, null, shown);
                case Callback.IntentEvent i -> new Notice(fingerprint, "of the other dialect", null, null, shown);
            };
        } catch (SignatureException e) {
            throw new NotGenuine(String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            // Genuine, and not to be read: for an operator to look at.
            return new Notice(fingerprint, e.getClass().getSimpleName(), null, null, shown);
        }
    }

    /** A delivery that is repeated has the same body; every change of the object another. */
    private static String fingerprint(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public List<SupportedMethod> supportedMethods() {
        return Stream.concat(Stream.of(CorefyMethods.cards()), CorefyMethods.pages().stream()).toList();
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
            reader.paymentInvoices().find(NOBODYS);
            return Optional.empty();
        } catch (AuthenticationException e) {
            return Optional.of("Corefy refused the credentials (401): check account_id and api_key, and that they are of " + config.url().getHost());
        } catch (AuthorizationException e) {
            return Optional.of("Corefy refused access (403): check that this machine's address may use the API of " + config.accountId());
        } catch (SdkException e) {
            return Optional.of("Corefy could not be asked at " + config.url() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
        reader.close();
    }

    private static CallContext until(Deadline deadline) {
        return CallContext.builder().sendDeadline(dev.bezant.sdk.Deadline.atNanoTime(deadline.nanoTime())).build();
    }
}
