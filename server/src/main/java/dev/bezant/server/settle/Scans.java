package dev.bezant.server.settle;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.FindsByListing;
import dev.bezant.server.connector.FindsByListing.Listing;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.ActionPages;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.Rows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the latest payments of a provider that can only list them, and keeps the chain of such looks.
 *
 * <p>A payment that is seen is believed at once. One that is not seen is proved absent when the chain covers the time from before it
 * was begun until nobody can have sent it any more and the provider has finished with all it received. The chain goes back to a
 * moment of ours: it holds while each listing shows something the one before showed, and is anchored by payments on it that were
 * resolved before that moment. No clock of the provider's is trusted, nor ours compared with it.
 *
 * @see "docs/protocols/cardinity-mapping.md, Settling"
 */
final class Scans {
    /** Before everything: the listing showed all payments there ever were. */
    private static final Instant EVER = Instant.EPOCH;

    private final Database database;
    private final Connectors connectors;
    private final Finisher finisher;
    private final Reversals reversals;
    private final ActionPages pages;
    private final OperatorTasks tasks;
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    Scans(Database database, Connectors connectors, Finisher finisher, Reversals reversals, ActionPages pages, OperatorTasks tasks) {
        this.database = database;
        this.connectors = connectors;
        this.finisher = finisher;
        this.reversals = reversals;
        this.pages = pages;
        this.tasks = tasks;
    }

    /** An attempt that nobody has resolved, with what the proof needs of it. */
    record Open(Charge charge, Instant giveUpAt) {}

    /** Makes one look. @return false if the provider could not be asked */
    boolean scan(ProviderAccount account) {
        if (!(connectors.of(account) instanceof FindsByListing finds)) {
            return true;
        }
        // One look after the other, so that each is joined to the one before.
        ReentrantLock turn = turns.computeIfAbsent(account.id(), id -> new ReentrantLock());
        turn.lock();
        try {
            return scan(account, connectors.of(account), finds);
        } finally {
            turn.unlock();
        }
    }

    private boolean scan(ProviderAccount account, Connector connector, FindsByListing finds) {
        Instant began = now();
        List<Open> open = open(account);
        // Before the look: another node's later one could show payments that this one cannot.
        Optional<Link> before = link(account);
        Optional<Listing> looked = finds.latest();
        if (looked.isEmpty()) {
            return false;
        }
        Listing listing = looked.get();
        Map<String, Charge> known = charges(account, listing);
        Instant coversSince = coversSince(account, listing, known.values(), before, began);
        for (Sighting sighting : listing.newestFirst()) {
            Charge charge = known.get(sighting.reference());
            if (charge != null) {
                seen(connector, charge, sighting);
            }
        }
        // Not before everything on the listing is taken note of: a look that fails halfway has not been made.
        store(account, listing, coversSince, began);
        for (Open each : open) {
            if (!known.containsKey(each.charge().reference())) {
                unseen(each, coversSince, began, connector);
            }
        }
        return true;
    }

    private void seen(Connector connector, Charge charge, Sighting sighting) {
        if (charge.state() == ChargeState.PENDING) {
            Outcome outcome = sighting.outcome() instanceof Outcome.Pending ? connector.inquire(inquiry(charge, sighting.providerId())) : sighting.outcome();
            boolean otherAmount = outcome instanceof Outcome.Approved approved && !approved.amount().equals(charge.amount());
            // Whatever else is learnt later: it exists, and from now on it is asked for by its id. No listing may forget it.
            finisher.settle(charge, outcome instanceof Outcome.Unknown || otherAmount ? new Outcome.Pending(sighting.providerId()) : outcome);
            if (otherAmount) {
                stuck(charge, "The provider approved another amount than was asked for");
            }
        } else if (charge.state() == ChargeState.FAILED && sighting.outcome() instanceof Outcome.Approved approved) {
            reversals.begin(charge, approved);
        }
    }

    private void unseen(Open open, Instant coversSince, Instant scannedAt, Connector connector) {
        Charge charge = open.charge();
        if (charge.providerId() != null || charge.state() != ChargeState.PENDING) {
            // It has an id: it is asked for by that, not by the listing.
            return;
        }
        Instant provable = open.giveUpAt().plus(connector.processingTimeMax());
        if (scannedAt.isBefore(provable)) {
            return;
        }
        if (coversSince.isBefore(charge.createdAt())) {
            finisher.settle(charge, new Outcome.NotSent("Proved absent: the provider's listings cover the whole time and do not show it"));
        } else if (charge.stuckReason() == null) {
            stuck(charge, "The provider's listings do not reach back to this attempt: presence or absence cannot be proved");
        }
    }

