package dev.bezant.server.partner;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.http.ApiRequest;
import java.util.Comparator;
import java.util.Optional;

/** Through whom partners are paid: the account's own account at Corefy, where it has one. */
final class Providers {
    static final String COREFY = "corefy";
    /** As the first start connects the simulator: a real account goes before it. */
    private static final String SIMULATOR = "sandbox";

    private final Connectors connectors;

    Providers(Connectors connectors) {
        this.connectors = connectors;
    }

    /** Empty if there is none: then it goes as every payment of the account goes. */
    Optional<ProviderAccount> corefy(ApiRequest request) {
        return connectors.ordered(request.caller().accountId(), request.caller().livemode()).stream()
                .filter(account -> account.provider().equals(COREFY))
                .min(Comparator.comparing(account -> account.name().equals(SIMULATOR)));
    }

    /** Corefy's, else the first in the account's order. */
    Optional<ProviderAccount> any(ApiRequest request) {
        return corefy(request).or(() -> connectors.ordered(request.caller().accountId(), request.caller().livemode()).stream().findFirst());
    }

    /** Asks something harmless. @return empty if it works, else what is wrong */
    Optional<String> test(ProviderAccount account) {
        try {
            return connectors.of(account).test();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
