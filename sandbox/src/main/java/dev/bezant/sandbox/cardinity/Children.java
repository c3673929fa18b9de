package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settlements, voids and refunds (sections 2.4 and 2.5). What the real service answers to an over-capture, an over-refund or a void too
 * late is not known; here it is a 400 that names {@code amount} or {@code status}. Thread-safe.
 */
final class Children {
    private static final Duration AUTHORIZATION_LIFE = Duration.ofDays(7);
    private static final long CENTS_MIN = 1;

    private final Store store;
    private final SandboxClock clock;
    private final Disputes disputes;
    private final Events events;
    private final Wire wire;

    Children(Store store, SandboxClock clock, Disputes disputes, Events events, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.disputes = disputes;
        this.events = events;
        this.wire = wire;
    }

    Child settle(Account account, Payment found, ObjectNode body) {
        var asked = Asked.withAmount(body, found.terms().currency());
        synchronized (store.lockOf(found.id())) {
            var payment = current(found);
            refuseUnlessOpenAuthorization(payment);
            long captured = payment.state().captured();
            if (captured > 0 && "false".equals(account.get("multi_capture"))) {
                throw status("the authorization is settled already");
            }
            if (asked.cents() > payment.terms().cents() - captured) {
                throw amount(body, "must be at most " + Amounts.text(payment.terms().cents() - captured) + ", which is left to settle");
            }
            if (asked.fails()) {
                return save(declined(payment, Child.Kind.SETTLEMENT, asked), null, List.of());
            }
            var settlement = child(payment, Child.Kind.SETTLEMENT, asked, Status.APPROVED, null, null, false);
            return save(settlement, payment.with(payment.state().withCaptured(captured + asked.cents())),
                    disputes.automatic(payment, asked.cents()));
        }
    }

    Child voidAuthorization(Payment found, ObjectNode body) {
        var asked = Asked.withoutAmount(body);
        synchronized (store.lockOf(found.id())) {
            var payment = current(found);
            refuseUnlessOpenAuthorization(payment);
            if (payment.state().captured() > 0) {
                throw status("the authorization is settled already");
            }
            if (asked.fails()) {
                return save(declined(payment, Child.Kind.VOID, asked), null, List.of());
            }
            return save(child(payment, Child.Kind.VOID, asked, Status.APPROVED, null, null, false),
                    payment.with(payment.state().asVoided()), List.of());
        }
    }

    Child refund(Payment found, ObjectNode body) {
        var asked = Asked.withAmount(body, found.terms().currency());
        synchronized (store.lockOf(found.id())) {
            var payment = current(found);
            if (payment.state().captured() == 0) {
                throw status(payment.state().status() == Status.APPROVED
                        ? "nothing of the authorization is settled" : "the payment is not approved");
            }
            long left = payment.state().captured() - payment.state().refunded();
            if (asked.cents() > left) {
                throw amount(body, "must be at most " + Amounts.text(left) + ", which is left to refund");
            }
            if (asked.fails()) {
                return save(declined(payment, Child.Kind.REFUND, asked), null, List.of());
            }
            var refunded = payment.with(payment.state().withRefunded(payment.state().refunded() + asked.cents()));
            return save(firstRefund(payment, asked), refunded, List.of());
        }
    }

    private Child firstRefund(Payment payment, Asked asked) {
        var aftermath = payment.terms().card().behaviour().aftermath();
        boolean later = aftermath == Aftermath.REFUND_APPROVED_LATER || aftermath == Aftermath.REFUND_DECLINED_LATER
                || Triggers.PROCESSING.equals(asked.description());
        return later
                ? child(payment, Child.Kind.REFUND, asked, Status.PROCESSING, null, clock.instant().plus(Payments.PROCESSING),
                        aftermath != Aftermath.REFUND_DECLINED_LATER)
                : child(payment, Child.Kind.REFUND, asked, Status.APPROVED, null, null, false);
    }

    /** Ends a refund that is in {@code processing}; null if it is not any more. A declined one frees its amount. */
    @Nullable Child completeProcessing(String id, boolean approved) {
        var found = store.child(id);
        if (found == null) {
            return null;
        }
        synchronized (store.lockOf(found.paymentId())) {
            var refund = store.child(id);
            var payment = store.payment(found.paymentId());
            if (refund == null || payment == null || refund.status() != Status.PROCESSING) {
                return null;
            }
            if (approved) {
                return save(refund.ended(Status.APPROVED, null), null, List.of());
            }
            long refunded = payment.state().refunded() - refund.centsOrZero();
            return save(refund.ended(Status.DECLINED, Decline.DO_NOT_HONOR.error()), payment.with(payment.state().withRefunded(refunded)),
                    List.of());
        }
    }

