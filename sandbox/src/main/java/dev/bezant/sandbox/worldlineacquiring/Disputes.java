package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.worldlineacquiring.Dispute.Reason;
import dev.bezant.sandbox.worldlineacquiring.Dispute.Stage;
import dev.bezant.sandbox.worldlineacquiring.Dispute.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Raises disputes, by test cards or through the control API, and decides them: at once where the evidence is one of the words below, else when
 * somebody completes them, or the time for an answer is over. Called under the store's lock.
 */
final class Disputes {
    /** What the simulated issuer believes, and what it does not. */
    static final String WINNING = "winning_evidence";
    static final String LOSING = "losing_evidence";
    private static final int ANSWER_DAYS = 20;

    private final Store store;
    private final Wire wire;

    Disputes(Store store, Wire wire) {
        this.store = store;
        this.wire = wire;
    }

    /**
     * A dispute that the account may see.
     *
     * @throws ProblemException 404
     */
    Dispute find(Account account, String id) {
        var dispute = store.dispute(id);
        if (dispute == null || !dispute.merchant().isSameAs(Merchant.of(account))) {
            throw ProblemException.unknown("dispute " + id);
        }
        return dispute;
    }

    /** What the payment's card brings about once this amount is captured. */
    Payment automatic(Payment payment, long amount, Work work) {
        switch (payment.terms().card().aftermath()) {
            case DISPUTE_FRAUD -> raise(payment, amount, Stage.DISPUTE, Reason.FRAUD, work);
            case DISPUTE_NOT_RECEIVED -> raise(payment, amount, Stage.DISPUTE, Reason.NOT_RECEIVED, work);
            case INQUIRY -> raise(payment, amount, Stage.INQUIRY, Reason.OTHER, work);
            case TWO_DISPUTES -> {
                raise(payment, amount - amount / 2, Stage.DISPUTE, Reason.FRAUD, work);
                raise(payment, amount / 2, Stage.DISPUTE, Reason.FRAUD, work);
            }
            case NONE, REFUND_APPROVED_LATER, REFUND_DECLINED_LATER -> {
                // The cardholder is content.
            }
        }
        return payment;
    }

    /**
     * Through the control API.
     *
     * @param amount minor units, null for all that was captured
     */
    Dispute byHand(Payment payment, @Nullable Long amount, @Nullable String reason, Work work) {
        if (payment.captured() == 0) {
            throw new ControlException(409, "Payment " + payment.id() + " is " + payment.status(wire.now())
                    + " and nothing of it was captured; only captured money can be charged back");
        }
        if (amount != null && (amount <= 0 || amount > payment.captured())) {
            throw new ControlException(400, "amount must be between 1 and " + payment.captured() + " minor units, the captured amount");
        }
        return raise(payment, amount == null ? payment.captured() : amount, Stage.DISPUTE, reason(reason), work);
    }

    private static Reason reason(@Nullable String text) {
        var words = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return words.contains("fraud") || words.startsWith("10.") ? Reason.FRAUD
                : words.contains("received") || words.startsWith("13.1") ? Reason.NOT_RECEIVED : Reason.OTHER;
    }

    private Dispute raise(Payment payment, long amount, Stage stage, Reason reason, Work work) {
        var now = wire.now();
        var id = store.newDisputeId();
        var money = payment.terms().money().with(amount);
        var entry = new Dispute.Entry(id + "-1", "ISSUER", stage == Stage.INQUIRY ? "REQUEST_FOR_INFORMATION" : "CHARGEBACK", now,
                reason.text(), null, money, List.of());
        long taken = stage == Stage.DISPUTE ? amount : 0;
        var dispute = new Dispute(id, payment.merchant(), payment.id(), money, taken, stage, Status.EVIDENCE_REQUESTED, reason, now, now, null,
                answerBy(now), List.of(entry));
        if (taken > 0) {
            move(MovementKind.CHARGEBACK, dispute, taken, work);
        }
        work.save(dispute);
        return dispute;
    }

    private static LocalDate answerBy(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(ANSWER_DAYS);
    }

    Dispute accept(Account account, Dispute dispute, @Nullable String text, @Nullable String userId, Work work) {
        requireOpen(account, dispute);
        var accepted = dispute.with(entry(dispute, "MERCHANT", "ACCEPTANCE", text, userId, null, List.of()));
        return kept(lost(accepted, Status.ACCEPTED, work), work);
    }

