package dev.bezant.server.payment;

import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.AttemptStore.Begun;
import java.util.Optional;

/** Sends an attempt's request again, where the provider tells by that what became of the first. */
public final class Repeats {
    private final Database database;
    private final AttemptStore store;
    private final Instructions instructions;
    private final PaymentSettings settings;

    Repeats(Database database, AttemptStore store, Instructions instructions, PaymentSettings settings) {
        this.database = database;
        this.store = store;
        this.instructions = instructions;
        this.settings = settings;
    }

    /** @return {@link Outcome.Unknown} also if the attempt, or what its intent wants of it, is not what it was */
    public Outcome repeat(Charge charge, RepeatsByKey provider) {
        Deadline deadline = Deadline.in(settings.sendWindow());
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        Optional<Begun> begun = store.resume(database, charge.accountId(), charge.id());
        boolean wanted = intent.status() == IntentStatus.PROCESSING && charge.id().equals(intent.latestChargeId()) && intent.amount().equals(charge.amount());
        return begun.isEmpty() || !wanted
                ? new Outcome.Unknown("The intent does not want this payment now")
                : provider.repeat(instructions.of(intent, charge, begun.get(), null), deadline);
    }
}
