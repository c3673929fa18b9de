package dev.bezant.server.settle;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.connector.TakesBack.TakenBack;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.Render;
import dev.bezant.server.payment.Rows;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what was approved after its intent stopped wanting it: a void of an authorization, a refund of a sale.
 *
 * <p>The decision and the movement's row are one commit; sending comes after it, and a crash between is found like any other.
 */
final class Reversals {
    private static final Logger LOG = LoggerFactory.getLogger(Reversals.class);

    private final Database database;
    private final Connectors connectors;
    private final Events events;
    private final PaymentSettings settings;
    private final OperatorTasks tasks;
    private final Ids ids;

    Reversals(Database database, Connectors connectors, Events events, PaymentSettings settings, OperatorTasks tasks, Ids ids) {
        this.database = database;
        this.connectors = connectors;
        this.events = events;
        this.settings = settings;
        this.tasks = tasks;
        this.ids = ids;
    }

    /** An attempt that was closed as failed turns out to have been approved. */
    void begin(Charge charge, Outcome.Approved approved) {
        if (charge.amount().amount() == 0) {
            // A card that was verified after all: nothing is held.
            return;
        }
        Deadline deadline = Deadline.in(settings.sendWindow());
        Optional<Operation> operation = database.transaction(tx -> {
            Optional<Charge> reversing = tx.sql("""
                            update charge set state = 'reversing', provider_id = :provider_id, failure = null, resolved_at = now(), stuck_reason = null,
                                   amount_captured = case when :captured::text = 'true' then amount when :captured::text = 'false' then 0 when exists (select 1 from payment_intent i
                                       where i.account_id = :account and i.id = charge.payment_intent_id
                                         and 'manual' in (i.capture_method, i.details #>> '{payment_method_options,card,capture_method}'))
                                       then 0 else amount end
                             where account_id = :account and id = :id and state = 'failed'
                            returning *
                            """)
                    .bind("provider_id", approved.providerId())
                    .bind("captured", approved.details().get(Outcome.Approved.CAPTURED))
                    .bind("account", charge.accountId())
                    .bind("id", charge.id())
                    .one(Rows::charge);
            return reversing.map(now -> {
                events.append(tx, Cause.job(now.accountId(), now.livemode()), EventDraft.of("charge.updated", Render.charge(now)));
                return insert(tx, now);
            });
        });
        if (operation.isPresent()) {
            LOG.atError().addKeyValue("charge", charge.id()).log("A payment was approved after it was given up; it is being given back");
            send(Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow(), operation.get(), deadline);
        }
    }

    /** Asks what became of a reversal, and sends it anew if it is proved absent. */
    void settle(Charge charge, Operation operation, Outcome outcome) {
        if (outcome instanceof Outcome.Approved) {
            database.transaction(tx -> {
                if (close(tx, operation, "succeeded")) {
                    Charge reversed = charge.in(ChargeState.REVERSED);
                    tx.sql("update charge set state = 'reversed' where account_id = :account and id = :id and state = 'reversing'")
                            .bind("account", charge.accountId())
                            .bind("id", charge.id())
                            .update();
                    events.append(tx, Cause.job(charge.accountId(), charge.livemode()), EventDraft.of("charge.updated", Render.charge(reversed)));
                }
                return true;
            });
        } else if (outcome instanceof Outcome.NotSent) {
            Deadline deadline = Deadline.in(settings.sendWindow());
            Optional<Operation> again = database.transaction(tx -> close(tx, operation, "failed") ? Optional.of(insert(tx, charge)) : Optional.empty());
            again.ifPresent(anew -> send(charge, anew, deadline));
        } else if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Declined) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), "The provider refuses to give an unwanted payment back");
        }
    }

    private void send(Charge charge, Operation operation, Deadline deadline) {
        Outcome outcome;
        try {
            Connector connector = connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
            outcome = connector instanceof TakesBack provider
                    ? takenBack(charge, operation, connector, provider, deadline)
                    : connector.move(operation.movement(charge), operation.asked(charge), deadline);
        } catch (RuntimeException e) {
            LOG.error("A reversal failed", e);
            return;
        }
        // What was not sent is found absent by settling, and tried again from there.
        if (!(outcome instanceof Outcome.NotSent)) {
            settle(charge, operation, outcome);
        }
    }

    /** Wholly undone where that is possible still; it may have been taken back before, and then nothing is left to release or to refund. */
    private Outcome takenBack(Charge charge, Operation operation, Connector connector, TakesBack provider, Deadline deadline) {
        return switch (provider.takeBack(charge.reference(), ids.reference(), deadline)) {
            case TakenBack.Undone() -> new Outcome.Approved(operation.reference(), operation.amount(), Map.of());
            case TakenBack.Refused r -> connector.move(operation.movement(charge), operation.asked(charge), deadline);
            case TakenBack.NotArrived() -> new Outcome.Unknown("The provider does not know what it approved");
            case TakenBack.Unknown(var reason) -> new Outcome.Unknown(reason);
        };
    }

    private Operation insert(Session tx, Charge charge) {
        var operation = new Operation(charge.accountId(), ids.next("op"), charge.livemode(), charge.id(), "reverse", ids.reference(),
                charge.amount(), true, null, null, null);
        tx.sql("""
                insert into charge_operation (account_id, id, livemode, charge_id, kind, state, reference, amount, send_before, give_up_at)
                values (:account, :id, :livemode, :charge, 'reverse', 'pending', :reference, :amount,
                        now() + make_interval(secs => :send_window_ms / 1000.0), now() + make_interval(secs => :give_up_ms / 1000.0))
                """)
                .bind("account", operation.accountId())
                .bind("id", operation.id())
                .bind("livemode", operation.livemode())
                .bind("charge", charge.id())
                .bind("reference", operation.reference())
                .bind("amount", operation.amount().amount())
                .bind("send_window_ms", settings.sendWindow().toMillis())
                .bind("give_up_ms", settings.giveUp().toMillis())
                .update();
        return operation;
    }

    private static boolean close(Session tx, Operation operation, String state) {
        return tx.sql("update charge_operation set state = :state where account_id = :account and id = :id and state = 'pending'")
                .bind("state", state)
                .bind("account", operation.accountId())
                .bind("id", operation.id())
                .update() > 0;
    }
}
