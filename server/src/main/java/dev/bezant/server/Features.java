package dev.bezant.server;

import dev.bezant.server.account.AccountRoutes;
import dev.bezant.server.account.Accounts;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.balance.BalanceEntries;
import dev.bezant.server.balance.BalanceFeature;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.customer.CustomerRoutes;
import dev.bezant.server.customer.Customers;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.GrowingTable;
import dev.bezant.server.database.Partitions;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.dispute.DisputeFeature;
import dev.bezant.server.dispute.DisputeSettings;
import dev.bezant.server.event.EventRoutes;
import dev.bezant.server.event.Events;
import dev.bezant.server.file.FileRoutes;
import dev.bezant.server.file.Files;
import dev.bezant.server.http.Api;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Exposure;
import dev.bezant.server.http.HttpServer.Probe;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Keyring;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.http.RateLimits;
import dev.bezant.server.http.RawRoute;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.method.PaymentMethodRoutes;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.method.SupportedMethods;
import dev.bezant.server.openapi.ApiDescription;
import dev.bezant.server.ops.Jobs.Job;
import dev.bezant.server.partner.PartnerFeature;
import dev.bezant.server.payment.CardVault;
import dev.bezant.server.payment.PaymentFeature;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payout.PayoutFeature;
import dev.bezant.server.providerlog.ProviderLogFeature;
import dev.bezant.server.providerlog.ProviderLogSettings;
import dev.bezant.server.refund.RefundRoutes;
import dev.bezant.server.refund.Refunds;
import dev.bezant.server.requestlog.RequestLogFeature;
import dev.bezant.server.requestlog.RequestLogSettings;
import dev.bezant.server.search.Searches;
import dev.bezant.server.settle.SettleFeature;
import dev.bezant.server.settle.Settler;
import dev.bezant.server.vault.SealedText;
import dev.bezant.server.vault.Vault;
import dev.bezant.server.vault.VaultRotation;
import dev.bezant.server.webhook.WebhookFeature;
import dev.bezant.server.webhook.WebhookSettings;
import dev.bezant.server.webhook.inbound.Inbound;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the features together, in reading order. Nothing else knows them all. */
final class Features implements AutoCloseable {
    private final Database database;
    private final Vault vault;
    private final Connectors connectors;
    private final Idempotency idempotency;
    private final Partitions partitions;
    private final PaymentFeature payments;
    private final PayoutFeature payouts;
    private final RequestLogFeature requests;
    private final ProviderLogFeature providerLog;
    private final Settler settler;
    private final WebhookFeature webhooks;
    private final DisputeFeature disputes;
    private final Clock clock;
    private final Api api;
    private final ApiDescription description;
    private final List<PageRoute> pages;
    private final Inbound inbound;
    private final List<RawRoute> doors;

    /**
     * What features stand on.
     *
     * @param journal makes whoever else hears of every request, given all endpoints
     */
    record Ground(
            Database database,
            Vault vault,
            Keyring keyring,
            ProviderAccounts providerAccounts,
            RateLimits limits,
            Exposure exposure,
            PaymentSettings settings,
            WebhookSettings webhooks,
            RequestLogSettings requestLog,
            ProviderLogSettings providerLog,
            Resources resources,
            Function<List<Route>, RequestJournal> journal,
            MeterRegistry metrics,
            Ids ids,
            Clock clock,
            Checkpoint checkpoint) {}

    /**
     * What is chosen about resources that hang on payments.
     *
     * @param availableAfter how long after a movement its money counts as available
     */
    record Resources(Duration availableAfter, DisputeSettings disputes) {}