    Dispute defend(Account account, Dispute dispute, @Nullable String text, @Nullable String userId, @Nullable Money part,
            List<String> documentIds, Work work) {
        requireOpen(account, dispute);
        if (dispute.status() != Status.EVIDENCE_REQUESTED) {
            throw ProblemException.state(Settings.stateStatus(account), "The dispute is " + dispute.status() + ": evidence was given");
        }
        var attached = new ArrayList<String>();
        for (var id : documentIds) {
            var document = store.document(id);
            if (document == null || !document.merchant().isSameAs(dispute.merchant())) {
                throw ProblemException.unknown("document " + id);
            }
            attached.add(id);
        }
        var defended = dispute.with(entry(dispute, "MERCHANT", "EVIDENCE", text, userId, part, attached));
        var words = text == null ? "" : text;
        var decided = words.contains(WINNING) ? won(defended, Status.SUCCESSFUL_DEFENSE, work)
                : words.contains(LOSING) ? lost(defended, Status.UNSUCCESSFUL_DEFENSE, work)
                : defended.at(defended.stage(), Status.REVIEW_BY_ISSUER, defended.taken(), null, wire.now());
        return kept(decided, work);
    }

    /**
     * The issuer decides, through the control API.
     *
     * @param approved whether the cardholder is right: then an inquiry becomes a dispute, and a dispute is lost
     */
    Dispute decide(Dispute dispute, boolean approved, Work work) {
        if (!dispute.isOpen()) {
            throw new ControlException(409, "Dispute " + dispute.id() + " is " + dispute.status() + " already");
        }
        if (dispute.stage() == Stage.INQUIRY) {
            return kept(approved ? escalated(dispute, work) : dispute.at(Stage.INQUIRY, Status.DISPUTE_CANCELLED, 0, null, wire.now()), work);
        }
        boolean answered = dispute.status() == Status.REVIEW_BY_ISSUER;
        return kept(approved
                ? lost(dispute, answered ? Status.UNSUCCESSFUL_DEFENSE : Status.UNANSWERED_EXPIRED, work)
                : won(dispute, answered ? Status.SUCCESSFUL_DEFENSE : Status.ISSUER_WITHDRAWN, work), work);
    }

    private Dispute escalated(Dispute dispute, Work work) {
        var now = wire.now();
        move(MovementKind.CHARGEBACK, dispute, dispute.amount().amount(), work);
        return dispute.with(entry(dispute, "ISSUER", "CHARGEBACK", dispute.reason().text(), null, dispute.amount(), List.of()))
                .at(Stage.DISPUTE, Status.EVIDENCE_REQUESTED, dispute.amount().amount(), answerBy(now), now);
    }

    private Dispute won(Dispute dispute, Status status, Work work) {
        if (dispute.taken() > 0) {
            move(MovementKind.CHARGEBACK_REVERSAL, dispute, dispute.taken(), work);
        }
        return ruled(dispute, status, 0);
    }

    private Dispute lost(Dispute dispute, Status status, Work work) {
        if (dispute.taken() == 0) {
            move(MovementKind.CHARGEBACK, dispute, dispute.amount().amount(), work);
        }
        return ruled(dispute, status, dispute.amount().amount());
    }

    private Dispute ruled(Dispute dispute, Status status, long taken) {
        return dispute.with(entry(dispute, "ISSUER", "RULING", null, null, null, List.of())).at(dispute.stage(), status, taken, null, wire.now());
    }

    private static Dispute kept(Dispute dispute, Work work) {
        work.save(dispute);
        return dispute;
    }

    private Dispute.Entry entry(Dispute dispute, String category, String type, @Nullable String text, @Nullable String userId,
            @Nullable Money amount, List<String> documentIds) {
        return new Dispute.Entry(dispute.nextEntryId(), category, type, wire.now(), text, userId, amount, documentIds);
    }

    private static void requireOpen(Account account, Dispute dispute) {
        if (!dispute.isOpen()) {
            throw ProblemException.state(Settings.stateStatus(account), "The dispute is " + dispute.status());
        }
    }

    private static void move(MovementKind kind, Dispute dispute, long amount, Work work) {
        work.move(kind, dispute.merchant(), dispute.id(), dispute.paymentId(), null, dispute.amount().with(amount));
    }

    /** Nobody answered in time. An inquiry then just ends. */
    void completeDue(Work work) {
        var today = LocalDate.ofInstant(wire.now(), ZoneOffset.UTC);
        for (var dispute : store.openDisputes()) {
            if (dispute.due() != null && today.isAfter(dispute.due())) {
                work.save(dispute.stage() == Stage.INQUIRY
                        ? dispute.at(Stage.INQUIRY, Status.UNANSWERED_EXPIRED, 0, null, wire.now())
                        : lost(dispute, Status.UNANSWERED_EXPIRED, work));
            }
        }
    }
}
