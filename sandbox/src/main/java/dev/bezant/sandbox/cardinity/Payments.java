package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.card.TestCard.Sca;
import dev.bezant.sandbox.cardinity.ChallengeMessages.Result;
import dev.bezant.sandbox.cardinity.Payment.Challenge;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes payments and takes them through their states (sections 2.5, 3, 6). Thread-safe. */
final class Payments {
    /** How long something stays in {@code processing} unless it is completed by hand. The simulator's choice. */
    static final Duration PROCESSING = Duration.ofHours(1);

    private final Store store;
    private final SandboxClock clock;
    private final Disputes disputes;
    private final Events events;
    private final Wire wire;

    Payments(Store store, SandboxClock clock, Disputes disputes, Events events, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.disputes = disputes;
        this.events = events;
        this.wire = wire;
    }

    Payment create(Account account, PaymentRequest request, @Nullable String linkId) {
        var description = request.description() == null ? "" : request.description();
        var state = firstState(request, description);
        var terms = new Payment.Terms(request.cents(), request.currency(), clock.instant().truncatedTo(ChronoUnit.MILLIS),
                request.settle(), CardinityProvider.isLive(account), request.country(), request.orderId(), request.description(),
                request.statementDescriptorSuffix(), request.card(), challengeNames(request, state), linkId);
        var payment = new Payment(UUID.randomUUID().toString(), account.name(), terms, state);
        return save(state.status() == Status.APPROVED ? payment.approved() : payment, null);
    }

    /** The description has the first word, then the card, then the amount. */
    private Payment.State firstState(PaymentRequest request, String description) {
        var fresh = Payment.State.of(Status.APPROVED);
        var wanted = Triggers.declineOf(description);
        if (wanted != null) {
            return fresh.declined(wanted);
        }
        if (description.equals(Triggers.PROCESSING)) {
            return fresh.processingUntil(clock.instant().plus(PROCESSING));
        }
        if (request.recurring()) {
            return storedCardState(request, fresh);
        }
        if (Triggers.isV1Word(description)) {
            return fresh.pending(Challenge.V1);
        }
        boolean asked = request.threeDs() != null;
        if (asked && (Triggers.isV2Word(description) || description.equals(Triggers.V2_FALLBACK))) {
            return fresh.pending(Challenge.V2);
        }
        return switch (request.card().behaviour().sca()) {
            case NONE -> decided(request, fresh);
            case WHEN_ASKED -> asked ? fresh.pending(Challenge.V2) : decided(request, fresh);
            case REQUIRED, REQUIRED_ALWAYS -> asked ? fresh.pending(Challenge.V2) : fresh.declined(Decline.SCA_REQUIRED);
            case REQUIRED_LOOKUP_FAILS -> fresh.declined(asked ? Decline.AUTHENTICATION_UNAVAILABLE : Decline.SCA_REQUIRED);
            case LOOKUP_FAILS_WHEN_ASKED -> asked ? fresh.declined(Decline.AUTHENTICATION_UNAVAILABLE) : decided(request, fresh);
        };
    }

    private static Payment.State storedCardState(PaymentRequest request, Payment.State fresh) {
        return request.card().behaviour().sca() == Sca.REQUIRED_ALWAYS
                ? fresh.declined(Decline.SCA_REQUIRED)
                : decided(request, fresh);
    }

    private static Payment.State decided(PaymentRequest request, Payment.State fresh) {
        var decline = request.card().behaviour().declineOf(request.cents(), false);
        return decline == null ? fresh : fresh.declined(decline);
    }

    private static Payment.@Nullable ThreeDs challengeNames(PaymentRequest request, Payment.State state) {
        if (state.challenge() == Challenge.NONE) {
            return null;
        }
        var threeDs = request.threeDs();
        return new Payment.ThreeDs(UUID.randomUUID().toString(), UUID.randomUUID().toString(),
                threeDs == null ? "full-screen" : threeDs.windowSize(), threeDs == null ? null : threeDs.notificationUrl());
    }

    /**
     * Completes 3-D Secure with what the browser brought back. Exactly one of the two must be given.
     *
     * @throws ProblemException 400 if nothing of the kind is waited for; the payment stays as it is
     */
    Payment complete(Payment found, ObjectNode body) {
        var fields = new Fields(body, new Violations());
        var cres = fields.text("cres");
        var authorizeData = fields.text("authorize_data");
        boolean v2 = cres != null && !cres.isEmpty();
        var answer = v2 ? cres : authorizeData;
        if (answer == null || answer.isEmpty()) {
            throw Violations.one(authorizeData == null ? "cres" : "authorize_data", null, Fields.EMPTY);
        }
        if (v2 && authorizeData != null && !authorizeData.isEmpty()) {
            throw Violations.one("authorize_data", null, "must not come with cres");
        }
        synchronized (store.lockOf(found.id())) {
            var payment = current(found);
            if (payment.state().status() != Status.PENDING || payment.terms().threeDs() == null) {
                throw Violations.one(v2 ? "cres" : "authorize_data", null, "payment is not pending");
            }
            return v2 ? completeV2(payment, answer) : completeV1(payment, answer);
        }
    }

    private Payment completeV2(Payment payment, String cres) {
        if (payment.state().challenge() == Challenge.V1) {
            throw Violations.one("cres", null, "payment is not pending 3-D Secure version 2");
        }
        var description = payment.terms().description();
        var result = v2Result(payment, cres);
        boolean fallback = Triggers.V2_FALLBACK.equals(description) && payment.state().challenge() == Challenge.V2;
        if (result == Result.TECHNICAL_ERROR || fallback) {
            return save(payment.with(payment.state().pending(Challenge.V1_FALLBACK)), payment);
        }
        return finish(payment, result);
    }

