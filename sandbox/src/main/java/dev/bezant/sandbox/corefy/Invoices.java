package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.corefy.CardBehaviour.Verdict;
import dev.bezant.sandbox.corefy.Invoice.Attempt;
import dev.bezant.sandbox.corefy.Invoice.State;
import dev.bezant.sandbox.corefy.Invoice.Sums;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes payment invoices and takes them through their states (sections 3 to 6 and 11). Thread-safe. */
final class Invoices {
    /** How long something stays pending unless it is completed by hand. The simulator's choice. */
    static final Duration PENDING = Duration.ofHours(1);
    /** How long an invoice can be paid if nobody says otherwise, and how long a hold lasts. The simulator's choices. */
    static final Duration LIFE = Duration.ofDays(1);
    static final Duration HOLD_LIFE = Duration.ofDays(7);

    /** Triggers in {@code description}. */
    static final String PENDING_WORD = "sim-pending";
    static final String PARTIAL_WORD = "sim-partial";
    static final String MODERATION_WORD = "sim-moderation";

    /** A bank transfer of so many whole units ends at once. */
    private static final long MAGIC_SUCCESS = 99_997;
    private static final long MAGIC_DECLINE = 99_999;

    private final Store store;
    private final SandboxClock clock;
    private final Told told;

    /** Who wants to know of a change; called in the order of the changes of one invoice. */
    interface Told {
        void changed(Invoice invoice);
    }

    Invoices(Store store, SandboxClock clock, Told told) {
        this.store = store;
        this.clock = clock;
        this.told = told;
    }

    /**
     * @throws RefusedException with the account's status for duplicates if the reference was used before
     */
    Invoice create(Account account, InvoiceRequest request) {
        var saved = savedCard(account, request);
        synchronized (store.lockOf(account.name() + "/" + request.referenceId())) {
            if (store.invoiceByReference(account.name(), request.referenceId()) != null) {
                int status = (int) Credentials.number(account, "duplicate_status", 422);
                throw new RefusedException(status, List.of(new RefusedException.Complaint("/data/attributes/reference_id",
                        "has been used before")));
            }
            return begin(account, terms(account, request, null), request, saved);
        }
    }

    /** Behind a payment intent: no unique reference, any number of cards. */
    Invoice createForIntent(Account account, InvoiceRequest request) {
        return begin(account, terms(account, request, Ids.next("pi_")), request, null);
    }

    private Invoice begin(Account account, Invoice.Terms terms, InvoiceRequest request, @Nullable SavedCard saved) {
        var now = clock.instant();
        var fresh = new Invoice(Ids.next("cpi_"), account.name(), terms, State.of(Status.PROCESS_PENDING, now));
        if (saved != null && request.instant()) {
            return decided(fresh, Attempt.begun(saved.card(), true), saved.card().verdict(terms.amount(), now, false));
        }
        if (request.service().method().equals("bank_transfer")) {
            var attempt = Attempt.begun(null, true);
            if (terms.amount() == Money.major(MAGIC_SUCCESS, terms.currency())) {
                return decided(fresh, attempt, new Verdict.Approved());
            }
            if (terms.amount() == Money.major(MAGIC_DECLINE, terms.currency())) {
                return decided(fresh, attempt, new Verdict.Refused(Resolution.DECLINED));
            }
        }
        return save(fresh, List.of(), List.of());
    }

    private Invoice.Terms terms(Account account, InvoiceRequest request, @Nullable String intentId) {
        var now = clock.instant();
        var customer = request.customer();
        var known = customer == null ? null : store.customerId(account.name(), customer.path("reference_id").asString(""));
        var customerId = customer == null ? null : known != null ? known : Ids.next("cus_");
        var expires = request.expires() == null ? now.plus(LIFE) : request.expires();
        return new Invoice.Terms(request.referenceId().isEmpty() ? null : request.referenceId(), request.service().code(), request.currency(),
                request.amount(), request.delayed(), request.testMode(), now, expires, request.description(), request.descriptor(),
                customer, customerId, request.metadata(), request.urls(), request.instant() ? null : request.token(), request.tokenize(),
                request.service().takesCards() ? Ids.next("cgi_") : null, Ids.text(32), request.retryLimit(), request.source(),
                store.nextSerial(), intentId);
    }

