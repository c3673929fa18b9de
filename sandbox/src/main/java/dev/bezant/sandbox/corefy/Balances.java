package dev.bezant.sandbox.corefy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What moved on each account's currency accounts: follows from invoices and payouts, so nothing of it is stored. Thread-safe. */
final class Balances {
    private record Key(String account, String currency) {}

    private final Map<Key, Long> moved = new ConcurrentHashMap<>();

    void changed(@Nullable Invoice before, Invoice after) {
        add(after.account(), after.terms().currency(), net(after) - (before == null ? 0 : net(before)));
    }

    void changed(@Nullable Payout before, Payout after) {
        add(after.account(), after.terms().currency(), net(after) - (before == null ? 0 : net(before)));
    }

    /** Minor units in and out, without what the account began with. */
    long moved(String account, String currency) {
        return moved.getOrDefault(new Key(account, currency), 0L);
    }

    /** By currency. */
    Map<String, Long> of(String account) {
        var all = new TreeMap<String, Long>();
        moved.forEach((key, sum) -> {
            if (key.account().equals(account)) {
                all.put(key.currency(), sum);
            }
        });
        return all;
    }

    void forget() {
        moved.clear();
    }

    private void add(String account, String currency, long difference) {
        if (difference != 0) {
            moved.merge(new Key(account, currency), difference, Long::sum);
        }
    }

    /** What is on its way back is not there any more. */
    private static long net(Invoice invoice) {
        var sums = invoice.state().sums();
        return sums.processed() - sums.refunded() - sums.refunding() - sums.chargedBack();
    }

    private static long net(Payout payout) {
        return -payout.paid();
    }
}
