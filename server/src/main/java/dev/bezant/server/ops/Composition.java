package dev.bezant.server.ops;

import dev.bezant.server.account.StoredProviderAccounts;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.dispute.DisputeDesk;
import java.util.List;
import java.util.function.BiConsumer;

/** The features, put together on a {@link Platform}; what the command line needs of them. */
public interface Composition {
    /** Puts features together; starts nothing. */
    @FunctionalInterface
    interface Factory {
        Composition compose(Platform platform);
    }

    StoredProviderAccounts providers();

    /** What operators do with disputes. */
    DisputeDesk disputes();

    /** One per provider that this release can speak to. */
    List<ConnectorFactory> connectors();

    /**
     * Gives the vault a new key and encrypts everything under it.
     *
     * @param progress told how many rows are done, of how many
     * @return what was done, for people
     */
    List<String> rotateVault(BiConsumer<Long, Long> progress);

    /** Starts jobs and listens; {@code GET /health/ready} is 503 until {@link RunningServer#becomeReady}. */
    RunningServer start();
}