    private static Result v2Result(Payment payment, String cres) {
        var threeDs = payment.terms().threeDs();
        if (threeDs == null) {
            throw new IllegalStateException("a pending payment has its challenge");
        }
        if (cres.equals(Triggers.V2_PASS) || cres.equals(Triggers.V2_FAIL)) {
            return cres.equals(Triggers.V2_PASS) ? Result.PASSED : Result.FAILED;
        }
        if (cres.equals(ChallengeMessages.creq(threeDs))) {
            // In test mode the request itself is taken for a response: passed, unless the description says otherwise.
            return Triggers.V2_FAIL.equals(payment.terms().description()) ? Result.FAILED : Result.PASSED;
        }
        return ChallengeMessages.answer(cres, "CRes")
                .filter(answer -> answer.acsTransId().equals(threeDs.acsTransId()))
                .map(ChallengeMessages.Answer::result)
                .orElseThrow(() -> Violations.one("cres", null, "is not the response to this payment's challenge"));
    }

    private Payment completeV1(Payment payment, String paRes) {
        if (payment.state().challenge() == Challenge.V2) {
            throw Violations.one("authorize_data", null, "payment is not pending 3-D Secure version 1");
        }
        var threeDs = payment.terms().threeDs();
        var acsTransId = threeDs == null ? "" : threeDs.acsTransId();
        Result result = switch (paRes) {
            case Triggers.V1_PASS -> Result.PASSED;
            case Triggers.V1_FAIL -> Result.FAILED;
            default -> ChallengeMessages.answer(paRes, "PARes")
                    .filter(answer -> answer.acsTransId().equals(acsTransId))
                    .map(ChallengeMessages.Answer::result)
                    .orElseThrow(() -> Violations.one("authorize_data", null, "is not the response to this payment's challenge"));
        };
        return finish(payment, result);
    }

    private Payment finish(Payment payment, Result result) {
        if (result != Result.PASSED) {
            return save(payment.with(payment.state().declined(Decline.AUTHENTICATION_FAILED)), payment);
        }
        var description = payment.terms().description();
        boolean steered = description != null && (Triggers.isV1Word(description) || Triggers.isV2Word(description));
        var decline = steered ? null : payment.terms().card().behaviour().declineOf(payment.terms().cents(), true);
        return save(decline == null ? payment.approved() : payment.with(payment.state().declined(decline)), payment);
    }

    /** Ends a payment that is in {@code processing}; null if it is not any more. */
    @Nullable Payment completeProcessing(String id, boolean approved) {
        synchronized (store.lockOf(id)) {
            var payment = store.payment(id);
            if (payment == null || payment.state().status() != Status.PROCESSING) {
                return null;
            }
            return save(approved ? payment.approved() : payment.with(payment.state().declined(Decline.DO_NOT_HONOR)), payment);
        }
    }

    void completeDue() {
        var now = clock.instant();
        for (var payment : store.paymentsProcessing()) {
            var due = payment.state().dueAt();
            if (due != null && !now.isBefore(due)) {
                completeProcessing(payment.id(), true);
            }
        }
    }

    private Payment save(Payment payment, @Nullable Payment before) {
        var linkId = payment.terms().linkId();
        if (linkId == null || payment.state().status() != Status.APPROVED) {
            return store(payment, before, null);
        }
        synchronized (store.linkLock()) {
            var link = store.link(linkId);
            // Two payers may be on the page of a link for one: whoever is approved second is declined instead.
            boolean taken = link != null && !link.multipleUse() && link.uses() > 0;
            return taken
                    ? store(payment.with(payment.state().declined(Decline.DO_NOT_HONOR)), before, null)
                    : store(payment, before, link == null ? null : link.used());
        }
    }

    /** Stores a payment with all that follows from its state, and tells the merchant if that changed. */
    private Payment store(Payment payment, @Nullable Payment before, @Nullable PaymentLink link) {
        var changed = new ArrayList<Object>(List.of(payment));
        var movements = new ArrayList<Movement>();
        boolean movesMoney = payment.state().status() == Status.APPROVED && payment.terms().cents() > 0;
        var raised = movesMoney && payment.terms().settle() ? disputes.automatic(payment, payment.terms().cents()) : List.<Child>of();
        if (movesMoney) {
            movements.add(movement(payment));
            raised.forEach(child -> disputes.movement(child).ifPresent(movements::add));
        }
        changed.addAll(raised);
        if (link != null) {
            changed.add(link);
        }
        store.commit(changed, movements);
        if (before == null || before.state().status() != payment.state().status()) {
            events.send(payment.account(), "payment." + payment.state().status().name().toLowerCase(Locale.ROOT), wire.payment(payment));
        }
        raised.forEach(disputes::announce);
        return payment;
    }

    private static Movement movement(Payment payment) {
        var terms = payment.terms();
        return new Movement(CardinityProvider.NAME, payment.account(), terms.settle() ? MovementKind.SALE : MovementKind.AUTHORIZATION,
                payment.id(), null, terms.orderId(), Amounts.minorUnits(terms.cents(), terms.currency()), Amounts.lower(terms.currency()));
    }

    private Payment current(Payment found) {
        var payment = store.payment(found.id());
        if (payment == null) {
            throw ProblemException.notFound("Payment " + found.id());
        }
        return payment;
    }
}
