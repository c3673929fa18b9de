package dev.bezant.server.dispute;

import dev.bezant.server.audit.Audit;
import dev.bezant.server.balance.BalanceEntries;
import dev.bezant.server.balance.BalanceFeature;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.event.Events;
import dev.bezant.server.file.Files;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** Puts the package together. */
public final class DisputeFeature implements AutoCloseable {
    private final DisputeRoutes routes;
    private final DisputePolls polls;
    private final Handovers handovers;

    /** What the package works with. */
    public record Tools(
            Database database,
            Connectors connectors,
            ProviderAccounts accounts,
            Events events,
            BalanceFeature balance,
            BalanceEntries entries,
            Files files,
            DisputeSettings settings,
            MeterRegistry metrics,
            Ids ids,
            Clock clock) {}

    public DisputeFeature(Tools tools) {
        var view = new DisputeView(tools.balance(), tools.entries(), tools.clock());
        var disputes = new Disputes(tools.database(), tools.events(), tools.entries(), view, tools.ids(), tools.clock());
        this.routes = new DisputeRoutes(tools.database(), disputes, view, tools.files(), tools.clock());
        this.polls = new DisputePolls(tools.database(), tools.connectors(), tools.accounts(), disputes, tools.settings(), tools.clock());
        this.handovers = new Handovers(tools.database(), tools.connectors(), disputes, tools.files(), tools.metrics(), tools.clock());
    }

    /** What operators do from the command line; it needs no providers. */
    public static DisputeDesk desk(Database database, Audit audit, BalanceFeature balance, Ids ids, Clock clock) {
        var entries = new BalanceEntries(ids);
        var view = new DisputeView(balance, entries, clock);
        return new DisputeDesk(database, new Disputes(database, new Events(ids), entries, view, ids, clock), new Files(), audit);
    }

    public List<Route> routes() {
        return routes.routes();
    }

    public void register(Expansion expansion) {
        routes.register(expansion);
    }

    /** Looks for news at the providers, and hands over what was sent in. */
    public void round() {
        polls.round();
        handovers.round();
    }

    @Override
    public void close() {
        polls.close();
    }
}