    void completeDue() {
        var now = clock.instant();
        for (var child : store.childrenProcessing()) {
            var due = child.dueAt();
            if (due != null && !now.isBefore(due)) {
                completeProcessing(child.id(), child.approvedWhenDue());
            }
        }
    }

    /** What a request for a child says. */
    private record Asked(long cents, boolean hasAmount, @Nullable String description) {
        static Asked withAmount(ObjectNode body, String currency) {
            var violations = new Violations();
            var fields = new Fields(body, violations);
            long cents = PaymentRequest.amount(fields, CENTS_MIN, currency);
            var description = fields.text("description", 255);
            violations.refuseIfAny();
            return new Asked(cents, true, description);
        }

        static Asked withoutAmount(ObjectNode body) {
            var violations = new Violations();
            var description = new Fields(body, violations).text("description", 255);
            violations.refuseIfAny();
            return new Asked(0, false, description);
        }

        boolean fails() {
            return Triggers.CHILD_FAILS.equals(description);
        }
    }

    private void refuseUnlessOpenAuthorization(Payment payment) {
        if (payment.state().status() != Status.APPROVED) {
            throw status("the payment is not approved");
        }
        if (payment.terms().settle()) {
            throw status("the payment is a purchase, not an authorization");
        }
        if (payment.state().voided()) {
            throw status("the authorization is voided");
        }
        if (!clock.instant().isBefore(payment.terms().created().plus(AUTHORIZATION_LIFE))) {
            throw status("the authorization expired after 7 days");
        }
    }

    private static ProblemException status(String message) {
        return Violations.one("status", null, message);
    }

    private static ProblemException amount(ObjectNode body, String message) {
        return Violations.one("amount", body.path("amount"), message);
    }

    private Child declined(Payment payment, Child.Kind kind, Asked asked) {
        return child(payment, kind, asked, Status.DECLINED, Decline.DO_NOT_HONOR.error(), null, false);
    }

    private Child child(Payment payment, Child.Kind kind, Asked asked, Status status, @Nullable String error, @Nullable Instant dueAt,
            boolean approvedWhenDue) {
        return new Child(UUID.randomUUID().toString(), payment.account(), payment.id(), kind, asked.hasAmount() ? asked.cents() : null,
                payment.terms().currency(), clock.instant().truncatedTo(ChronoUnit.MILLIS), payment.terms().live(), status, error,
                payment.terms().orderId(), asked.description(), null, dueAt, approvedWhenDue);
    }

    private Child save(Child child, @Nullable Payment payment, List<Child> raised) {
        var changed = new ArrayList<Object>();
        changed.add(child);
        if (payment != null) {
            changed.add(payment);
        }
        changed.addAll(raised);
        var movements = new ArrayList<Movement>();
        if (child.status() == Status.APPROVED) {
            movements.add(movement(child));
        }
        raised.forEach(dispute -> disputes.movement(dispute).ifPresent(movements::add));
        store.commit(changed, movements);
        events.send(child.account(), child.kind().wireName() + "." + child.status().wireName(), wire.child(child));
        raised.forEach(disputes::announce);
        return child;
    }

    private Movement movement(Child child) {
        var kind = switch (child.kind()) {
            case REFUND -> MovementKind.REFUND;
            case SETTLEMENT -> MovementKind.CAPTURE;
            case VOID -> MovementKind.VOID;
            case CHARGEBACK, RDR -> MovementKind.CHARGEBACK;
        };
        var payment = store.payment(child.paymentId());
        // A void releases the whole authorization.
        long cents = child.kind() == Child.Kind.VOID && payment != null ? payment.terms().cents() : child.centsOrZero();
        return new Movement(CardinityProvider.NAME, child.account(), kind, child.id(), child.paymentId(), child.description(),
                Amounts.minorUnits(cents, child.currency()), Amounts.lower(child.currency()));
    }

    private Payment current(Payment found) {
        var payment = store.payment(found.id());
        if (payment == null) {
            throw ProblemException.notFound("Payment " + found.id());
        }
        return payment;
    }
}