    private @Nullable SavedCard savedCard(Account account, InvoiceRequest request) {
        if (request.token() == null) {
            return null;
        }
        var saved = store.savedCard(account.name(), request.token());
        var customer = request.customer() == null ? "" : request.customer().path("reference_id").asString("");
        if (saved == null || saved.intents() || !customer.equals(saved.owner())) {
            throw RefusedException.attribute("token", "is not a token of this customer");
        }
        return saved;
    }

    /**
     * The payer gives a card, or somebody gives it for the payer.
     *
     * @param attemptsMax after how many failures the invoice is over
     * @throws RefusedException 422 if the invoice cannot be paid
     */
    Invoice pay(String invoiceId, Card card, int attemptsMax, boolean payerPresent) {
        synchronized (store.lockOf(invoiceId)) {
            var invoice = payable(invoiceId);
            var attempt = Attempt.begun(card, invoice.state().failures() + 1 >= attemptsMax);
            if (payerPresent && card.behaviour().challengesPayer()) {
                var state = invoice.state().to(Status.PROCESS_PENDING, Resolution.OK, clock.instant()).with(attempt.challenged());
                return save(invoice.with(state), List.of(), List.of());
            }
            return decided(invoice, attempt, card.verdict(invoice.terms().amount(), clock.instant(), payerPresent));
        }
    }

    /** The payer decides on the page of a service that takes no cards. */
    Invoice payWithoutCard(String invoiceId, Verdict verdict) {
        synchronized (store.lockOf(invoiceId)) {
            var invoice = payable(invoiceId);
            return decided(invoice, Attempt.begun(null, invoice.state().failures() + 1 >= invoice.terms().attemptsMax()), verdict);
        }
    }

    /** The payer leaves. */
    Invoice terminate(String invoiceId) {
        synchronized (store.lockOf(invoiceId)) {
            var invoice = payable(invoiceId);
            return save(invoice.with(invoice.state().to(Status.TERMINATED, Resolution.OK, clock.instant())), List.of(), List.of());
        }
    }

    /**
     * The payer is back from the issuer.
     *
     * @param resolution null if the challenge was passed
     * @return the invoice as it stands; unchanged if this payment is not waiting for it any more
     */
    Invoice completeAuthentication(Invoice found, String paymentId, @Nullable String resolution) {
        synchronized (store.lockOf(found.id())) {
            var invoice = current(found.id());
            var attempt = invoice.state().attempt();
            if (!invoice.state().waitsForIssuer() || attempt == null || !attempt.id().equals(paymentId) || attempt.card() == null) {
                return invoice;
            }
            var verdict = resolution != null
                    ? new Verdict.Refused(resolution) : attempt.card().verdict(invoice.terms().amount(), clock.instant(), true);
            return decided(invoice, attempt, verdict);
        }
    }

    private Invoice payable(String invoiceId) {
        var invoice = current(invoiceId);
        if (!clock.instant().isBefore(invoice.terms().expires())) {
            throw new RefusedException(422, "The invoice has expired");
        }
        if (!invoice.state().takesPayment()) {
            throw new RefusedException(422, "The invoice is " + invoice.state().status().wireName()
                    + (invoice.state().status().isOpen() ? " and is being paid or looked at" : "") + "; it takes no payment now");
        }
        return invoice;
    }

