package dev.bezant.server.balance;

import dev.bezant.server.database.Database;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Puts the package together. */
public final class BalanceFeature {
    private final BalanceRoutes routes;
    private final Duration delay;
    private final Clock clock;

    /**
     * What the package works with.
     *
     * @param defaultCurrency of an account, by its id
     * @param delay how long after a movement its money counts as available
     */
    public record Tools(Database database, Function<String, String> defaultCurrency, Duration delay, Clock clock) {}

    public BalanceFeature(Tools tools) {
        this.routes = new BalanceRoutes(new BalanceStore(tools.database()), tools.defaultCurrency(), tools.delay(), tools.clock());
        this.delay = tools.delay();
        this.clock = tools.clock();
    }

    public List<Route> routes() {
        return routes.routes();
    }

    public void register(Expansion expansion) {
        expansion.loader("balance_transaction", routes::load)
                .field("balance_transaction", "source", "charge", "refund", "dispute");
    }

    /** A transaction as the API shows it, for objects that hold whole ones. */
    public ObjectNode render(BalanceTransaction transaction) {
        Instant now = clock.instant();
        return transaction.render(now, delay);
    }
}
