package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Kind;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Captures, cancellations, refunds and increments (section 1.1). What is accepted is answered as requested and, unless the account or a
 * magic value says otherwise, done at once. Called under the store's lock.
 */
final class MaintenanceDesk {
    /** Magic amounts in euro, for cards that are not in the common table (section 5). */
    private static final long REFUND_FAILS = 1303;
    private static final long CAPTURE_FAILS = 1309;
    private static final long REFUND_UNCERTAIN = 1203;
    private static final long CAPTURE_UNCERTAIN = 1209;

    private static final String CAPTURE_ERROR = "50001127";
    private static final String CANCEL_ERROR = "50001128";
    private static final String REFUND_ERROR = "50001129";

    private final SandboxClock clock;
    private final Wire wire;
    private final Disputes disputes;

    MaintenanceDesk(SandboxClock clock, Wire wire, Disputes disputes) {
        this.clock = clock;
        this.wire = wire;
        this.disputes = disputes;
    }

    /** How something ends: when, and how. */
    private record Course(Stage stage, @Nullable Instant dueAt, boolean approvedWhenDue) {
        static final Course AT_ONCE = new Course(Stage.PENDING, null, true);
        static final Course FAILS_AT_ONCE = new Course(Stage.PENDING, null, false);

        boolean endsAtOnce() {
            return dueAt == null;
        }
    }

    Answer capture(Account account, Payment payment, JsonNode json, Work work) {
        var body = Input.of(json);
        var asked = body.number("amount");
        if (asked != null && asked < 1) {
            body.refuse("amount", "must be at least 1");
        }
        boolean wantsToBeLast = body.flag("isFinal", asked == null);
        var references = References.read(body, "references");
        var operationReferences = References.read(body, "operationReferences");
        body.refuseIfWrong();
        long amount = asked == null ? payment.remaining() : asked;
        if (payment.remaining() == 0 || amount > payment.remaining() || payment.refunding() > 0 || isOver(payment)) {
            throw ProblemException.notAllowed(CAPTURE_ERROR);
        }
        boolean last = wantsToBeLast || amount == payment.remaining();
        var course = captureCourse(account, payment, amount);
        var capture = made(payment, Kind.CAPTURE, amount, course, last, references, operationReferences, null);
        // What is left is released by the last one.
        var accepted = payment.with(payment.state().closing(last, last).notDue().with(capture, now()));
        var answer = Answer.of(201, wire.capture(accepted, capture, capture.standing()));
        accept(accepted, capture, course, work);
        return answer;
    }

    /** Takes everything that is left, without being asked. */
    void captureWhenDue(Account account, Payment payment, Work work) {
        if (payment.remaining() > 0 && !isOver(payment)) {
            capture(account, payment, Json.object(), work);
        } else {
            work.save(payment.with(payment.state().notDue()));
        }
    }

    Answer cancel(Payment payment, JsonNode json, Work work) {
        var body = Input.of(json);
        var asked = amount(body, payment);
        boolean last = body.flag("isFinal", asked == null);
        var operationReferences = References.read(body, "operationReferences");
        body.refuseIfWrong();
        long amount = asked == null ? payment.remaining() : asked;
        if (payment.remaining() == 0 || amount > payment.remaining() || payment.state().cancelClosed() || isOver(payment)) {
            throw ProblemException.notAllowed(CANCEL_ERROR);
        }
        var cancel = made(payment, Kind.CANCEL, amount, Course.AT_ONCE, last, References.NONE, operationReferences, null);
        // After the last cancellation what is still held can be captured, not cancelled.
        var accepted = payment.with(payment.state().closing(false, last).with(cancel, now()));
        if (accepted.remaining() == 0) {
            accepted = accepted.with(accepted.state().notDue());
        }
        var answer = Answer.of(200, wire.cancellation(accepted, cancel));
        end(accepted, cancel, true, work);
        return answer;
    }

