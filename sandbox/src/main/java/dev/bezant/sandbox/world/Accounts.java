package dev.bezant.sandbox.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All accounts of all providers, found by name or by the credential that a request names itself with. Thread-safe. */
public final class Accounts {
    private record Key(String provider, String name) {}

    private final Map<Key, Account> byName = new LinkedHashMap<>();
    private final Map<Key, Account> byIdentity = new ConcurrentHashMap<>();
    private final Map<String, List<String>> identities = new ConcurrentHashMap<>();

    /** Tells which credential fields of this provider's accounts identify the caller; their values are unique. */
    public void identifiedBy(String provider, List<String> fields) {
        identities.put(provider, List.copyOf(fields));
    }

    synchronized void put(Account account) {
        var before = byName.put(new Key(account.provider(), account.name()), account);
        for (var field : identities.getOrDefault(account.provider(), List.of())) {
            if (before != null && before.get(field) != null) {
                byIdentity.remove(identity(account.provider(), field, before.require(field)));
            }
            if (!account.revoked() && account.get(field) != null) {
                byIdentity.put(identity(account.provider(), field, account.require(field)), account);
            }
        }
    }

    /** The active account that identifies itself with this value of this field, or null. */
    public @Nullable Account identified(String provider, String field, String value) {
        return byIdentity.get(identity(provider, field, value));
    }

    /** The account of that name, revoked or not. */
    public synchronized Optional<Account> find(String provider, String name) {
        return Optional.ofNullable(byName.get(new Key(provider, name)));
    }

    /** Active accounts in the order they were made. */
    public synchronized List<Account> active() {
        return byName.values().stream().filter(account -> !account.revoked()).toList();
    }

    synchronized List<Account> forgetAllButStandard() {
        var kept = new ArrayList<Account>();
        for (var account : byName.values()) {
            if (account.standard()) {
                kept.add(account.restore());
            }
        }
        byName.clear();
        byIdentity.clear();
        kept.forEach(this::put);
        return kept;
    }

    private static Key identity(String provider, String field, String value) {
        return new Key(provider, field + "=" + value);
    }
}
