package dev.bezant.server.payout;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.database.Database;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.CardVault;
import dev.bezant.server.payment.PaymentSettings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the package together. */
public final class PayoutFeature implements AutoCloseable {
    private final PayoutRoutes routes;
    private final PayoutSettler settler;

    /** What the package works with. */
    public record Tools(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            CardVault vault,
            PaymentMethods methods,
            Events events,
            PaymentSettings settings,
            Ids ids,
            Clock clock,
            Checkpoint checkpoint) {}

    public PayoutFeature(Tools tools) {
        var payouts = new Payouts(tools.database(), tools.idempotency(), tools.connectors(), tools.vault(), tools.events(), tools.settings(), tools.checkpoint());
        routes = new PayoutRoutes(tools.database(), tools.idempotency(), tools.connectors(), tools.methods(), payouts, tools.ids(), tools.clock());
        settler = new PayoutSettler(tools.database(), tools.connectors(), payouts, tools.settings(), tools.clock());
    }

    public List<Route> routes() {
        return routes.routes();
    }

    public void register(Expansion expansion) {
        routes.register(expansion);
    }

    /** Finds out what became of payouts whose outcome is not known: a round of it, for a job. */
    public void settle() {
        settler.round();
    }

    /**
     * Asks about a payout that its provider has told something of.
     *
     * @param providerId of the payout, where that was told
     * @return empty if there is none of that reference; whether the provider could be asked
     */
    public Optional<Boolean> noticed(String accountId, String providerAccountId, String reference, @Nullable String providerId) {
        return settler.noticed(accountId, providerAccountId, reference, providerId);
    }

    @Override
    public void close() {
        settler.close();
    }
}
