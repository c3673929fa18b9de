package dev.bezant.server.settle;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderLanes;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.settle.OpenWork.Lane;
import dev.bezant.server.settle.OpenWork.Open;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds every money operation that is still open, by looking at the tables, and asks the provider what became of it.
 *
 * <p>There is no task that somebody had to remember to enqueue: a crash at any line leaves a row, and the row is found here. Before
 * an operation's {@code give_up_at} this only reads: presence is believed at once, absence never before then.
 */
public final class Settler implements AutoCloseable {
    /** For how long a provider account that does not answer holds up the next round of the others, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OpenWork work;
    private final Connectors connectors;
    private final Pacing pacing;
    private final Attempts attempts;
    private final Absent absent;
    private final Movements movements;
    private final OperatorTasks tasks;
    private final Again again;
    private final ProviderLanes lanes = new ProviderLanes("settling", PATIENCE);

    Settler(OpenWork work, Connectors connectors, Pacing pacing, Attempts attempts, Absent absent, Movements movements, OperatorTasks tasks, Again again) {
        this.work = work;
        this.connectors = connectors;
        this.pacing = pacing;
        this.attempts = attempts;
        this.absent = absent;
        this.movements = movements;
        this.tasks = tasks;
        this.again = again;
    }

    /** One round over everything that is open. Called again and again by one thread; several nodes may do so at once. */
    public void round() {
        pacing.forgetResolved();
        Map<String, Runnable> byAccount = new HashMap<>();
        work.lanes().forEach(lane -> byAccount.put(lane.providerAccountId(), () -> round(lane)));
        lanes.run(byAccount);
        again.forgetOld();
        tasks.count();
    }

    private void round(Lane lane) {
        Connector connector = connectors.of(lane.accountId(), lane.livemode(), lane.providerAccountId());
        attempts.settle(lane, connector, work.charges(lane));
        Round.each("challenge", work.waitingActions(lane), it -> absent.look(connector, it));
        Round.each("expired challenge", work.expiredActions(lane), it -> absent.expire(connector, it));
        Round.each("closed challenge", work.watched(lane), it -> absent.watch(connector, it));
        Round.each("operation", work.operations(lane), it -> movements.settle(connector, it));
        Round.each("refund", work.refunds(lane), it -> movements.settle(connector, it));
    }

    /** What came of a provider's notice. */
    public enum Heard {
        /** It is about no payment of ours. */
        NOT_OURS,
        /** The provider was asked, and what it said is stored. */
        ASKED,
        /** The provider could not be asked: to be tried again. */
        NOT_ANSWERED
    }

    /**
     * Asks about a payment that its provider has told something of: how it stands, and what of its open movements.
     *
     * @param reference ours, of the payment
     * @param providerId of the payment, where the notice tells it
     */
    public Heard noticed(String accountId, String providerAccountId, String reference, @Nullable String providerId) {
        Optional<Open> found = work.charge(accountId, providerAccountId, reference);
        if (found.isEmpty()) {
            return Heard.NOT_OURS;
        }
        Charge charge = found.get().charge();
        Connector connector = connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
        boolean answered = attempts.ask(connector, charge, charge.providerId() != null ? charge.providerId() : providerId);
        work.operations(charge).forEach(it -> movements.resolve(connector, it));
        work.refunds(charge).forEach(it -> movements.resolve(connector, it));
        return answered ? Heard.ASKED : Heard.NOT_ANSWERED;
    }

    @Override
    public void close() {
        lanes.close();
    }
}
