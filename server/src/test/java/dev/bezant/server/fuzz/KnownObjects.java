package dev.bezant.server.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Ids to ask for, by resource; it grows with what is made. Thread-safe. */
final class KnownObjects {
    private static final int KEPT = 200;
    private static final List<String> TOKENS = List.of("pm_card_visa", "pm_card_mastercard", "pm_card_visa_chargeDeclined", "pm_card_threeDSecure2Required",
            "pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_createDispute", "pm_card_pendingRefund", "pm_card_refundFail");

    private final Map<String, List<String>> ids = new ConcurrentHashMap<>();

    void add(String resource, String id) {
        List<String> of = ids.computeIfAbsent(resource, it -> new CopyOnWriteArrayList<>());
        of.add(id);
        if (of.size() > KEPT) {
            of.removeFirst();
        }
    }

    /** Whether a parameter of that name is an id, such as {@code customer}. */
    boolean has(String name) {
        return ids.containsKey(name + "s");
    }

    /** @param name of a resource or a parameter; now and then the id is of something else */
    String any(String name, Random random) {
        if (random.nextInt(40) == 0) {
            List<String> names = ids.keySet().stream().sorted().toList();
            return any(names.get(random.nextInt(names.size())), random);
        }
        if ((name.equals("payment_method") && random.nextInt(3) > 0) || name.equals("default_payment_method")) {
            return TOKENS.get(random.nextInt(TOKENS.size()));
        }
        List<String> of = ids.getOrDefault(name, ids.getOrDefault(name + "s", List.of()));
        return of.isEmpty() ? "none_0Vc1VXSxKBgngX9fZOs8" : of.get(random.nextInt(of.size()));
    }
}
