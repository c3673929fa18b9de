package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.worldlineacquiring.Decline.Responder;
import dev.bezant.sandbox.worldlineacquiring.Issuer.Verdict;
import dev.bezant.sandbox.worldlineacquiring.Payment.Stage;
import dev.bezant.sandbox.worldlineacquiring.Payment.State;
import dev.bezant.sandbox.worldlineacquiring.Payment.Terms;
import dev.bezant.sandbox.worldlineacquiring.Step.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes payments, captures, releases and increments them. Everything here is called under the store's lock. */
final class Payments {
    private final Store store;
    private final Accounts accounts;
    private final Wire wire;
    private final Disputes disputes;

    Payments(Store store, Accounts accounts, Wire wire, Disputes disputes) {
        this.store = store;
        this.accounts = accounts;
        this.wire = wire;
        this.disputes = disputes;
    }

    /**
     * The merchant's payment.
     *
     * @throws ProblemException 404
     */
    Payment find(Account account, String id) {
        var payment = store.payment(id);
        if (payment == null || !payment.merchant().isSameAs(Merchant.of(account))) {
            throw ProblemException.unknown("payment " + id);
        }
        return payment;
    }

    Answer process(Account account, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var type = body.choice("authorizationType", Set.of("PRE_AUTHORIZATION", "FINAL_AUTHORIZATION"));
        var money = Money.required(body, "amount");
        Rates.check(body);
        var use = CardReader.read(body);
        body.refuseIfWrong();
        if (use == null) {
            throw new IllegalStateException("a missing card is refused");
        }
        var now = wire.now();
        var terms = new Terms(money, now, references, "PRE_AUTHORIZATION".equals(type), use, SchemeIds.make());
        var fresh = new Payment(UUID.randomUUID().toString(), Merchant.of(account), terms,
                new State(Stage.PENDING, null, List.of(), false, null, now));
        var payment = decided(account, fresh, Issuer.ask(use, money, now), work);
        work.save(payment);
        work.about(payment.id());
        return Answer.created(wire.paymentResponse(payment));
    }

    private Payment decided(Account account, Payment fresh, Verdict verdict, Work work) {
        var now = wire.now();
        return switch (verdict) {
            case Verdict.Declined(var reason) -> declined(fresh, reason, now);
            case Verdict.Pending() -> fresh.at(Stage.PENDING, null, now.plus(Settings.OPEN), now);
            case Verdict.Approved(long amount) -> {
                var delay = Settings.authorization(account);
                yield delay.isZero() ? approved(account, fresh, amount, work) : fresh.at(Stage.PENDING, null, now.plus(delay), now);
            }
        };
    }

    private static Payment declined(Payment payment, Decline reason, Instant now) {
        var references = payment.terms().references();
        return payment.at(Stage.DECLINED, reason, null, now)
                .and(Step.of(references, Kind.AUTHORIZATION, payment.terms().money().amount(), now).declined(reason), now);
    }

    private Payment approved(Account account, Payment payment, long amount, Work work) {
        var now = wire.now();
        var terms = payment.terms();
        var authorization = Step.of(terms.references(), Kind.AUTHORIZATION, amount, now).withCode(terms.ids().authorizationCode());
        var approved = payment.at(Stage.APPROVED, null, null, now).and(authorization, now);
        if (!terms.use().captureImmediately()) {
            work.move(MovementKind.AUTHORIZATION, payment.merchant(), payment.id(), null, terms.references(), terms.money().with(amount));
            return approved;
        }
        work.move(MovementKind.SALE, payment.merchant(), payment.id(), null, terms.references(), terms.money().with(amount));
        var sold = approved.and(Step.of(terms.references(), Kind.CAPTURE, amount, now).clearing(now.plus(Settings.clearing(account)), true), now)
                .closing(true);
        return disputes.automatic(sold, amount, work);
    }

    Answer capture(Account account, Payment payment, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var asked = amount(body, "amount", payment);
        var sequence = body.integer("captureSequenceNumber", 1, 999);
        boolean isFinal = body.isTrue("isFinal");
        Rates.check(body);
        body.refuseIfWrong();
        long amount = asked == null ? payment.remaining() : asked;
        if (payment.remaining() == 0 || amount > payment.remaining() || payment.isOver(wire.now())) {
            throw state(account, payment, "captured");
        }
        if (sequence != null && sequence != payment.captures() + 1) {
            throw ProblemException.invalid("captureSequenceNumber must be " + (payment.captures() + 1));
        }
        boolean last = isFinal || amount == payment.remaining();
        var now = wire.now();
        var step = Step.of(references, Kind.CAPTURE, amount, now).clearing(now.plus(Settings.clearing(account)), last);
        var reason = Issuer.declineOf(payment.terms().card(), amount);
        if (reason != null) {
            return kept(payment.and(step.declined(reason), now), step.declined(reason), work);
        }
        work.move(MovementKind.CAPTURE, payment.merchant(), references.operationId(), payment.id(), references, payment.terms().money().with(amount));
        return kept(disputes.automatic(payment.and(step, now).closing(last), amount, work), step, work);
    }

    private Answer kept(Payment payment, Step step, Work work) {
        work.save(payment);
        work.about(payment.id());
        return Answer.created(switch (step.kind()) {
            case AUTHORIZATION_REVERSAL -> wire.reversalResponse(payment, step);
            case INCREMENT -> wire.incrementResponse(payment, step);
            default -> wire.actionResponse(payment, step);
        });
    }

