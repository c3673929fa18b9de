package dev.bezant.server.settle;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.event.Events;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.PaymentFeature;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.Sender;
import dev.bezant.server.refund.Refunds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** Puts the package together. */
public final class SettleFeature {
    private final Tools tools;
    private final Reversals reversals;
    private final Scans scans;
    private final Pacing pacing;
    private final OperatorTasks tasks;

    /** What the package works with. */
    public record Tools(
            Database database,
            Connectors connectors,
            ProviderAccounts accounts,
            Events events,
            PaymentSettings settings,
            PaymentFeature payments,
            MeterRegistry metrics,
            Ids ids,
            Clock clock) {}

    public SettleFeature(Tools tools) {
        this.tools = tools;
        this.tasks = new OperatorTasks(tools.database(), tools.metrics());
        this.reversals = new Reversals(tools.database(), tools.connectors(), tools.events(), tools.settings(), tasks, tools.ids());
        this.scans = new Scans(tools.database(), tools.connectors(), tools.payments().finisher(), reversals, tools.payments().pages(), tasks);
        tools.payments().finisher().whenApprovedLate(reversals::begin);
        this.pacing = new Pacing(tools.connectors(), scans, tools.settings().sendWindow());
    }

    /** What stands between payments and providers. */
    public Sender sender() {
        return pacing;
    }

    public Settler settler(Refunds refunds) {
        Finisher finisher = tools.payments().finisher();
        var takingBack = new TakingBack(tools.payments().takeBacks(), finisher, tasks, tools.settings(), tools.ids());
        var finding = new Finding(finisher, reversals, scans::inquiry, tasks);
        var again = new Again(tools.clock());
        var attempts = new Attempts(tools.accounts(), scans, reversals, finisher, tools.payments().repeats(), takingBack, finding, tasks, again);
        var absent = new Absent(tools.database(), scans, reversals, finisher, takingBack, finding, tasks, again);
        var movements = new Movements(tools.database(), reversals, tools.payments().operations(), refunds, tasks, tools.settings(), again);
        return new Settler(new OpenWork(tools.database()), tools.connectors(), pacing, attempts, absent, movements, tasks, again);
    }
}