    private void stuck(Charge charge, String reason) {
        tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), reason);
    }

    /** The chain's last look. */
    private record Link(Instant coversSince, @Nullable String newest) {}

    private Optional<Link> link(ProviderAccount account) {
        return database.sql("""
                        select covers_since, newest_id from provider_scan where account_id = :account and provider_account_id = :id
                        """)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .one(row -> new Link(row.moment("covers_since"), row.textOrNull("newest_id")));
    }

    /** The moment back to which the chain reaches with this listing: it goes on, or begins anew. */
    private Instant coversSince(ProviderAccount account, Listing listing, Iterable<Charge> known, Optional<Link> before, Instant began) {
        if (listing.complete()) {
            return EVER;
        }
        Instant anchored = anchor(account, known, began);
        Set<String> shown = listing.newestFirst().stream().map(Sighting::providerId).collect(Collectors.toSet());
        return before.filter(link -> link.newest() != null && shown.contains(link.newest()))
                .map(link -> earlier(link.coversSince(), anchored))
                .orElse(anchored);
    }

    private void store(ProviderAccount account, Listing listing, Instant covers, Instant began) {
        database.sql("""
                        insert into provider_scan (account_id, provider_account_id, covers_since, last_scan_at, newest_id)
                        values (:account, :id, :covers, :began, :newest)
                        on conflict (account_id, provider_account_id)
                        do update set covers_since = excluded.covers_since, last_scan_at = excluded.last_scan_at, newest_id = excluded.newest_id
                         where provider_scan.last_scan_at <= excluded.last_scan_at
                        """)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .bind("covers", covers)
                .bind("began", began)
                .bind("newest", listing.newestFirst().isEmpty() ? null : listing.newestFirst().getFirst().providerId())
                .update();
    }

    /**
     * Whatever was begun after a payment on the listing was resolved is newer than it, hence would be on the listing too. Only what
     * the provider itself told counts: an attempt closed as absent may have been made after that.
     */
    private Instant anchor(ProviderAccount account, Iterable<Charge> known, Instant began) {
        List<String> ids = new java.util.ArrayList<>();
        known.forEach(charge -> ids.add(charge.id()));
        return database.sql("select min(resolved_at) as moment from charge where account_id = :account and id = any (:ids) and provider_id is not null")
                .bind("account", account.accountId())
                .bind("ids", ids)
                .one(row -> Optional.ofNullable(row.momentOrNull("moment")))
                .flatMap(found -> found)
                .orElse(began);
    }

    private Map<String, Charge> charges(ProviderAccount account, Listing listing) {
        var known = new HashMap<String, Charge>();
        database.sql("""
                        select * from charge
                         where account_id = :account and provider_account_id = :id and reference = any (:references)
                        """)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .bind("references", listing.newestFirst().stream().map(Sighting::reference).filter(text -> !text.isEmpty()).toList())
                .list(Rows::charge)
                .forEach(charge -> known.put(charge.reference(), charge));
        return known;
    }

    /** Attempts of an account that are not resolved, the ones just being sent included. */
    List<Open> open(ProviderAccount account) {
        return database.sql("""
                        select * from charge
                         where account_id = :account and provider_account_id = :id and state in ('pending', 'completing')
                         order by id limit 1000
                        """)
                .bind("account", account.accountId())
                .bind("id", account.id())
                .list(row -> new Open(Rows.charge(row), row.moment("give_up_at")));
    }

    /** Which of these attempts only a listing can resolve. One that only an operator can is not among them: no look will prove it. */
    Set<String> unsettled(ProviderAccount account, Set<String> references) {
        return Set.copyOf(database.sql("""
                        select reference from charge
                         where account_id = :account and reference = any (:references) and state = 'pending' and provider_id is null
                           and stuck_reason is null
                        """)
                .bind("account", account.accountId())
                .bind("references", List.copyOf(references))
                .list(row -> row.text("reference")));
    }

    Connector.Inquiry inquiry(Charge charge, String providerId) {
        return new Connector.Inquiry(providerId, charge.reference(), charge.amount(), pages.returnUrl(charge));
    }

    private Instant now() {
        return database.sql("select now() as moment").one(row -> row.moment("moment")).orElseThrow();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
