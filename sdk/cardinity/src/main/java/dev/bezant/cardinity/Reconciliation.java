package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one look at Cardinity's last 100 payments says about one order id. Cardinity has no other way to ask. One look can prove presence; absence
 * after an attempt whose request may still be on its way needs further looks, see docs/protocols/cardinity.md, section 9.1.
 */
public sealed interface Reconciliation {
    /** It is there. */
    record Found(Payment payment) implements Reconciliation {}

    /** The order id is there, but more than once, or with another amount: a person must look. */
    record Conflicting(List<Payment> payments) implements Reconciliation {}

    /**
     * It was not there at this moment, and the list reaches back to before {@code since}.
     *
     * @param wholeHistory true when Cardinity holds fewer payments than it would list
     */
    record Absent(boolean wholeHistory) implements Reconciliation {}

    /**
     * It is not in the list, but the list does not reach back far enough to mean anything.
     *
     * @param oldestSeen the {@code created} of the oldest payment listed
     */
    record Inconclusive(Instant oldestSeen) implements Reconciliation {}

    /** Judges a list that was fetched with the limit of 100. */
    static Reconciliation of(List<Payment> listed, String orderId, BigDecimal amount, Instant since) {
        List<Payment> matching = listed.stream().filter(payment -> orderId.equals(payment.orderId())).toList();
        if (matching.size() == 1 && matching.get(0).amount().compareTo(amount) == 0) {
            return new Found(matching.get(0));
        }
        if (!matching.isEmpty()) {
            return new Conflicting(matching);
        }
        Optional<Instant> oldest = listed.stream().map(Payment::created).min(Comparator.naturalOrder());
        boolean wholeHistory = listed.size() < Payments.LIST_LIMIT_MAX;
        if (oldest.isEmpty() || wholeHistory || oldest.get().isBefore(since)) {
            return new Absent(wholeHistory);
        }
        return new Inconclusive(oldest.get());
    }
}
