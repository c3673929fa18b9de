package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.worldlineacquiring.Refund.Stage;
import dev.bezant.sandbox.worldlineacquiring.Refund.State;
import dev.bezant.sandbox.worldlineacquiring.Refund.Terms;
import dev.bezant.sandbox.worldlineacquiring.Step.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives money back, for a payment or without one. Everything here is called under the store's lock. */
final class Refunds {
    private final Store store;
    private final Accounts accounts;
    private final Wire wire;

    Refunds(Store store, Accounts accounts, Wire wire) {
        this.store = store;
        this.accounts = accounts;
        this.wire = wire;
    }

    /**
     * The merchant's refund.
     *
     * @throws ProblemException 404
     */
    Refund find(Account account, String id) {
        var refund = store.refund(id);
        if (refund == null || !refund.merchant().isSameAs(Merchant.of(account))) {
            throw ProblemException.unknown("refund " + id);
        }
        return refund;
    }

    Answer ofPayment(Account account, Payment payment, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var asked = Payments.amount(body, "amount", payment);
        boolean captured = body.isTrue("captureImmediately");
        Rates.check(body);
        body.refuseIfWrong();
        long left = payment.captured() - payment.refunded();
        long amount = asked == null ? left : asked;
        if (left <= 0 || amount > left) {
            throw ProblemException.state(Settings.stateStatus(account), "The payment is " + payment.status(wire.now()) + ", " + left
                    + " of it can still be given back");
        }
        var refund = decided(account, fresh(account, payment.id(), payment.terms().money().with(amount), references, captured,
                payment.terms().card()), work);
        var step = Step.of(references, Kind.REFUND, amount, wire.now()).ofRefund(refund.id());
        work.save(refund);
        var reason = refund.state().decline();
        work.save(payment.and(reason == null ? step : step.declined(reason), wire.now()));
        work.about(refund.id());
        return Answer.created(wire.refundAction(refund, references.operationId()));
    }

    Answer standalone(Account account, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var money = Money.required(body, "amount");
        Rates.check(body);
        var use = CardReader.read(body);
        body.refuseIfWrong();
        if (use == null) {
            throw new IllegalStateException("a missing card is refused");
        }
        var fresh = fresh(account, null, money, references, use.captureImmediately(), use.card());
        Decline refusal = !use.card().isNumber() ? Decline.INVALID_NUMBER : use.card().isExpired(wire.now()) ? Decline.EXPIRED_CARD : null;
        var refund = refusal == null ? decided(account, fresh, work) : declined(fresh, refusal);
        work.save(refund);
        work.about(refund.id());
        return Answer.created(wire.refundResponse(refund));
    }

    private Refund fresh(Account account, @Nullable String paymentId, Money money, References references, boolean captured, CardFacts card) {
        var now = wire.now();
        return new Refund(UUID.randomUUID().toString(), paymentId, Merchant.of(account),
                new Terms(money, now, references, captured, card, SchemeIds.make()),
                new State(Stage.PENDING, null, List.of(), null, true, null, now));
    }

    private Refund decided(Account account, Refund fresh, Work work) {
        var now = wire.now();
        var terms = fresh.terms();
        var reason = Issuer.declineOf(terms.card(), terms.money().amount());
        if (reason != null) {
            return declined(fresh, reason);
        }
        boolean fails = terms.card().aftermath() == Aftermath.REFUND_DECLINED_LATER;
        boolean waits = fails || terms.card().aftermath() == Aftermath.REFUND_APPROVED_LATER
                || (terms.card().shared() == null && terms.money().amount() == Issuer.PENDING);
        var delay = waits ? Settings.OPEN : Settings.refund(account);
        if (!delay.isZero()) {
            return new Refund(fresh.id(), fresh.paymentId(), fresh.merchant(), terms,
                    new State(Stage.PENDING, null, List.of(), now.plus(delay), !fails, null, now));
        }
        return approved(account, fresh, work);
    }

    private Refund declined(Refund refund, Decline reason) {
        var now = wire.now();
        return refund.at(Stage.DECLINED, reason, null, now).and(
                Step.of(refund.terms().references(), Kind.AUTHORIZATION, refund.terms().money().amount(), now).declined(reason));
    }

    private Refund approved(Account account, Refund refund, Work work) {
        var now = wire.now();
        var terms = refund.terms();
        var step = Step.of(terms.references(), Kind.AUTHORIZATION, terms.money().amount(), now);
        var authorized = refund.at(Stage.AUTHORIZED, null, null, now).and(step);
        return terms.captureImmediately() ? captured(account, authorized, terms.references(), work) : authorized;
    }

    private Refund captured(Account account, Refund refund, References references, Work work) {
        var now = wire.now();
        var terms = refund.terms();
        work.move(MovementKind.REFUND, refund.merchant(), refund.id(), refund.paymentId(), terms.references(), terms.money());
        return refund.at(Stage.CAPTURED, null, now.plus(Settings.clearing(account)), now)
                .and(Step.of(references, Kind.CAPTURE, terms.money().amount(), now));
    }

    Answer capture(Account account, Refund refund, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        body.refuseIfWrong();
        requireAuthorized(account, refund, "carried out");
        return kept(captured(account, refund, references, work), references, work);
    }

    Answer reverse(Account account, Refund refund, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        body.refuseIfWrong();
        requireAuthorized(account, refund, "given up");
        var now = wire.now();
        var reversed = refund.at(Stage.REVERSED, null, null, now)
                .and(Step.of(references, Kind.AUTHORIZATION_REVERSAL, refund.terms().money().amount(), now));
        comesToNothing(reversed, now, work);
        return kept(reversed, references, work);
    }

    private Answer kept(Refund refund, References references, Work work) {
        work.save(refund);
        work.about(refund.id());
        return Answer.created(wire.refundAction(refund, references.operationId()));
    }

    private void requireAuthorized(Account account, Refund refund, String what) {
        if (!refund.is(Stage.AUTHORIZED)) {
            throw ProblemException.state(Settings.stateStatus(account), "The refund is " + refund.status(wire.now()) + ": it cannot be " + what);
        }
    }

    /** The payment can be given back again. */
    void comesToNothing(Refund refund, Instant now, Work work) {
        var payment = refund.paymentId() == null ? null : store.payment(refund.paymentId());
        if (payment != null) {
            work.save(payment.changing(step -> refund.id().equals(step.refundId()) ? step.undo() : step, now));
        }
    }

    /** Ends what is pending, by hand or by the clock. */
    Refund complete(Refund refund, boolean approved, Work work) {
        if (!refund.is(Stage.PENDING)) {
            throw new ControlException(409, "Refund " + refund.id() + " is " + refund.status(wire.now()) + ", not PENDING");
        }
        var account = accounts.find(WorldlineAcquiringProvider.NAME, refund.merchant().account())
                .orElseThrow(() -> new ControlException(409, "The account " + refund.merchant().account() + " is gone"));
        var decided = approved ? approved(account, refund, work) : declined(refund, Decline.DO_NOT_HONOUR);
        if (!approved) {
            comesToNothing(decided, wire.now(), work);
        }
        work.save(decided);
        return decided;
    }

    void completeDue(Work work) {
        var now = wire.now();
        for (var refund : store.dueRefunds()) {
            var due = refund.state().dueAt();
            if (due != null && !now.isBefore(due)) {
                complete(refund, refund.state().approvedWhenDue(), work);
            }
        }
    }
}
