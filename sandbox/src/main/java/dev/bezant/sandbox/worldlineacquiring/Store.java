package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything this provider knows. Writes go through the world's journal; reads need no lock. Whoever reads in order to write holds {@link #lock}
 * until {@link #commit}; nothing blocks under it, so one lock for all is enough.
 */
final class Store {
    private static final String PAYMENT = "worldline-acquiring.payment";
    private static final String REFUND = "worldline-acquiring.refund";
    private static final String DISPUTE = "worldline-acquiring.dispute";
    private static final String DOCUMENT = "worldline-acquiring.document";
    private static final String RATE = "worldline-acquiring.rate";
    private static final String OPERATION = "worldline-acquiring.operation";

    private final World world;
    private final Object lock = new Object();
    private final Map<String, Payment> payments = new ConcurrentHashMap<>();
    private final Map<String, Refund> refunds = new ConcurrentHashMap<>();
    /** Their ids are numbers that rise, so that they are listed in the order in which they were opened. */
    private final Map<String, Dispute> disputes = new ConcurrentSkipListMap<>();
    private final Map<String, Documents.Document> documents = new ConcurrentHashMap<>();
    private final Map<String, Rates.Rate> rates = new ConcurrentHashMap<>();
    private final Map<String, Repetitions.Done> operations = new ConcurrentHashMap<>();
    private final AtomicLong lastDispute = new AtomicLong();
    private final Set<String> duePayments = ConcurrentHashMap.newKeySet();
    private final Set<String> dueRefunds = ConcurrentHashMap.newKeySet();
    private final Set<String> openDisputes = ConcurrentHashMap.newKeySet();

    Store(World world) {
        this.world = world;
        world.register(PAYMENT, Payment.class, this::apply);
        world.register(REFUND, Refund.class, this::apply);
        world.register(DISPUTE, Dispute.class, this::apply);
        world.register(DOCUMENT, Documents.Document.class, document -> documents.put(document.id(), document));
        world.register(RATE, Rates.Rate.class, rate -> rates.put(rate.id(), rate));
        world.register(OPERATION, Repetitions.Done.class, done -> operations.put(done.key(), done));
        world.onReset(this::forget);
    }

    Object lock() {
        return lock;
    }

    /** Makes everything of a piece of work durable and visible at once. */
    void commit(Work work) {
        if (work.saved().isEmpty() && work.movements().isEmpty()) {
            return;
        }
        var changes = new ArrayList<World.Change>();
        for (var value : work.saved()) {
            changes.add(new World.Change(switch (value) {
                case Payment _ -> PAYMENT;
                case Refund _ -> REFUND;
                case Dispute _ -> DISPUTE;
                case Documents.Document _ -> DOCUMENT;
                case Rates.Rate _ -> RATE;
                case Repetitions.Done _ -> OPERATION;
                default -> throw new IllegalArgumentException("not stored here: " + value.getClass());
            }, value));
        }
        world.commit(changes, work.movements());
    }

    @Nullable Payment payment(String id) {
        return payments.get(id);
    }

    @Nullable Refund refund(String id) {
        return refunds.get(id);
    }

    @Nullable Dispute dispute(String id) {
        return disputes.get(id);
    }

    Collection<Dispute> disputes() {
        return disputes.values();
    }

    Documents.@Nullable Document document(String id) {
        return documents.get(id);
    }

    Rates.@Nullable Rate rate(String id) {
        return rates.get(id);
    }

    Repetitions.@Nullable Done operation(String key) {
        return operations.get(key);
    }

    List<Payment> duePayments() {
        return duePayments.stream().map(payments::get).filter(payment -> payment != null).toList();
    }

    List<Refund> dueRefunds() {
        return dueRefunds.stream().map(refunds::get).filter(refund -> refund != null).toList();
    }

    List<Dispute> openDisputes() {
        return openDisputes.stream().map(disputes::get).filter(dispute -> dispute != null).toList();
    }

    /** One that is greater than all before. */
    String newDisputeId() {
        return "D%010d".formatted(lastDispute.incrementAndGet());
    }

    private void apply(Payment payment) {
        payments.put(payment.id(), payment);
        keep(duePayments, payment.id(), payment.state().dueAt() != null);
    }

    private void apply(Refund refund) {
        refunds.put(refund.id(), refund);
        keep(dueRefunds, refund.id(), refund.state().dueAt() != null);
    }

    private void apply(Dispute dispute) {
        disputes.put(dispute.id(), dispute);
        lastDispute.accumulateAndGet(Long.parseLong(dispute.id().substring(1)), Math::max);
        keep(openDisputes, dispute.id(), dispute.isOpen());
    }

    private static void keep(Set<String> ids, String id, boolean kept) {
        if (kept) {
            ids.add(id);
        } else {
            ids.remove(id);
        }
    }

    private void forget() {
        List.of(payments, refunds, disputes, documents, rates, operations).forEach(Map::clear);
        List.of(duePayments, dueRefunds, openDisputes).forEach(Set::clear);
        lastDispute.set(0);
    }
}