    Features(Ground ground) {
        database = ground.database();
        vault = ground.vault();
        Ids ids = ground.ids();
        clock = ground.clock();
        partitions = new Partitions(database, clock, GrowingTable.allWith(GrowingTable.REQUEST_LOG.keptFor(ground.requestLog().kept()),
                GrowingTable.PROVIDER_CALLS.keptFor(ground.providerLog().kept())));
        providerLog = new ProviderLogFeature(database, ground.providerLog(), ground.metrics(), ids, clock);
        requests = new RequestLogFeature(database, ground.requestLog(), ground.metrics());
        var events = new Events(ids);
        idempotency = new Idempotency(database, ids, vault::requestFingerprint, sealer(vault));
        connectors = new Connectors(Providers.all(ground.settings().providerTimeout()), ground.providerAccounts(), providerLog.journal());

        var customers = new Customers(events);
        var methods = new PaymentMethods(vault, events, ids, clock);
        payments = new PaymentFeature(new PaymentFeature.Tools(database, idempotency, connectors, cards(vault), methods, events,
                ground.settings(), vault::requestFingerprint, ids, clock, ground.checkpoint()));
        var refunds = new Refunds(database, idempotency, connectors, payments.operations(), events, ground.settings(), ids, clock, ground.checkpoint());
        payouts = new PayoutFeature(new PayoutFeature.Tools(database, idempotency, connectors, cards(vault), methods, events, ground.settings(), ids, clock,
                ground.checkpoint()));
        var refundRoutes = new RefundRoutes(database, refunds, events);
        var accounts = new Accounts(database, new Audit(ids), ids);
        var customerRoutes = new CustomerRoutes(new CustomerRoutes.Tools(database, customers, methods, events, accounts::defaultCurrency,
                new Searches(database, vault::requestFingerprint), ids, clock));
        var balance = new BalanceFeature(new BalanceFeature.Tools(database, accounts::defaultCurrency, ground.resources().availableAfter(), clock));
        var files = new Files();
        disputes = new DisputeFeature(new DisputeFeature.Tools(database, connectors, ground.providerAccounts(), events, balance, new BalanceEntries(ids),
                files, ground.resources().disputes(), ground.metrics(), ids, clock));
        var settle = new SettleFeature(new SettleFeature.Tools(database, connectors, ground.providerAccounts(), events, ground.settings(),
                payments, ground.metrics(), ids, clock));
        settler = settle.settler(refunds);

        var expansion = new Expansion();
        customers.register(expansion, database);
        customerRoutes.register(expansion);
        methods.register(expansion, database);
        payments.register(expansion);
        refundRoutes.register(expansion);
        payouts.register(expansion);
        balance.register(expansion);
        files.register(expansion, database);
        disputes.register(expansion);
        var shapes = new Shapes();
        payments.register(shapes);
        FileRoutes.finish(shapes, ground.settings().publicUrl());
        webhooks = new WebhookFeature(new WebhookFeature.Tools(database, vault, events, new Audit(ids), shapes, ground.webhooks(), ground.metrics(),
                ids, clock));

        List<Route> ours = Api.routes(
                customerRoutes.routes(),
                new PaymentMethodRoutes(database, methods, customers, events, clock).routes(),
                payments.routes(settle.sender()),
                refundRoutes.routes(),
                payouts.routes(),
                disputes.routes(),
                new FileRoutes(database, files, ids, clock).routes(),
                balance.routes(),
                new AccountRoutes(accounts, connectors).routes(),
                new SupportedMethods(connectors).routes(),
                new EventRoutes(database).routes(),
                webhooks.routes(),
                requests.routes(idempotency),
                providerLog.routes());
        var partner = new PartnerFeature(new PartnerFeature.Tools(database, idempotency, connectors, ground.providerAccounts(), methods, clock));
        List<Route> routes = Api.routes(ours, partner.routes(ours));
        api = new Api(routes, new Api.Tools(ground.keyring(), idempotency, expansion, shapes, ground.limits(), ground.exposure(),
                requests.journal().and(ground.journal().apply(routes)), ground.metrics(), ids, clock), partner.envelope());
        description = new ApiDescription(routes);
        pages = Stream.concat(payments.pageRoutes().stream(), description.pages().stream()).toList();
        inbound = new Inbound(database, connectors, ground.providerAccounts(), settler, payouts, ids);
        doors = Stream.concat(inbound.routes().stream(), partner.doors(inbound).stream()).toList();
    }

    Api api() {
        return api;
    }

    List<RawRoute> doors() {
        return doors;
    }

    List<PageRoute> pages() {
        return pages;
    }

    /** Plain answers that need no key. */
    Map<String, Supplier<Probe>> probes() {
        return description.probes();
    }

    /** Before the first request. */
    void prepare() {
        partitions.ensure();
    }

    List<Job> jobs() {
        return List.of(
                new Job("settle", Duration.ofMillis(500), settler::round),
                new Job("settle payouts", Duration.ofMillis(500), payouts::settle),
                new Job("act upon notices", Duration.ofMillis(200), inbound::act),
                new Job("count refused notices anew", Duration.ofMinutes(1), inbound::countAnew),
                new Job("follow up", Duration.ofSeconds(5), payments::catchUp),
                new Job("release forgotten authorizations", Duration.ofMinutes(1), payments.operations()::releaseForgotten),
                new Job("hand on events", Duration.ofMillis(100), webhooks::handOn),
                new Job("deliver webhooks", Duration.ofMillis(100), webhooks::deliver),
                new Job("disable failing webhook endpoints", Duration.ofMinutes(1), webhooks::disableFailing),
                new Job("measure webhooks", Duration.ofSeconds(15), webhooks::measure),
                new Job("forget listeners", Duration.ofMinutes(10), webhooks::forgetListeners),
                new Job("disputes", Duration.ofSeconds(1), disputes::round),
                new Job("expire CVCs", Duration.ofMinutes(1), () -> vault.expire(database)),
                new Job("finish vault rotation", Duration.ofHours(1), () -> new VaultRotation(database, vault, clock, Checkpoint.NONE).resume(VaultRotation.Progress.NONE)),
                new Job("forget idempotency keys", Duration.ofMinutes(10), idempotency::forgetOld),
                new Job("write the request log", Duration.ofMillis(250), requests::write),
                new Job("write the log of provider calls", Duration.ofMillis(250), providerLog::write),
                new Job("partitions", Duration.ofHours(6), () -> {
                    partitions.ensure();
                    partitions.dropOld();
                }));
    }

    /** Before running requests are waited for. */
    void drain() {
        webhooks.drain();
    }

    @Override
    public void close() {
        settler.close();
        payouts.close();
        inbound.close();
        disputes.close();
        webhooks.close();
        requests.close();
        connectors.close();
        providerLog.close();
    }

    private static Idempotency.Sealer sealer(Vault vault) {
        return new Idempotency.Sealer() {
            @Override
            public byte[] seal(String accountId, String id, String answer) {
                return vault.encryptText(SealedText.ANSWER, accountId, id, answer);
            }

            @Override
            public String open(String accountId, String id, byte[] sealed) {
                return vault.decryptText(SealedText.ANSWER, accountId, id, sealed).reveal();
            }
        };
    }

    private static CardVault cards(Vault vault) {
        return new CardVault() {
            @Override
            public Secret open(String accountId, boolean livemode, String cardId, byte[] pan) {
                return vault.open(accountId, livemode, cardId, pan);
            }

            @Override
            public Optional<Secret> openCvc(String accountId, String cardId, byte[] cvc, String keyId) {
                return vault.openCvc(accountId, cardId, cvc, keyId);
            }
        };
    }
}
