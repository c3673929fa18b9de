package dev.bezant.server.settle;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Statement;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.Rows;
import dev.bezant.server.refund.RefundRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is open, as the tables say: there is no list of it that somebody could have forgotten to write to. */
final class OpenWork {
    private static final int AT_ONCE = 1000;

    private static final String CHARGES = "c.state in ('pending', 'completing') and c.send_before < now() + interval '1 minute'";
    private static final String WAITING = """
            c.state = 'requires_action' and c.action ->> 'kind' in ('redirect', 'form') and not c.action ? 'answer'
            and c.action_expires_at > now() and c.resolved_at < now() - interval '15 seconds'""";
    private static final String EXPIRED = "c.state = 'requires_action' and c.action_expires_at < now()";
    private static final String WATCHED = "c.watch_until is not null and c.stuck_reason is null";
    private static final String OPERATIONS = "o.state = 'pending' and o.stuck_reason is null and o.created_at < now() - interval '2 seconds'";
    private static final String REFUNDS = """
            r.stuck_reason is null and not r.uncaptured
            and (r.state = 'submitting' and r.created_at < now() - interval '2 seconds' or r.state = 'pending' and r.poll_at < now())""";

    private static final String OPERATION = """
            select o.account_id, o.id, o.livemode, o.charge_id, o.kind, o.reference, o.amount, o.last, o.reason, o.idempotency_id,
                   o.refund_id, o.give_up_at, c.currency, now() as moment
              from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
             where\s""";
    private static final String REFUND = "select r.*, now() as moment from refund r where ";
    private static final String IN_LANE = " and c.account_id = :account and c.provider_account_id = :provider_account";

    private final Database database;

    OpenWork(Database database) {
        this.database = database;
    }

    /** A provider account at which something is open. */
    record Lane(String accountId, boolean livemode, String providerAccountId) {}

    /** An attempt whose outcome nobody knows. */
    record Open(Charge charge, Instant giveUpAt, Instant now) {
        /** Those just being sent are their sender's business. */
        boolean justSent() {
            return charge.createdAt().isAfter(now.minusSeconds(2));
        }

        /** @param processing how long the provider may be at work on what arrived */
        boolean over(Duration processing) {
            return !now.isBefore(giveUpAt.plus(processing));
        }
    }

    /** An attempt that was closed and is looked after still. */
    record Watched(Charge charge, Instant until, Instant now) {}

    record OpenOperation(Operation operation, Instant giveUpAt, Instant now) {}

    record OpenRefund(RefundRow refund, Instant giveUpAt, Instant now) {}

    List<Lane> lanes() {
        String lane = "select c.account_id, c.livemode, c.provider_account_id from ";
        return database.sql(lane + "charge c where " + CHARGES
                        + " union " + lane + "charge c where " + WAITING
                        + " union " + lane + "charge c where " + EXPIRED
                        + " union " + lane + "charge c where " + WATCHED
                        + " union " + lane + "charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id where " + OPERATIONS
                        + " union " + lane + "refund r join charge c on c.account_id = r.account_id and c.id = r.charge_id where " + REFUNDS)
                .list(row -> new Lane(row.text("account_id"), row.flag("livemode"), row.text("provider_account_id")));
    }

    List<Open> charges(Lane lane) {
        return select(lane, "select c.*, now() as moment from charge c where " + CHARGES, "c.give_up_at").list(OpenWork::open);
    }

    /** One attempt, open or not. */
    Optional<Open> charge(String accountId, String providerAccountId, String reference) {
        return database.sql("select c.*, now() as moment from charge c where c.reference = :reference" + IN_LANE)
                .bind("reference", reference)
                .bind("account", accountId)
                .bind("provider_account", providerAccountId)
                .one(OpenWork::open);
    }

    /** Challenges that the provider may finish without us, and whose payers may never come back here. */
    List<Charge> waitingActions(Lane lane) {
        return select(lane, "select c.* from charge c where " + WAITING, "c.action_expires_at").list(Rows::charge);
    }

    List<Charge> expiredActions(Lane lane) {
        return select(lane, "select c.* from charge c where " + EXPIRED, "c.action_expires_at").list(Rows::charge);
    }

    List<Watched> watched(Lane lane) {
        return select(lane, "select c.*, now() as moment from charge c where " + WATCHED, "c.watch_until")
                .list(row -> new Watched(Rows.charge(row), row.moment("watch_until"), row.moment("moment")));
    }

    List<OpenOperation> operations(Lane lane) {
        return select(lane, OPERATION + OPERATIONS, "o.give_up_at").list(OpenWork::operation);
    }

    List<OpenOperation> operations(Charge charge) {
        return database.sql(OPERATION + "o.charge_id = :charge and o.account_id = :account and o.state = 'pending'")
                .bind("charge", charge.id())
                .bind("account", charge.accountId())
                .list(OpenWork::operation);
    }

    List<OpenRefund> refunds(Lane lane) {
        return select(lane, "select r.*, now() as moment from refund r join charge c on c.account_id = r.account_id and c.id = r.charge_id where "
                + REFUNDS, "r.give_up_at").list(OpenWork::refund);
    }

    List<OpenRefund> refunds(Charge charge) {
        return database.sql(REFUND + "r.charge_id = :charge and r.account_id = :account and r.state in ('submitting', 'pending')")
                .bind("charge", charge.id())
                .bind("account", charge.accountId())
                .list(OpenWork::refund);
    }

    private Statement select(Lane lane, String select, String order) {
        return database.sql(select + IN_LANE + " order by " + order + " limit " + AT_ONCE)
                .bind("account", lane.accountId())
                .bind("provider_account", lane.providerAccountId());
    }

    private static Open open(Row row) throws SQLException {
        return new Open(Rows.charge(row), row.moment("give_up_at"), row.moment("moment"));
    }

    private static OpenOperation operation(Row row) throws SQLException {
        return new OpenOperation(Operation.read(row), row.moment("give_up_at"), row.moment("moment"));
    }

    private static OpenRefund refund(Row row) throws SQLException {
        return new OpenRefund(RefundRow.read(row), row.moment("give_up_at"), row.moment("moment"));
    }
}