    Answer refund(Account account, Payment payment, JsonNode json, Work work) {
        var body = Input.of(json);
        var asked = amount(body, payment);
        var references = References.read(body, "references");
        var operationReferences = References.read(body, "operationReferences");
        boolean last = body.flag("isFinal", false);
        var captureId = body.text("captureId");
        body.refuseIfWrong();
        long left = payment.captured() - payment.refunding();
        long amount = asked == null ? left : asked;
        if (left <= 0 || amount > left) {
            throw ProblemException.notAllowed(REFUND_ERROR);
        }
        if (captureId != null && !isCapture(payment, captureId)) {
            throw ProblemException.unknown("UNKNOWN_CAPTURE_ID", "captureId");
        }
        if (isMagic(payment, amount, REFUND_FAILS)) {
            return refusedRefund(payment, amount, references, operationReferences, work);
        }
        var course = refundCourse(account, payment, amount);
        var refund = made(payment, Kind.REFUND, amount, course, last, references, operationReferences, captureId);
        var accepted = payment.with(payment.state().with(refund, now()));
        var json201 = wire.refund(accepted, refund, refund.standing());
        work.tell(new Events.Event(payment.account(), "refund.refund_requested", "refund", json201, payment.terms().webhookUrls()));
        accept(accepted, refund, course, work);
        return Answer.of(201, json201);
    }

    private Answer refusedRefund(Payment payment, long amount, References references, References operationReferences, Work work) {
        var refund = made(payment, Kind.REFUND, amount, Course.FAILS_AT_ONCE, false, references, operationReferences, null).ended(false);
        var kept = payment.with(payment.state().with(refund, now()));
        work.save(kept);
        var problem = ProblemException.body(402, List.of(Decline.REFUND_REFUSED.error()));
        problem.set("refundResult", wire.refund(kept, refund, refund.standing()));
        return Answer.of(402, problem);
    }

    /** More is held than was at first; only of a pre-authorization. The fields of this call are not known (section 1). */
    Answer increment(Payment payment, JsonNode json, Work work) {
        var body = Input.of(json);
        var more = Money.read(body.has("order") ? body.object("order") : body, "amountOfMoney", 1);
        var operationReferences = References.read(body, "operationReferences");
        body.refuseIfWrong();
        if (!more.currency().equals(payment.money().currency())) {
            throw ProblemException.invalid("amountOfMoney.currencyCode", "is not the payment's");
        }
        if (payment.terms().mode() != Payment.Mode.PRE_AUTHORIZATION || payment.remaining() == 0 || payment.captured() > 0 || isOver(payment)) {
            throw ProblemException.notAllowed(CAPTURE_ERROR);
        }
        var increment = made(payment, Kind.INCREMENT, more.amount(), Course.AT_ONCE, false, References.NONE, operationReferences, null);
        var raised = payment.with(payment.state().raised(more.amount()).with(increment, now()));
        var kept = end(raised, increment, true, work);
        var answer = Json.object();
        answer.set("payment", withOperation(kept, increment.ended(true)));
        return Answer.of(201, answer);
    }

    /** The amount under {@code amountOfMoney} in the payment's currency, or null for everything. */
    private static @Nullable Long amount(Input body, Payment payment) {
        if (!body.has("amountOfMoney")) {
            return null;
        }
        var money = Money.read(body, "amountOfMoney", 1);
        if (Money.isCurrency(money.currency()) && !money.currency().equals(payment.money().currency())) {
            body.refuse("amountOfMoney.currencyCode", "is not the payment's");
        }
        return money.amount();
    }

    private static boolean isCapture(Payment payment, String id) {
        return (payment.isSale() && id.equals(payment.wireId()))
                || payment.operations(Kind.CAPTURE).stream().anyMatch(capture -> capture.isDone() && payment.wireId(capture).equals(id));
    }

    /** The authorization has expired. */
    private boolean isOver(Payment payment) {
        return !clock.instant().isBefore(payment.terms().created().plus(payment.terms().mode().life()));
    }

    private Course captureCourse(Account account, Payment payment, long amount) {
        if (isMagic(payment, amount, CAPTURE_FAILS)) {
            return Course.FAILS_AT_ONCE;
        }
        if (isMagic(payment, amount, CAPTURE_UNCERTAIN)) {
            return new Course(Stage.UNCERTAIN, now().plus(Payments.OPEN), true);
        }
        return after(Settings.seconds(account, "capture_seconds"));
    }

