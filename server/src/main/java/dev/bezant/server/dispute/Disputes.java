package dev.bezant.server.dispute;

import dev.bezant.server.balance.BalanceEntries;
import dev.bezant.server.balance.BalanceEntries.Movement;
import dev.bezant.server.balance.BalanceTransaction.Kind;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Render;
import dev.bezant.server.shape.PreviousAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of disputes. Every change is one commit with what it does to the charge, the balance and the events; whoever changes money
 * holds the charge first and the dispute then. Thread-safe.
 */
final class Disputes {
    private static final Logger LOG = LoggerFactory.getLogger(Disputes.class);

    private final Database database;
    private final Events events;
    private final BalanceEntries entries;
    private final DisputeView view;
    private final Ids ids;
    private final Clock clock;

    Disputes(Database database, Events events, BalanceEntries entries, DisputeView view, Ids ids, Clock clock) {
        this.database = database;
        this.events = events;
        this.entries = entries;
        this.view = view;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Records a dispute that nobody here has known.
     *
     * @param found the charge that it is about, as read before
     * @return false if somebody was faster
     */
    boolean begin(ProviderAccount account, Charge found, ReportedDispute reported) {
        return database.transaction(tx -> {
            Charge charge = DisputeStore.lockCharge(tx, found.accountId(), found.id()).orElseThrow();
            var dispute = new Dispute(charge.accountId(), ids.next("dp"), charge.livemode(), charge.id(), charge.paymentIntentId(), account.provider(),
                    account.id(), reported.providerId(), reported.providerPaymentId(), reported.word(), DisputeStatus.firstHeard(reported.word()),
                    reported.reason().name().toLowerCase(Locale.ROOT), reported.reasonCode(), reported.reasonText(), reported.amount(),
                    charge.methodSnapshot().path("card").path("brand").asString(null), Json.object(), 0, null, null, reported.dueBy(), Json.object(), now());
            if (!DisputeStore.insert(tx, dispute)) {
                return false;
            }
            boolean taken = dispute.status().moneyTaken();
            Charge after = DisputeStore.disputed(tx, charge, taken ? dispute.amount().amount() : 0);
            if (taken) {
                enter(tx, dispute, Kind.DISPUTE);
            }
            ObjectNode shown = view.of(tx, dispute);
            var drafts = new ArrayList<EventDraft>();
            drafts.add(EventDraft.of("charge.dispute.created", shown));
            if (taken) {
                drafts.add(EventDraft.of("charge.dispute.funds_withdrawn", shown));
            }
            if (!dispute.status().open()) {
                drafts.add(EventDraft.of("charge.dispute.closed", shown));
            }
            if (!charge.extras().disputed()) {
                ObjectNode now = Render.charge(after);
                drafts.add(EventDraft.updated("charge.updated", now, PreviousAttributes.between(Render.charge(charge), now)));
            }
            events.append(tx, Cause.job(dispute.accountId(), dispute.livemode()), drafts);
            if (after.amountCaptured() < after.amountRefunded() + after.amountRefunding() + after.extras().amountDisputed()) {
                LOG.atWarn().addKeyValue("dispute", dispute.id()).addKeyValue("charge", charge.id())
                        .log("A charge was refunded and charged back too: more went away than came in");
            }
            return true;
        });
    }

    /** Takes over the provider's word where it has changed. @return whether it had */
    boolean heard(Dispute known, ReportedDispute reported) {
        return reported.word() != known.heard() && changed(known, dispute -> dispute.heard() == reported.word()
                ? dispute
                : dispute.now(reported.word(), dispute.status().heard(reported.word())), Disputes::nothingElse);
    }

    /** The banks' decision about evidence, with what the provider says since then. */
    void decided(Dispute known, ReportedDispute reported, boolean won) {
        heard(known, reported);
        changed(known, dispute -> dispute.status().open() ? dispute.now(dispute.heard(), dispute.status().decided(won)) : dispute,
                Disputes::nothingElse);
    }

    /**
     * An operator's decision, also against an earlier one.
     *
     * @param also done in the same commit, with the dispute as it is then; not if it changes nothing
     * @return the dispute as it is then
     */
    Dispute resolved(Dispute known, boolean won, BiConsumer<Session, Dispute> also) {
        changed(known, dispute -> dispute.now(dispute.heard(), dispute.status().decided(won)), also);
        return DisputeStore.find(database, known.accountId(), known.livemode(), known.id()).orElseThrow();
    }

    /**
     * Changes a dispute within a transaction that holds it; one that moves no money.
     *
     * @return the dispute as the API shows it then
     */
    ObjectNode change(Session tx, Cause cause, Dispute before, Dispute after) {
        if (before.status().moneyTaken() != after.status().moneyTaken()) {
            throw new IllegalArgumentException("Money moves, so the charge must be held: " + after);
        }
        ObjectNode old = view.of(tx, before);
        DisputeStore.update(tx, before, after);
        ObjectNode shown = view.of(tx, after);
        events.append(tx, cause, told(before, after, old, shown));
        return shown;
    }

    private boolean changed(Dispute known, UnaryOperator<Dispute> change, BiConsumer<Session, Dispute> also) {
        return database.transaction(tx -> {
            Charge charge = DisputeStore.lockCharge(tx, known.accountId(), known.chargeId()).orElseThrow();
            Dispute before = DisputeStore.locked(tx, known.accountId(), known.id()).orElseThrow();
            Dispute after = change.apply(before);
            if (after.equals(before)) {
                return false;
            }
            ObjectNode old = view.of(tx, before);
            DisputeStore.update(tx, before, after);
            boolean took = before.status().moneyTaken();
            boolean takes = after.status().moneyTaken();
            if (took != takes) {
                DisputeStore.disputed(tx, charge, takes ? after.amount().amount() : -after.amount().amount());
                enter(tx, after, takes ? Kind.DISPUTE : Kind.DISPUTE_REVERSAL);
            }
            events.append(tx, Cause.job(after.accountId(), after.livemode()), told(before, after, old, view.of(tx, after)));
            also.accept(tx, after);
            return true;
        });
    }

    private static void nothingElse(Session tx, Dispute after) {
        // The change itself is all there is to do.
    }

    private void enter(Session tx, Dispute dispute, Kind kind) {
        String what = kind == Kind.DISPUTE ? "Chargeback of charge " : "Chargeback reversed, of charge ";
        entries.append(tx, new Movement(dispute.accountId(), dispute.livemode(), kind, dispute.amount(), kind == Kind.DISPUTE_REVERSAL, dispute.id(),
                what + dispute.chargeId()));
    }

    private static List<EventDraft> told(Dispute before, Dispute after, ObjectNode old, ObjectNode shown) {
        var drafts = new ArrayList<EventDraft>();
        boolean took = before.status().moneyTaken();
        boolean takes = after.status().moneyTaken();
        boolean closes = before.status().open() && !after.status().open();
        ObjectNode previous = PreviousAttributes.between(old, shown);
        if (!closes && !previous.isEmpty()) {
            drafts.add(EventDraft.updated("charge.dispute.updated", shown, previous));
        }
        if (takes && !took) {
            drafts.add(EventDraft.of("charge.dispute.funds_withdrawn", shown));
        }
        if (took && !takes) {
            drafts.add(EventDraft.of("charge.dispute.funds_reinstated", shown));
        }
        if (closes) {
            drafts.add(EventDraft.of("charge.dispute.closed", shown));
        }
        return drafts;
    }

    Optional<Dispute> known(ProviderAccount account, String providerId) {
        return DisputeStore.known(database, account.accountId(), account.id(), providerId);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