    private Invoice decided(Invoice invoice, Attempt attempt, Verdict verdict) {
        var now = clock.instant();
        var terms = invoice.terms();
        return switch (verdict) {
            case Verdict.Refused(var resolution) -> {
                var state = invoice.state().failedOnceMore().to(attempt.last() ? Status.PROCESS_FAILED : Status.PROCESS_PENDING, resolution, now)
                        .with(attempt.last() ? attempt.with(Status.PROCESS_FAILED.wireName()) : null);
                yield save(invoice.with(state), List.of(), List.of());
            }
            case Verdict.Pending(var resolution) -> save(invoice.with(pending(invoice, attempt, resolution)), List.of(), List.of());
            case Verdict.Approved() when terms.isDescribed(PENDING_WORD) ->
                    save(invoice.with(pending(invoice, attempt, Resolution.OK)), List.of(), List.of());
            case Verdict.Approved() when terms.isDescribed(MODERATION_WORD) ->
                    save(invoice.with(pending(invoice, attempt, Resolution.OK).parked()), List.of(), List.of());
            case Verdict.Approved() ->
                    approved(invoice, attempt, terms.isDescribed(PARTIAL_WORD) ? Math.max(1, terms.amount() / 2) : terms.amount());
        };
    }

    private State pending(Invoice invoice, Attempt attempt, String resolution) {
        var now = clock.instant();
        return invoice.state().to(Status.PROCESS_PENDING, resolution, now).with(attempt.with(Status.PROCESS_PENDING.wireName()))
                .dueAt(now.plus(PENDING));
    }

    private Invoice approved(Invoice invoice, Attempt attempt, long amount) {
        var now = clock.instant();
        var terms = invoice.terms();
        var withToken = withToken(invoice, attempt);
        if (terms.delayed()) {
            var held = withToken.to(Status.PROCESS_PENDING, Resolution.OK, now).with(attempt.with(Attempt.AUTHORIZED))
                    .with(new Sums(amount, 0, 0, 0, 0)).dueAt(now.plus(HOLD_LIFE));
            return save(invoice.with(held), savedCards(invoice, held), List.of(movement(invoice, MovementKind.AUTHORIZATION, amount, null)));
        }
        var state = withToken.to(amount < terms.amount() ? Status.PARTIALLY_PROCESSED : Status.PROCESSED, Resolution.OK, now)
                .with(attempt.with(Status.PROCESSED.wireName())).with(new Sums(0, amount, 0, 0, 0));
        var paid = save(invoice.with(state), savedCards(invoice, state), List.of(movement(invoice, MovementKind.SALE, amount, null)));
        return disputedByItsCard(paid);
    }

    private static State withToken(Invoice invoice, Attempt attempt) {
        boolean wanted = invoice.terms().tokenize() && attempt.card() != null;
        return wanted ? invoice.state().withToken(Ids.text(32)) : invoice.state();
    }

    private static List<SavedCard> savedCards(Invoice invoice, State state) {
        var attempt = state.attempt();
        return state.token() == null || attempt == null || attempt.card() == null
                ? List.of()
                : List.of(new SavedCard(state.token(), invoice.account(), invoice.terms().customerReference(), attempt.card(), false));
    }

    private Invoice disputedByItsCard(Invoice paid) {
        var attempt = paid.state().attempt();
        if (attempt == null || attempt.card() == null) {
            return paid;
        }
        long amount = paid.state().sums().processed();
        return switch (attempt.card().behaviour().aftermath()) {
            case DISPUTE_FRAUD, DISPUTE_NOT_RECEIVED -> chargedBack(paid, amount);
            case TWO_DISPUTES -> chargedBack(chargedBack(paid, amount - amount / 2), amount / 2);
            case NONE, INQUIRY, REFUND_APPROVED_LATER, REFUND_DECLINED_LATER -> paid;
        };
    }

    /** Through the control API. */
    Invoice chargeback(String anyId, @Nullable Long amount) {
        var found = store.invoiceOf(anyId);
        if (found == null) {
            throw new ControlException(404, "Corefy has no payment " + anyId);
        }
        synchronized (store.lockOf(found.id())) {
            var invoice = current(found.id());
            long left = invoice.state().sums().refundable();
            if (left <= 0) {
                throw new ControlException(409, anyId + " is " + invoice.state().status().wireName() + "; nothing of it can be charged back");
            }
            long taken = amount == null ? left : amount;
            if (taken < 1 || taken > left) {
                throw new ControlException(400, "amount must be between 1 and " + left + " minor units, what is left of the payment");
            }
            return chargedBack(invoice, taken);
        }
    }