    Answer reverse(Account account, Payment payment, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var asked = amount(body, "reversalAmount", payment);
        Rates.check(body);
        body.refuseIfWrong();
        long amount = asked == null ? payment.remaining() : asked;
        if (payment.remaining() == 0 || amount > payment.remaining()) {
            throw state(account, payment, "released");
        }
        var now = wire.now();
        var step = Step.of(references, Kind.AUTHORIZATION_REVERSAL, amount, now);
        work.move(MovementKind.VOID, payment.merchant(), references.operationId(), payment.id(), references, payment.terms().money().with(amount));
        return kept(payment.and(step, now), step, work);
    }

    Answer increment(Account account, Payment payment, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var more = Money.required(body, "incrementAmount");
        Rates.check(body);
        checkCurrency(body, "incrementAmount", more, payment);
        body.refuseIfWrong();
        if (!payment.terms().preAuthorization() || payment.remaining() == 0 || payment.captured() > 0 || payment.isOver(wire.now())) {
            throw state(account, payment, "incremented" + (payment.terms().preAuthorization() ? "" : ", and was no PRE_AUTHORIZATION"));
        }
        var now = wire.now();
        var reason = Issuer.declineOf(payment.terms().card(), more.amount());
        var step = Step.of(references, Kind.INCREMENT, more.amount(), now);
        if (reason != null) {
            return kept(payment.and(step.declined(reason), now), step.declined(reason), work);
        }
        var granted = step.withCode(SchemeIds.authorizationCodeOfItsOwn());
        work.move(MovementKind.AUTHORIZATION, payment.merchant(), references.operationId(), payment.id(), references, more);
        return kept(payment.and(granted, now), granted, work);
    }

    /** Decides what is pending, by hand or by the clock. */
    Payment complete(Payment payment, boolean approved, Work work) {
        if (payment.state().stage() != Stage.PENDING) {
            throw new ControlException(409, "Payment " + payment.id() + " is " + payment.status(wire.now()) + ", not PENDING");
        }
        var account = accounts.find(WorldlineAcquiringProvider.NAME, payment.merchant().account())
                .orElseThrow(() -> new ControlException(409, "The account " + payment.merchant().account() + " is gone"));
        var decided = approved ? approved(account, payment, payment.terms().money().amount(), work)
                : declined(payment, Decline.ISSUER_UNAVAILABLE, wire.now());
        work.save(decided);
        return decided;
    }

    void completeDue(Work work) {
        var now = wire.now();
        for (var payment : store.duePayments()) {
            var due = payment.state().dueAt();
            if (due != null && !now.isBefore(due)) {
                complete(payment, true, work);
            }
        }
    }

    Answer verify(Input body) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var use = CardReader.read(body);
        body.refuseIfWrong();
        if (use == null) {
            throw new IllegalStateException("a missing card is refused");
        }
        var decline = Issuer.declineOf(use, 0, wire.now());
        var ids = SchemeIds.make();
        var json = Wire.result(references.operationId(), decline, Responder.ISSUER, false);
        if (decline == null) {
            json.put("authorizationCode", ids.authorizationCode());
        }
        json.set("cardPaymentData", Wire.cardData(use, decline));
        json.set("references", Wire.references(ids, use.card()));
        return Answer.ok(json);
    }

    /** There is 100 of the card's own currency on every card that is not out of money. */
    Answer balance(Input body) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        var use = CardReader.read(body);
        body.refuseIfWrong();
        if (use == null) {
            throw new IllegalStateException("a missing card is refused");
        }
        var decline = Issuer.declineOf(use, 0, wire.now());
        boolean empty = decline == Decline.INSUFFICIENT_FUNDS;
        var ids = SchemeIds.make();
        var json = Wire.result(references.operationId(), empty ? null : decline, Responder.ISSUER, false);
        if (decline == null || empty) {
            var currency = Cards.currencyOf(use.card().country());
            json.put("authorizationCode", ids.authorizationCode());
            long hundred = BigDecimal.valueOf(100).movePointRight(Money.decimals(currency)).longValueExact();
            json.set("availableAmount", new Money(empty ? 0 : hundred, currency).json());
        }
        json.set("cardPaymentData", Wire.cardData(use, decline));
        json.set("references", Wire.references(ids, use.card()));
        return Answer.ok(json);
    }

    /** The amount under that name in the payment's currency, or null for everything. */
    static @Nullable Long amount(Input body, String name, Payment payment) {
        var money = Money.optional(body, name);
        if (money == null) {
            return null;
        }
        checkCurrency(body, name, money, payment);
        return money.amount();
    }

    private static void checkCurrency(Input body, String name, Money money, Payment payment) {
        if (money.amount() > 0 && !money.currency().equals(payment.terms().money().currency())) {
            body.refuse(name + ".currencyCode", "is not the payment's");
        }
    }

    ProblemException state(Account account, Payment payment, String what) {
        return ProblemException.state(Settings.stateStatus(account), "The payment is " + payment.status(wire.now()) + ", "
                + payment.remaining() + " of it can still be captured or released, " + (payment.captured() - payment.refunded())
                + " given back: it cannot be " + what);
    }
}
