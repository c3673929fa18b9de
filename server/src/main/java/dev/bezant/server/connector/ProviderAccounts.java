package dev.bezant.server.connector;

import java.util.List;
import java.util.Optional;

/** The provider accounts of a merchant; warm look-ups cost no round trip. */
public interface ProviderAccounts {
    /** The enabled ones, in the account's default order. */
    List<ProviderAccount> ordered(String accountId, boolean livemode);

    /** Where a provider account belongs. */
    record Key(String accountId, boolean livemode, String id) {}

    /** Those of every merchant, enabled or not: for jobs that look at all of them. */
    List<Key> everywhere();

    /** One of them, enabled or not: what was begun there must be ended there. */
    Optional<ProviderAccount> find(String accountId, boolean livemode, String id);
}
