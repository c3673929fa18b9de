package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives money back (section 7). Thread-safe. */
final class Refunds {
    private final Store store;
    private final SandboxClock clock;
    private final Invoices invoices;

    /** What is asked: minor units, null for all that is left. */
    record Asked(@Nullable Long amount, @Nullable String referenceId, @Nullable String description) {}

    Refunds(Store store, SandboxClock clock, Invoices invoices) {
        this.store = store;
        this.clock = clock;
        this.invoices = invoices;
    }

    /**
     * @param opening what the account began with, minor units
     * @throws RefusedException 422 if the invoice cannot be refunded so far
     */
    Refund create(Account account, Invoice found, Asked asked, long opening) {
        synchronized (store.lockOf(found.id())) {
            var invoice = current(found);
            long left = invoice.state().sums().refundable();
            long amount = asked.amount() == null ? left : asked.amount();
            refuseIfImpossible(account, invoice, asked, amount, left);
            boolean covered = amount <= opening + store.balances().moved(account.name(), invoice.terms().currency());
            var refund = first(invoice, asked, amount, covered);
            save(invoice, refund, 0, Resolution.INSUFFICIENT_FUNDS);
            return refund;
        }
    }

    private void refuseIfImpossible(Account account, Invoice invoice, Asked asked, long amount, long left) {
        if (invoice.state().sums().processed() == 0) {
            throw new RefusedException(422, "The invoice is " + invoice.state().status().wireName() + " and not paid");
        }
        if (amount > left || left == 0) {
            throw RefusedException.attribute("amount",
                    "must be at most " + Money.text(left, invoice.terms().currency()) + ", which is left to refund");
        }
        if (Services.payIn(invoice.terms().service()).filter(service -> !service.refundable()).isPresent()) {
            throw new RefusedException(422, "The service " + invoice.terms().service() + " does not support refunds");
        }
        boolean used = Credentials.is(account, "unique_references", "all") && asked.referenceId() != null
                && store.refunds(invoice.id()).stream().anyMatch(other -> asked.referenceId().equals(other.referenceId()));
        if (used) {
            throw RefusedException.attribute("reference_id", "has been used before");
        }
    }

    private Refund first(Invoice invoice, Asked asked, long amount, boolean covered) {
        var now = clock.instant();
        var id = Ids.next(invoice.standsBehindIntent() ? "re_" : "ref_");
        var attempt = invoice.state().attempt();
        var aftermath = attempt == null || attempt.card() == null ? Aftermath.NONE : attempt.card().behaviour().aftermath();
        boolean later = aftermath == Aftermath.REFUND_APPROVED_LATER || aftermath == Aftermath.REFUND_DECLINED_LATER
                || Invoices.PENDING_WORD.equals(asked.description());
        var status = !covered ? Refund.Status.PROCESS_FAILED : later ? Refund.Status.PROCESS_PENDING : Refund.Status.PROCESSED;
        boolean pending = status == Refund.Status.PROCESS_PENDING;
        return new Refund(id, invoice.account(), invoice.id(), asked.referenceId(), amount, invoice.terms().currency(), asked.description(),
                status, now, pending ? now.plus(Invoices.PENDING) : null, pending && aftermath != Aftermath.REFUND_DECLINED_LATER);
    }

    /** Ends a pending refund; null if it is not pending any more. A failed one frees its amount. */
    @Nullable Refund complete(String id, boolean approved) {
        var found = store.refund(id);
        if (found == null) {
            return null;
        }
        synchronized (store.lockOf(found.invoiceId())) {
            var refund = store.refund(id);
            var invoice = store.invoice(found.invoiceId());
            if (refund == null || invoice == null || refund.status() != Refund.Status.PROCESS_PENDING) {
                return null;
            }
            var ended = refund.ended(approved ? Refund.Status.PROCESSED : Refund.Status.PROCESS_FAILED);
            save(invoice, ended, refund.amount(), Resolution.DECLINED);
            return ended;
        }
    }

    void completeDue() {
        var now = clock.instant();
        for (var refund : store.pendingRefunds()) {
            if (refund.dueAt() != null && !now.isBefore(refund.dueAt())) {
                complete(refund.id(), refund.succeedsWhenDue());
            }
        }
    }

    /**
     * @param reserved how much of the amount was reserved before
     * @param whyFailed for a refund that failed
     */
    private void save(Invoice invoice, Refund refund, long reserved, String whyFailed) {
        var sums = invoice.state().sums();
        long refunding = sums.refunding() - reserved + (refund.status() == Refund.Status.PROCESS_PENDING ? refund.amount() : 0);
        long refunded = sums.refunded() + (refund.status() == Refund.Status.PROCESSED ? refund.amount() : 0);
        var changed = sums.withRefund(refunded, refunding);
        var status = statusOf(invoice, changed, refund.status() == Refund.Status.PROCESS_FAILED);
        var state = invoice.state().to(status, status == Status.REFUND_FAILED ? whyFailed : Resolution.OK, clock.instant()).with(changed);
        var movements = refund.status() == Refund.Status.PROCESSED
                ? List.of(new Movement(CorefyProvider.NAME, invoice.account(), MovementKind.REFUND, refund.id(), invoice.publicId(),
                        refund.referenceId(), refund.amount(), Money.lower(refund.currency())))
                : List.<Movement>of();
        invoices.save(invoice.with(state), List.of(refund), movements);
    }

    private static Status statusOf(Invoice invoice, Invoice.Sums sums, boolean failed) {
        if (sums.refunding() > 0) {
            return Status.REFUND_PENDING;
        }
        if (sums.refunded() > 0) {
            return sums.refunded() + sums.chargedBack() >= sums.processed() ? Status.REFUNDED : Status.PARTIALLY_REFUNDED;
        }
        return failed ? Status.REFUND_FAILED : invoice.state().status();
    }

    private Invoice current(Invoice found) {
        var invoice = store.invoice(found.id());
        return invoice == null ? found : invoice;
    }
}
