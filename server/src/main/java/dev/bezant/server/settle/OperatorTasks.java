package dev.bezant.server.settle;

import dev.bezant.server.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cannot be proved: marked on its row, with the reason, for a person to decide. It stays as it is meanwhile; time alone never
 * turns it into a failure.
 */
final class OperatorTasks {
    static final String NOT_AS_ASKED = "The provider did something else than was asked for: another amount, or it captured what it was only to authorize, or not";
    static final String TOO_OLD = "The provider does not surely recognize the request any more: presence or absence cannot be proved";
    static final String NOT_TOLD = "The provider has not said for a week whether this payment, which failed here, was made after all";
    private static final Logger LOG = LoggerFactory.getLogger(OperatorTasks.class);

    /** The tables whose rows can be stuck, and when they can be: while open, and what failed here and may be paid there. */
    enum Kind {
        CHARGE("charge", "(state in ('pending', 'completing', 'reversing') or state = 'failed' and watch_until is not null)"),
        OPERATION("charge_operation", "state = 'pending'"),
        PAYOUT("payout", "state in ('pending', 'failed')"),
        REFUND("refund", "state in ('submitting', 'pending')");

        private final String table;
        private final String open;

        Kind(String table, String open) {
            this.table = table;
            this.open = open;
        }
    }

    private final Database database;
    private final Map<Kind, AtomicLong> counts = new ConcurrentHashMap<>();

    OperatorTasks(Database database, MeterRegistry metrics) {
        this.database = database;
        for (Kind kind : Kind.values()) {
            var count = new AtomicLong();
            counts.put(kind, count);
            metrics.gauge("bezant.operator.tasks", io.micrometer.core.instrument.Tags.of("kind", kind.table), count);
        }
    }

    /** Marks once; a row that has been resolved meanwhile is left alone. */
    void add(Kind kind, String account, String id, String reason) {
        int marked = database.sql("update " + kind.table + " set stuck_reason = :reason where account_id = :account and id = :id and "
                        + kind.open + " and stuck_reason is null")
                .bind("reason", reason)
                .bind("account", account)
                .bind("id", id)
                .update();
        if (marked > 0) {
            LOG.atError().addKeyValue("object", id).addKeyValue("reason", reason).log("An outcome cannot be proved: an operator must look");
        }
    }

    /** Counts anew, for the metrics. */
    void count() {
        counts.forEach((kind, count) -> count.set(database.sql("select count(*) as tasks from " + kind.table + " where " + kind.open
                        + " and stuck_reason is not null")
                .one(row -> row.number("tasks"))
                .orElse(0L)));
    }
}
