package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything this provider knows. Writes go through the world's journal; reads need no lock. Whoever reads in order to write holds
 * {@link #lockOf} of the invoice or payout.
 */
final class Store {
    private static final String INVOICE = "corefy.invoice";
    private static final String REFUND = "corefy.refund";
    private static final String PAYOUT = "corefy.payout";
    private static final String SAVED_CARD = "corefy.saved_card";
    private static final String CUSTOMER = "corefy.customer";
    private static final int LOCKS = 1024;

    private record Owned(String account, String name) {}

    private final World world;
    private final Map<String, Invoice> invoices = new ConcurrentHashMap<>();
    private final Map<Owned, String> invoiceIdByReference = new ConcurrentHashMap<>();
    private final Map<String, String> invoiceIdByOtherId = new ConcurrentHashMap<>();
    private final Map<Owned, String> customerIdByReference = new ConcurrentHashMap<>();
    private final Map<String, List<String>> invoiceIdsByAccount = new ConcurrentHashMap<>();
    private final Map<String, Refund> refunds = new ConcurrentHashMap<>();
    private final Map<String, List<String>> refundIdsByInvoice = new ConcurrentHashMap<>();
    private final Map<String, Payout> payouts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> payoutIdsByAccount = new ConcurrentHashMap<>();
    private final Map<String, SavedCard> savedCards = new ConcurrentHashMap<>();
    private final Map<String, IntentCustomer> customers = new ConcurrentHashMap<>();
    private final Set<String> openInvoices = ConcurrentHashMap.newKeySet();
    private final Set<String> pendingRefunds = ConcurrentHashMap.newKeySet();
    private final Set<String> pendingPayouts = ConcurrentHashMap.newKeySet();
    private final Balances balances = new Balances();
    private final AtomicLong serial = new AtomicLong();
    private final Object[] locks = new Object[LOCKS];

    Store(World world) {
        this.world = world;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        world.register(INVOICE, Invoice.class, this::apply);
        world.register(REFUND, Refund.class, this::apply);
        world.register(PAYOUT, Payout.class, this::apply);
        world.register(SAVED_CARD, SavedCard.class, card -> savedCards.put(card.id(), card));
        world.register(CUSTOMER, IntentCustomer.class, customer -> customers.put(customer.id(), customer));
        world.onReset(this::forget);
    }

    /** Guards one invoice, payout or reference; several may share a lock. A reference's is taken before an invoice's, never after. */
    Object lockOf(String name) {
        return locks[Math.floorMod(name.hashCode(), LOCKS)];
    }

    /** What changed together is stored together. */
    void commit(List<?> changed, List<Movement> movements) {
        var changes = new ArrayList<World.Change>();
        for (var value : changed) {
            changes.add(new World.Change(switch (value) {
                case Invoice _ -> INVOICE;
                case Refund _ -> REFUND;
                case Payout _ -> PAYOUT;
                case SavedCard _ -> SAVED_CARD;
                case IntentCustomer _ -> CUSTOMER;
                default -> throw new IllegalArgumentException("not stored here: " + value.getClass());
            }, value));
        }
        world.commit(changes, movements);
    }

    long nextSerial() {
        return serial.incrementAndGet();
    }

    Balances balances() {
        return balances;
    }

    @Nullable Invoice invoice(String id) {
        return invoices.get(id);
    }

    /** By the invoice's own id, its intent's, its card gate's, or the id or challenge of its present payment. */
    @Nullable Invoice invoiceOf(String anyId) {
        var direct = invoices.get(anyId);
        var id = direct != null ? null : invoiceIdByOtherId.get(anyId);
        return id == null ? direct : invoices.get(id);
    }

    @Nullable Invoice invoiceByReference(String account, String reference) {
        var id = invoiceIdByReference.get(new Owned(account, reference));
        return id == null ? null : invoices.get(id);
    }

    /** Without those behind intents; newest first. */
    List<Invoice> invoices(String account) {
        return newestFirst(invoiceIdsByAccount.get(account), invoices);
    }

    @Nullable String customerId(String account, String reference) {
        return customerIdByReference.get(new Owned(account, reference));
    }

    @Nullable Refund refund(String id) {
        return refunds.get(id);
    }

    /** Oldest first. */
    List<Refund> refunds(String invoiceId) {
        return newestFirst(refundIdsByInvoice.get(invoiceId), refunds).reversed();
    }

    @Nullable Payout payout(String id) {
        return payouts.get(id);
    }

    /** Newest first. */
    List<Payout> payouts(String account) {
        return newestFirst(payoutIdsByAccount.get(account), payouts);
    }

    /** The account's, or null. */
    @Nullable SavedCard savedCard(String account, String id) {
        var card = savedCards.get(id);
        return card != null && card.account().equals(account) ? card : null;
    }

    List<SavedCard> savedCards(String account, String owner) {
        return savedCards.values().stream().filter(card -> card.intents() && card.account().equals(account) && owner.equals(card.owner()))
                .sorted(Comparator.comparing(SavedCard::id)).toList();
    }

    @Nullable IntentCustomer customer(String account, String id) {
        var customer = customers.get(id);
        return customer != null && customer.account().equals(account) ? customer : null;
    }

    List<Invoice> openInvoices() {
        return present(openInvoices, invoices);
    }

    List<Refund> pendingRefunds() {
        return present(pendingRefunds, refunds);
    }

    List<Payout> pendingPayouts() {
        return present(pendingPayouts, payouts);
    }

    private void apply(Invoice invoice) {
        var before = invoices.put(invoice.id(), invoice);
        var terms = invoice.terms();
        if (before == null) {
            serial.accumulateAndGet(terms.serial(), Math::max);
            index(invoice);
        }
        var attempt = invoice.state().attempt();
        if (attempt != null) {
            invoiceIdByOtherId.put(attempt.id(), invoice.id());
            if (attempt.acsId() != null) {
                invoiceIdByOtherId.put(attempt.acsId(), invoice.id());
            }
        }
        mark(openInvoices, invoice.id(), invoice.state().status().isOpen());
        balances.changed(before, invoice);
    }

    private void index(Invoice invoice) {
        var terms = invoice.terms();
        if (terms.gateId() != null) {
            invoiceIdByOtherId.put(terms.gateId(), invoice.id());
        }
        if (terms.intentId() != null) {
            invoiceIdByOtherId.put(terms.intentId(), invoice.id());
            return;
        }
        append(invoiceIdsByAccount, invoice.account(), invoice.id());
        if (terms.referenceId() != null) {
            invoiceIdByReference.put(new Owned(invoice.account(), terms.referenceId()), invoice.id());
        }
        var customer = terms.customerReference();
        if (customer != null && terms.customerId() != null) {
            customerIdByReference.putIfAbsent(new Owned(invoice.account(), customer), terms.customerId());
        }
    }

    private void apply(Refund refund) {
        if (refunds.put(refund.id(), refund) == null) {
            append(refundIdsByInvoice, refund.invoiceId(), refund.id());
        }
        mark(pendingRefunds, refund.id(), refund.status() == Refund.Status.PROCESS_PENDING);
    }

    private void apply(Payout payout) {
        var before = payouts.put(payout.id(), payout);
        if (before == null) {
            serial.accumulateAndGet(payout.terms().serial(), Math::max);
            append(payoutIdsByAccount, payout.account(), payout.id());
        }
        mark(pendingPayouts, payout.id(), payout.state().dueAt() != null);
        balances.changed(before, payout);
    }

    private static void mark(Set<String> ids, String id, boolean wanted) {
        if (wanted) {
            ids.add(id);
        } else {
            ids.remove(id);
        }
    }

    private void forget() {
        invoices.clear();
        invoiceIdByReference.clear();
        invoiceIdByOtherId.clear();
        customerIdByReference.clear();
        invoiceIdsByAccount.clear();
        refunds.clear();
        refundIdsByInvoice.clear();
        payouts.clear();
        payoutIdsByAccount.clear();
        savedCards.clear();
        customers.clear();
        openInvoices.clear();
        pendingRefunds.clear();
        pendingPayouts.clear();
        balances.forget();
    }

    private static void append(Map<String, List<String>> lists, String key, String id) {
        var list = lists.computeIfAbsent(key, _ -> new ArrayList<>(2));
        synchronized (list) {
            list.add(id);
        }
    }

    private static <T> List<T> newestFirst(@Nullable List<String> ids, Map<String, T> things) {
        if (ids == null) {
            return List.of();
        }
        var newest = new ArrayList<T>();
        synchronized (ids) {
            for (int i = ids.size() - 1; i >= 0; i--) {
                var thing = things.get(ids.get(i));
                if (thing != null) {
                    newest.add(thing);
                }
            }
        }
        return newest;
    }

    private static <T> List<T> present(Set<String> ids, Map<String, T> things) {
        var found = new ArrayList<T>();
        for (var id : ids) {
            var thing = things.get(id);
            if (thing != null) {
                found.add(thing);
            }
        }
        return found;
    }
}
