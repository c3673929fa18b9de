package dev.bezant.sandbox.corefy;

import org.jspecify.annotations.Nullable;

/** What happens to money that is held (section 6). How the real service wants it is not known: all of it is the simulator's choice. */
final class Holds {
    private final Store store;
    private final Invoices invoices;

    Holds(Store store, Invoices invoices) {
        this.store = store;
        this.invoices = invoices;
    }

    /**
     * Takes what is held, or a part of it; the rest is released.
     *
     * @param amount minor units, null for all
     */
    Invoice capture(String invoiceId, @Nullable Long amount) {
        synchronized (store.lockOf(invoiceId)) {
            var invoice = held(invoiceId);
            long held = invoice.state().sums().held();
            if (amount != null && amount > held) {
                throw RefusedException.attribute("amount", "must be at most " + Money.text(held, invoice.terms().currency()) + ", which is held");
            }
            return invoices.captured(invoice, amount == null ? held : amount);
        }
    }

    Invoice release(String invoiceId) {
        synchronized (store.lockOf(invoiceId)) {
            return invoices.released(held(invoiceId), Status.TERMINATED);
        }
    }

    private Invoice held(String invoiceId) {
        var invoice = store.invoice(invoiceId);
        if (invoice == null || !invoice.state().holdsMoney()) {
            throw new RefusedException(422, "The invoice" + (invoice == null ? "" : " is " + invoice.state().status().wireName() + " and")
                    + " holds nothing");
        }
        return invoice;
    }
}
