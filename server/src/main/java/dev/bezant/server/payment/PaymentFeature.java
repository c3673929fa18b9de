package dev.bezant.server.payment;

import dev.bezant.server.connector.Connectors;
import dev.bezant.server.database.Database;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Expansion;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.search.Searches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts the package together. Settling needs a part of it and gives another part what it needs, hence two steps. */
public final class PaymentFeature {
    private final Tools tools;
    private final AttemptStore store;
    private final FollowUps followUps;
    private final Finisher finisher;
    private final ActionPages pages;
    private final Operations operations;
    private final Instructions instructions;
    private final Challenges challenges;

    /**
     * @param mac a keyed hash, for tokens in addresses
     */
    public record Tools(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            CardVault vault,
            PaymentMethods methods,
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
        this.instructions = new Instructions(tools.vault(), pages);
        this.followUps = new FollowUps(tools.database(), tools.methods());
        this.finisher = new Finisher(tools.database(), tools.idempotency(), store, pages, followUps);
        this.challenges = new Challenges(tools.database(), tools.idempotency(), tools.connectors(), finisher, pages, tools.settings(), tools.checkpoint());
        this.operations = new Operations(tools.database(), tools.idempotency(), tools.connectors(), new OperationStore(store, tools.events(), tools.settings()),
                tools.settings(), tools.ids(), tools.clock(), tools.checkpoint());
    }

    public Finisher finisher() {
        return finisher;
    }

    public Operations operations() {
        return operations;
    }

    public Repeats repeats() {
        return new Repeats(tools.database(), store, instructions, tools.settings());
    }

    public TakeBacks takeBacks() {
        return new TakeBacks(tools.database(), store);
    }

    public ActionPages pages() {
        return pages;
    }

    /** @param sender what stands between payments and providers */
    public List<Route> routes(Sender sender) {
        var choice = new AccountChoice(tools.connectors());
        var payments = new Payments(tools.database(), tools.idempotency(), tools.connectors(), choice, instructions, sender,
                store, finisher, tools.settings(), tools.ids(), tools.checkpoint());
        var desk = new IntentDesk(tools.database(), tools.idempotency(), payments, challenges, store, tools.methods(), tools.clock());
        var means = new Means.Reader(tools.methods(), tools.clock());
        var all = new ArrayList<Route>();
        var intents = new PaymentRoutes(tools.database(), tools.idempotency(), desk, operations, means, choice, tools.ids(), tools.clock());
        all.addAll(intents.routes());
        all.addAll(new SetupRoutes(tools.database(), tools.idempotency(), desk, means, tools.ids(), tools.clock()).routes());
        all.addAll(new ChargeRoutes(tools.database(), tools.events(), intents).routes());
        all.addAll(new SearchRoutes(tools.database(), new Searches(tools.database(), tools.mac())).routes());
        return all;
    }

    public List<PageRoute> pageRoutes() {
        var all = new ArrayList<PageRoute>();
        all.addAll(challenges.routes());
        all.addAll(receipts().routes());
        return all;
    }

    /** Does what successes left to do and a crash kept from being done. */
    public void catchUp() {
        followUps.catchUp();
    }

    /** Adds what depends on where this server is reached. */
    public void register(Shapes shapes) {
        receipts().register(shapes);
    }

    private Receipts receipts() {
        return new Receipts(tools.database(), pages);
    }

    public void register(Expansion expansion) {
        ChargeRoutes.register(expansion, tools.database());
    }
}
