package dev.bezant.server.payment;

import dev.bezant.server.database.Database;

/** Makes sure, before a provider is asked to take an attempt back, that no approval of it counts any more. */
public final class TakeBacks {
    private final Database database;
    private final AttemptStore store;

    TakeBacks(Database database, AttemptStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * Marks an attempt, durably.
     *
     * @return false if its outcome was learnt meanwhile, or a provider's id of it: then it must not be taken back
     */
    public boolean begin(Charge charge) {
        while (true) {
            // The intent first: whatever changes the charge after that changes the intent's version too.
            Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
            Charge now = Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow();
            if (now.state() != ChargeState.PENDING || now.providerId() != null) {
                return false;
            }
            if (now.extras().takingBack() || store.takeBack(database, intent, now)) {
                return true;
            }
        }
    }
}