    private Invoice chargedBack(Invoice invoice, long amount) {
        var sums = invoice.state().sums().withChargedBack(invoice.state().sums().chargedBack() + amount);
        var status = sums.chargedBack() < sums.processed() ? Status.PARTIALLY_CHARGED_BACK : Status.CHARGED_BACK;
        var state = invoice.state().to(status, Resolution.OK, clock.instant()).with(sums);
        return save(invoice.with(state), List.of(), List.of(movement(invoice, MovementKind.CHARGEBACK, amount, invoice.publicId())));
    }

    /** By hand: an open invoice ends, and a failed one can be corrected. Null if this is neither. */
    @Nullable Invoice complete(String invoiceId, boolean approved) {
        synchronized (store.lockOf(invoiceId)) {
            var invoice = current(invoiceId);
            var state = invoice.state();
            boolean correctable = approved && state.status() == Status.PROCESS_FAILED;
            if ((!state.status().isOpen() && !correctable) || state.holdsMoney()) {
                return null;
            }
            var attempt = state.attempt() != null ? state.attempt().asLast() : Attempt.begun(null, true);
            return approved
                    ? approved(invoice, attempt, invoice.terms().amount())
                    : decided(invoice, attempt, new Verdict.Refused(Resolution.DECLINED));
        }
    }

    /** What is pending ends, what nobody paid expires, and what was held too long is released. */
    void completeDue() {
        var now = clock.instant();
        for (var open : store.openInvoices()) {
            synchronized (store.lockOf(open.id())) {
                var invoice = store.invoice(open.id());
                if (invoice == null || !invoice.state().status().isOpen()) {
                    continue;
                }
                var due = invoice.state().dueAt();
                if (due != null && !now.isBefore(due)) {
                    end(invoice);
                } else if (due == null && !now.isBefore(invoice.terms().expires())) {
                    save(invoice.with(invoice.state().to(Status.EXPIRED, Resolution.OK, now)), List.of(), List.of());
                }
            }
        }
    }

    private void end(Invoice invoice) {
        var attempt = invoice.state().attempt();
        if (invoice.state().holdsMoney()) {
            released(invoice, Status.EXPIRED);
        } else if (attempt != null) {
            approved(invoice, attempt, invoice.terms().amount());
        }
    }

    Invoice released(Invoice invoice, Status status) {
        return save(invoice.with(invoice.state().to(status, Resolution.OK, clock.instant()).with(Sums.NONE)), List.of(),
                List.of(movement(invoice, MovementKind.VOID, invoice.state().sums().held(), invoice.publicId())));
    }

    Invoice captured(Invoice invoice, long amount) {
        var attempt = invoice.state().attempt();
        var status = amount < invoice.state().sums().held() ? Status.PARTIALLY_PROCESSED : Status.PROCESSED;
        var state = invoice.state().to(status, Resolution.OK, clock.instant())
                .with(attempt == null ? null : attempt.with(Status.PROCESSED.wireName())).with(new Sums(0, amount, 0, 0, 0));
        return disputedByItsCard(save(invoice.with(state), List.of(),
                List.of(movement(invoice, MovementKind.CAPTURE, amount, invoice.publicId()))));
    }

    /** With what else changed in the same moment. */
    Invoice save(Invoice invoice, List<?> others, List<Movement> movements) {
        var changed = new ArrayList<Object>(List.of(invoice));
        changed.addAll(others);
        store.commit(changed, movements);
        told.changed(invoice);
        return invoice;
    }

    private static Movement movement(Invoice invoice, MovementKind kind, long amount, @Nullable String parentId) {
        var terms = invoice.terms();
        return new Movement(CorefyProvider.NAME, invoice.account(), kind, invoice.publicId(), parentId, terms.referenceId(), amount,
                Money.lower(terms.currency()));
    }

    private Invoice current(String id) {
        var invoice = store.invoice(id);
        if (invoice == null) {
            throw RefusedException.notFound("Payment invoice " + id);
        }
        return invoice;
    }
}
