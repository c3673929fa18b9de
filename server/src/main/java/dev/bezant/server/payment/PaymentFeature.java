package dev.bezant.server.payment;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.database.Database;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.search.Searches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts the package together. Settling needs a part of it and gives another part what it needs, hence two steps. */
public final class PaymentFeature {
    private final Tools tools;
    private final AttemptStore store;
    private final Finisher finisher;
    private final ActionPages pages;
    private final Operations operations;

    /**
     * @param mac a keyed hash, for tokens in addresses
     */
    public record Tools(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            CardVault vault,
            Events events,
            PaymentSettings settings,
            Function<String, byte[]> mac,
            Ids ids,
            Clock clock,
            Checkpoint checkpoint) {}

    public PaymentFeature(Tools tools) {
        this.tools = tools;
        this.store = new AttemptStore(tools.events(), tools.settings());
        this.pages = new ActionPages(tools.settings(), tools.mac());
        this.finisher = new Finisher(tools.database(), tools.idempotency(), store, pages);
        this.operations = new Operations(tools.database(), tools.idempotency(), tools.connectors(), new OperationStore(store, tools.events(), tools.settings()),
                tools.settings(), tools.ids(), tools.clock(), tools.checkpoint());
    }

    public Finisher finisher() {
        return finisher;
    }

    public Operations operations() {
        return operations;
    }

    public ActionPages pages() {
        return pages;
    }

    /** @param sender what stands between payments and providers */
    public List<Route> routes(Sender sender) {
        var payments = new Payments(tools.database(), tools.idempotency(), tools.connectors(), tools.vault(), sender, store, finisher, pages,
                tools.settings(), tools.ids(), tools.checkpoint());
        var intents = new PaymentRoutes(tools.database(), tools.idempotency(), payments, operations, store, tools.vault(), tools.ids(), tools.clock());
        var all = new ArrayList<Route>();
        all.addAll(intents.routes());
        all.addAll(new ChargeRoutes(tools.database(), tools.events(), intents).routes());
        all.addAll(new SearchRoutes(tools.database(), new Searches(tools.database(), tools.mac())).routes());
        return all;
    }

    public List<PageRoute> pageRoutes() {
        return new Challenges(tools.database(), tools.connectors(), finisher, pages, tools.settings(), tools.checkpoint()).routes();
    }

    public void register(Expansion expansion) {
        ChargeRoutes.register(expansion, tools.database());
    }
}
