package dev.bezant.server.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The open connectors, one per provider account; reopened when the account's settings or credentials change. */
public final class Connectors implements AutoCloseable {
    private final Map<String, ConnectorFactory> factories;
    private final ProviderAccounts accounts;
    private final ProviderJournal journal;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(ProviderAccount account, Connector connector) {}

    /** @param journal hears of every call to a provider */
    public Connectors(List<ConnectorFactory> factories, ProviderAccounts accounts, ProviderJournal journal) {
        this.factories = factories.stream().collect(Collectors.toMap(ConnectorFactory::provider, Function.identity()));
        this.accounts = accounts;
        this.journal = journal;
    }

    /** The enabled accounts that this release has a connector for, in the merchant's order. */
    public List<ProviderAccount> ordered(String accountId, boolean livemode) {
        return accounts.ordered(accountId, livemode).stream().filter(account -> factories.containsKey(account.provider())).toList();
    }

    /** Whether this release has a connector for the account's provider. */
    public boolean speaks(ProviderAccount account) {
        return factories.containsKey(account.provider());
    }

    /** @throws IllegalStateException if the account does not exist any more */
    public Connector of(String accountId, boolean livemode, String providerAccountId) {
        return of(accounts.find(accountId, livemode, providerAccountId)
                .orElseThrow(() -> new IllegalStateException("Provider account " + providerAccountId + " does not exist")));
    }

    public Connector of(ProviderAccount account) {
        Open current = open.compute(account.id(), (id, known) -> {
            if (known != null && known.account().equals(account)) {
                return known;
            }
            ConnectorFactory factory = Optional.ofNullable(factories.get(account.provider()))
                    .orElseThrow(() -> new IllegalStateException("No connector for provider " + account.provider()));
            // The replaced one is not closed: calls may still run on it, and its connections expire by themselves.
            return new Open(account, CallLabel.labelling(factory.open(account, journal.of(account))));
        });
        return current.connector();
    }

    @Override
    public void close() {
        open.values().forEach(each -> each.connector().close());
    }
}
