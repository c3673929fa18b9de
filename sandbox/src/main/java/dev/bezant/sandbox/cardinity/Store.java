package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything this provider knows. Writes go through the world's journal; reads need no lock. Whoever reads in order to write holds
 * {@link #lockOf} of the payment.
 */
final class Store {
    private static final String PAYMENT = "cardinity.payment";
    private static final String CHILD = "cardinity.child";
    private static final String LINK = "cardinity.link";
    private static final String CHECKOUT = "cardinity.checkout";
    private static final int LOCKS = 1024;

    private final World world;
    private final Map<String, Payment> payments = new ConcurrentHashMap<>();
    private final Map<String, List<String>> paymentIdsByAccount = new ConcurrentHashMap<>();
    private final Map<String, String> paymentIdByAcsTransId = new ConcurrentHashMap<>();
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private final Map<String, List<String>> childIdsByPayment = new ConcurrentHashMap<>();
    private final Map<String, List<String>> chargebackIdsByAccount = new ConcurrentHashMap<>();
    private final Map<String, PaymentLink> links = new ConcurrentHashMap<>();
    private final Map<String, Checkout> checkouts = new ConcurrentHashMap<>();
    private final Set<String> noticed = ConcurrentHashMap.newKeySet();
    private final Object linkLock = new Object();
    private final Set<String> paymentsProcessing = ConcurrentHashMap.newKeySet();
    private final Set<String> childrenProcessing = ConcurrentHashMap.newKeySet();
    private final Object[] locks = new Object[LOCKS];

    Store(World world) {
        this.world = world;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        world.register(PAYMENT, Payment.class, this::apply);
        world.register(CHILD, Child.class, this::apply);
        world.register(LINK, PaymentLink.class, link -> links.put(link.id(), link));
        world.register(CHECKOUT, Checkout.class, checkout -> checkouts.put(checkout.id(), checkout));
        world.onReset(this::forget);
    }

    /** Guards one payment or checkout. Several may share a lock; a checkout's may be held when a payment is made, not the reverse. */
    Object lockOf(String id) {
        return locks[Math.floorMod(id.hashCode(), LOCKS)];
    }

    /** Guards every link; taken last. */
    Object linkLock() {
        return linkLock;
    }

    /** What changed together is stored together. */
    void commit(List<?> changed, List<Movement> movements) {
        var changes = new ArrayList<World.Change>();
        for (var value : changed) {
            changes.add(new World.Change(switch (value) {
                case Payment _ -> PAYMENT;
                case Child _ -> CHILD;
                case PaymentLink _ -> LINK;
                case Checkout _ -> CHECKOUT;
                default -> throw new IllegalArgumentException("not stored here: " + value.getClass());
            }, value));
        }
        world.commit(changes, movements);
    }

    @Nullable Payment payment(String id) {
        return payments.get(id);
    }

    /** The account's payment, or null. */
    @Nullable Payment payment(String account, String id) {
        var payment = payments.get(id);
        return payment != null && payment.account().equals(account) ? payment : null;
    }

    /** The payment that the issuer's page is asked about, or null. */
    @Nullable Payment paymentOfChallenge(String acsTransId) {
        var id = paymentIdByAcsTransId.get(acsTransId);
        return id == null ? null : payments.get(id);
    }

    /** The account's newest payments, newest first. */
    List<Payment> latest(String account, int limit) {
        return newestFirst(paymentIdsByAccount.get(account), limit, payments);
    }

    @Nullable Child child(String id) {
        return children.get(id);
    }

    /** What hangs on a payment, newest first. */
    List<Child> children(String paymentId, Child.Kind kind) {
        return newestFirst(childIdsByPayment.get(paymentId), Integer.MAX_VALUE, children).stream()
                .filter(child -> child.kind() == kind).toList();
    }

    /** The account's newest chargebacks, newest first. */
    List<Child> latestChargebacks(String account, int limit) {
        return newestFirst(chargebackIdsByAccount.get(account), limit, children);
    }

    @Nullable PaymentLink link(String id) {
        return links.get(id);
    }

    @Nullable PaymentLink link(String account, String id) {
        var link = links.get(id);
        return link != null && link.account().equals(account) ? link : null;
    }

    @Nullable Checkout checkout(String id) {
        return checkouts.get(id);
    }

    /** True the first time it is asked about this checkout and status since the start. */
    boolean firstNotice(String checkoutId, Status status) {
        return noticed.add(checkoutId + status);
    }

    List<Payment> paymentsProcessing() {
        return present(paymentsProcessing, payments);
    }

    List<Child> childrenProcessing() {
        return present(childrenProcessing, children);
    }

    private void apply(Payment payment) {
        if (payments.put(payment.id(), payment) == null) {
            append(paymentIdsByAccount, payment.account(), payment.id());
            if (payment.terms().threeDs() != null) {
                paymentIdByAcsTransId.put(payment.terms().threeDs().acsTransId(), payment.id());
            }
        }
        mark(paymentsProcessing, payment.id(), payment.state().status());
    }

    private void apply(Child child) {
        if (children.put(child.id(), child) == null) {
            append(childIdsByPayment, child.paymentId(), child.id());
            if (child.kind() == Child.Kind.CHARGEBACK) {
                append(chargebackIdsByAccount, child.account(), child.id());
            }
        }
        mark(childrenProcessing, child.id(), child.status());
    }

    private static void mark(Set<String> processing, String id, Status status) {
        if (status == Status.PROCESSING) {
            processing.add(id);
        } else {
            processing.remove(id);
        }
    }

    private void forget() {
        payments.clear();
        paymentIdsByAccount.clear();
        paymentIdByAcsTransId.clear();
        children.clear();
        childIdsByPayment.clear();
        chargebackIdsByAccount.clear();
        links.clear();
        checkouts.clear();
        noticed.clear();
        paymentsProcessing.clear();
        childrenProcessing.clear();
    }

    private static void append(Map<String, List<String>> lists, String key, String id) {
        var list = lists.computeIfAbsent(key, _ -> new ArrayList<>(2));
        synchronized (list) {
            list.add(id);
        }
    }

    private static <T> List<T> newestFirst(@Nullable List<String> ids, int limit, Map<String, T> things) {
        if (ids == null) {
            return List.of();
        }
        var newest = new ArrayList<T>();
        synchronized (ids) {
            for (int i = ids.size() - 1; i >= 0 && newest.size() < limit; i--) {
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
