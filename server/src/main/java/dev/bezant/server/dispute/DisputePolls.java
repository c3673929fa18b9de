package dev.bezant.server.dispute;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.connector.ProviderLanes;
import dev.bezant.server.connector.ReportsDisputes;
import dev.bezant.server.connector.ReportsDisputes.Latest;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Rows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds disputes by asking every provider account with charges, again and again.
 *
 * <p>Which account is asked next is a row of {@code dispute_poll}, claimed for as long as its pause, so that nodes take turns and a node
 * that dies is replaced at the next. What is found is recorded before the row notes that it was seen: a crash in between repeats a look, and
 * looks may be repeated. A listing that does not reach back to the one before may have missed something: then the charges of the account are
 * asked about one by one.
 */
final class DisputePolls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DisputePolls.class);
    private static final int ACCOUNTS_A_ROUND = 20;
    private static final int SWEPT_A_ROUND = 50;
    /** How long after it was made a charge may be disputed, generously. */
    private static final Duration DISPUTABLE = Duration.ofDays(600);
    /** Ids are in the order of time, commits nearly so. */
    private static final Duration COMMITTED = Duration.ofMinutes(10);
    /** For how long a provider account that does not answer holds up looks at others, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FOREIGN_REMEMBERED = 10_000;
    private static final Duration DISCOVERED_EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final Connectors connectors;
    private final ProviderAccounts accounts;
    private final Disputes disputes;
    private final DisputeSettings settings;
    private final Clock clock;
    private final ProviderLanes lanes = new ProviderLanes("disputes", PATIENCE);
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile Instant discoverAt = Instant.MIN;
    /** Payments that another system made at an account of ours: their disputes are not ours. */
    private final Map<String, Boolean> foreign = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > FOREIGN_REMEMBERED;
        }
    });

    DisputePolls(Database database, Connectors connectors, ProviderAccounts accounts, Disputes disputes, DisputeSettings settings, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.accounts = accounts;
        this.disputes = disputes;
        this.settings = settings;
        this.clock = clock;
    }

    /** When an account is asked next, and what was seen of it. */
    private record Poll(String accountId, String providerAccountId, boolean livemode, boolean charged, String checkedUntil,
            @Nullable String newestId, @Nullable String sweepAfter) {
        static Poll read(Row row) throws SQLException {
            return new Poll(row.text("account_id"), row.text("provider_account_id"), row.flag("livemode"), row.flag("charged"),
                    row.text("checked_until"), row.textOrNull("newest_id"), row.textOrNull("sweep_after"));
        }
    }

    void round() {
        discover();
        var work = new HashMap<String, Runnable>();
        claimDue().forEach(poll -> work.put(poll.providerAccountId(), () -> look(poll)));
        lanes.run(work);
    }

    @Override
    public void close() {
        lanes.close();
    }

    /** Gives every provider account a row. */
    private void discover() {
        Instant now = clock.instant();
        if (now.isBefore(discoverAt)) {
            return;
        }
        discoverAt = now.plus(DISCOVERED_EVERY);
        for (ProviderAccounts.Key key : accounts.everywhere()) {
            if (known.contains(key.id())) {
                continue;
            }
            database.sql("""
                            insert into dispute_poll (account_id, provider_account_id, livemode) values (:account, :id, :livemode)
                            on conflict do nothing
                            """)
                    .bind("account", key.accountId())
                    .bind("id", key.id())
                    .bind("livemode", key.livemode())
                    .update();
            known.add(key.id());
        }
    }

    private List<Poll> claimDue() {
        return database.sql("""
                        update dispute_poll p
                           set next_at = now() + make_interval(secs => case when p.livemode then :live else :test end / 1000.0)
                          from (select account_id, provider_account_id from dispute_poll where next_at <= now()
                                 order by next_at limit :limit for update skip locked) due
                         where p.account_id = due.account_id and p.provider_account_id = due.provider_account_id
                        returning p.*
                        """)
                .bind("live", settings.pause().toMillis())
                .bind("test", settings.pauseInTestMode().toMillis())
                .bind("limit", ACCOUNTS_A_ROUND)
                .list(Poll::read);
    }

    private void look(Poll poll) {
        if (!poll.charged() && !hasCharges(poll)) {
            return;
        }
        Optional<ProviderAccount> account = accounts.find(poll.accountId(), poll.livemode(), poll.providerAccountId());
        if (account.isEmpty() || !connectors.speaks(account.get()) || !(connectors.of(account.get()) instanceof ReportsDisputes asks)) {
            return;
        }
        Optional<Latest> looked = asks.latestDisputes();
        if (looked.isEmpty()) {
            LOG.atInfo().addKeyValue("provider_account", poll.providerAccountId()).log("The provider cannot be asked for disputes now");
            return;
        }
        List<ReportedDispute> listed = looked.get().newestFirst();
        listed.reversed().forEach(reported -> take(account.get(), asks, reported));
        askAboutUnlisted(account.get(), asks, listed);
        boolean reachesBack = looked.get().complete() || listed.stream().anyMatch(it -> it.providerId().equals(poll.newestId()));
        seen(poll, listed.isEmpty() ? poll.newestId() : listed.getFirst().providerId(), reachesBack ? poll.sweepAfter() : "");
        if (!reachesBack) {
            LOG.atWarn().addKeyValue("provider_account", poll.providerAccountId())
                    .log("More disputes than one listing holds: every charge of the account is asked about");
        }
        String sweepAfter = reachesBack ? poll.sweepAfter() : "";
        if (sweepAfter != null) {
            sweep(account.get(), asks, sweepAfter);
        }
    }

    /** Whether a charge was ever made at the account; reads only what is new since the last time. */
    private boolean hasCharges(Poll poll) {
        String until = "ch_" + Ids.lowerBound(clock.instant().minus(COMMITTED));
        boolean charged = database.sql("""
                        select exists (select from charge where account_id = :account and id > :checked and provider_account_id = :id) as it
                        """)
                .bind("account", poll.accountId())
                .bind("checked", poll.checkedUntil())
                .bind("id", poll.providerAccountId())
                .one(row -> row.flag("it"))
                .orElse(false);
        database.sql("""
                        update dispute_poll set charged = :charged, checked_until = greatest(checked_until, :until)
                         where account_id = :account and provider_account_id = :id
                        """)
                .bind("charged", charged)
                .bind("until", until)
                .bind("account", poll.accountId())
                .bind("id", poll.providerAccountId())
                .update();
        return charged;
    }

    private void take(ProviderAccount account, ReportsDisputes asks, ReportedDispute reported) {
        Optional<Dispute> dispute = disputes.known(account, reported.providerId());
        if (dispute.isPresent()) {
            disputes.heard(dispute.get(), reported);
            return;
        }
        String payment = account.id() + " " + reported.providerPaymentId();
        if (foreign.containsKey(payment)) {
            return;
        }
        Optional<String> reference = asks.referenceOf(reported.providerPaymentId());
        if (reference.isEmpty()) {
            // Not to be asked now; it is on the next listing too.
            return;
        }
        Optional<Charge> charge = charge(account, reference.get());
        if (charge.isEmpty()) {
            foreign.put(payment, true);
            return;
        }
        if (charge.get().amountCaptured() == 0) {
            // Settling has not learnt yet that it was paid.
            return;
        }
        if (!reported.providerPaymentId().equals(charge.get().providerId()) || !reported.amount().currency().equals(charge.get().amount().currency())) {
            LOG.atError().addKeyValue("charge", charge.get().id()).addKeyValue("provider_dispute", reported.providerId())
                    .log("A dispute names our reference and is about another payment or currency; it is left alone");
            return;
        }
        disputes.begin(account, charge.get(), reported);
    }

    private Optional<Charge> charge(ProviderAccount account, String reference) {
        return reference.isEmpty() ? Optional.empty() : database.sql("""
                        select * from charge where reference = :reference and account_id = :account and provider_account_id = :id
                        """)
                .bind("reference", reference)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .one(Rows::charge);
    }

    /** Open ones that are too old to be listed still end some day. */
    private void askAboutUnlisted(ProviderAccount account, ReportsDisputes asks, List<ReportedDispute> listed) {
        Set<String> shown = listed.stream().map(ReportedDispute::providerId).collect(Collectors.toSet());
        DisputeStore.open(database, account.accountId(), account.id()).stream()
                .filter(dispute -> !shown.contains(dispute.providerId()))
                .forEach(dispute -> asks.disputesOf(dispute.providerPaymentId()).orElse(List.of()).stream()
                        .filter(reported -> reported.providerId().equals(dispute.providerId()))
                        .findFirst()
                        .ifPresent(reported -> disputes.heard(dispute, reported)));
    }

    private void sweep(ProviderAccount account, ReportsDisputes asks, String after) {
        String from = "ch_" + Ids.lowerBound(clock.instant().minus(DISPUTABLE));
        List<Charge> charges = database.sql("""
                        select * from charge
                         where account_id = :account and id > :after and id > :from and provider_account_id = :id and provider_id is not null
                           and amount_captured > 0
                         order by id limit :limit
                        """)
                .bind("account", account.accountId())
                .bind("after", after)
                .bind("from", from)
                .bind("id", account.id())
                .bind("limit", SWEPT_A_ROUND)
                .list(Rows::charge);
        String swept = after;
        for (Charge charge : charges) {
            Optional<List<ReportedDispute>> found = asks.disputesOf(String.valueOf(charge.providerId()));
            if (found.isEmpty()) {
                break;
            }
            found.get().reversed().forEach(reported -> take(account, asks, reported));
            swept = charge.id();
        }
        // The next stretch follows at once, unless the provider could not be asked.
        boolean done = charges.isEmpty();
        boolean whole = !charges.isEmpty() && swept.equals(charges.getLast().id());
        database.sql("""
                        update dispute_poll set sweep_after = :after::text, next_at = case when :on then now() else next_at end
                         where account_id = :account and provider_account_id = :id
                        """)
                .bind("after", done ? null : swept)
                .bind("on", whole)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .update();
    }

    private void seen(Poll poll, @Nullable String newest, @Nullable String sweepAfter) {
        database.sql("""
                        update dispute_poll set newest_id = :newest::text, sweep_after = :sweep::text
                         where account_id = :account and provider_account_id = :id
                        """)
                .bind("newest", newest)
                .bind("sweep", sweepAfter)
                .bind("account", poll.accountId())
                .bind("id", poll.providerAccountId())
                .update();
    }
}