    private Course refundCourse(Account account, Payment payment, long amount) {
        if (isMagic(payment, amount, REFUND_UNCERTAIN)) {
            return new Course(Stage.UNCERTAIN, now().plus(Payments.OPEN), true);
        }
        var card = payment.terms().card();
        var aftermath = card == null ? Aftermath.NONE : card.aftermath();
        if (aftermath == Aftermath.REFUND_APPROVED_LATER || aftermath == Aftermath.REFUND_DECLINED_LATER) {
            return new Course(Stage.PENDING, now().plus(Payments.OPEN), aftermath == Aftermath.REFUND_APPROVED_LATER);
        }
        return after(Settings.seconds(account, "refund_seconds"));
    }

    private Course after(Duration delay) {
        return delay.isZero() ? Course.AT_ONCE : new Course(Stage.PENDING, now().plus(delay), true);
    }

    private static boolean isMagic(Payment payment, long amount, long magic) {
        var card = payment.terms().card();
        return Issuer.isEuro(payment.money().with(amount), magic) && (card == null || card.shared() == null);
    }

    private Maintenance made(Payment payment, Kind kind, long amount, Course course, boolean last, References references,
            References operationReferences, @Nullable String captureId) {
        return new Maintenance(payment.nextNumber(), kind, amount, course.stage(), last, now(), course.dueAt(), course.approvedWhenDue(),
                references, operationReferences, captureId);
    }

    /** Keeps what was accepted, and ends it if nothing makes it wait. */
    private void accept(Payment accepted, Maintenance operation, Course course, Work work) {
        if (operation.kind() == Kind.CAPTURE) {
            work.tell(Events.Event.of(accepted, "CAPTURE_REQUESTED", withOperation(accepted, operation)));
        }
        if (course.endsAtOnce()) {
            end(accepted, operation, course.approvedWhenDue(), work);
        } else {
            work.save(accepted);
        }
    }

    /** Ends an operation that is open: the money moves now, or not. */
    Payment end(Payment payment, Maintenance operation, boolean approved, Work work) {
        if (operation.kind() == Kind.CHARGEBACK) {
            return disputes.decide(payment, operation, approved, work);
        }
        var ended = operation.ended(approved);
        var kept = payment.with(payment.state().with(ended, now()));
        if (approved) {
            work.move(movement(kept, ended));
        }
        var status = announced(kept, ended);
        if (status != null) {
            work.tell(Events.Event.of(kept, status, withOperation(kept, ended)));
        }
        if (approved && ended.kind() == Kind.CAPTURE) {
            kept = disputes.automatic(kept, ended.amount(), work);
        }
        work.save(kept);
        return kept;
    }

    /** No event is documented for a refund that fails, nor for a part that is cancelled. */
    private static @Nullable String announced(Payment payment, Maintenance ended) {
        return switch (ended.kind()) {
            case CAPTURE -> ended.isDone() ? "CAPTURED" : "REJECTED_CAPTURE";
            case REFUND -> ended.isDone() ? "REFUNDED" : null;
            case CANCEL -> Standing.of(payment).status().equals("CANCELLED") ? "CANCELLED" : null;
            case INCREMENT, CHARGEBACK -> null;
        };
    }

    private ObjectNode withOperation(Payment payment, Maintenance operation) {
        var json = wire.payment(payment);
        json.set("operationOutput", wire.operation(payment, operation));
        return json;
    }

    private static Movement movement(Payment payment, Maintenance operation) {
        var kind = switch (operation.kind()) {
            case CAPTURE -> MovementKind.CAPTURE;
            case CANCEL -> MovementKind.VOID;
            case REFUND -> MovementKind.REFUND;
            case INCREMENT -> MovementKind.AUTHORIZATION;
            case CHARGEBACK -> MovementKind.CHARGEBACK;
        };
        return new Movement(WorldlineDirectProvider.NAME, payment.account(), kind, payment.wireId(operation), payment.wireId(),
                operation.reference(), operation.amount(), payment.money().currencyLower());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
