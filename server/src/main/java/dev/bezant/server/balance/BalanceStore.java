package dev.bezant.server.balance;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Page;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads balance transactions off the tables that hold the facts.
 *
 * <p>Each kind of fact is a branch of one union. A page takes of each branch only as many rows as it shows, along that table's own
 * primary key, since an id of a transaction is its fact's id with another prefix.
 */
final class BalanceStore {
    /** Where transactions come from. */
    private enum Branch {
        CHARGES("c.id", "ch_", "c.id", List.of("charge"), """
                select 'txn_' || substr(c.id, 4) as id, 'charge' as category, c.amount_captured as amount, c.currency, c.id as source,
                       c.details ->> 'description' as description, true as settled, c.created_at
                  from charge c
                 where c.account_id = :account and c.livemode = :livemode and c.amount_captured > 0 and c.capture_id is null"""),
        CAPTURES("o.id", "op_", "o.charge_id", List.of("charge"), """
                select 'txn_' || substr(o.id, 4) as id, 'charge' as category, o.amount, c.currency, c.id as source,
                       c.details ->> 'description' as description, true as settled, o.created_at
                  from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
                 where o.account_id = :account and o.livemode = :livemode and o.kind = 'capture' and o.state = 'succeeded'"""),
        REFUNDS("r.id", "re_", "r.id", List.of("refund"), """
                select 'txn_' || substr(r.id, 4) as id, 'refund' as category, -r.amount as amount, r.currency, r.id as source,
                       'Refund of charge ' || r.charge_id as description, r.state <> 'pending' as settled, r.created_at
                  from refund r
                 where r.account_id = :account and r.livemode = :livemode and r.taken"""),
        REVERSALS("o.id", "op_", "o.charge_id", List.of("adjustment"), """
                select 'txn_' || substr(o.id, 4) as id, 'other_adjustment' as category, -o.amount as amount, c.currency, c.id as source,
                       'Payment that was approved too late, given back' as description, true as settled, o.created_at
                  from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
                 where o.account_id = :account and o.livemode = :livemode and o.kind = 'reverse' and o.state = 'succeeded'
                   and c.amount_captured > 0"""),
        ENTRIES("e.id", "txn_", "e.source_id", List.of("adjustment", "refund_failure"), """
                select e.id, e.reporting_category as category, e.amount, e.currency, e.source_id as source, e.description, true as settled,
                       e.created_at
                  from balance_entry e
                 where e.account_id = :account and e.livemode = :livemode""");

        private final String id;
        private final String prefix;
        private final String source;
        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; Java has no type that says so.
        private final List<String> types;
        private final String select;

        Branch(String id, String prefix, String source, List<String> types, String select) {
            this.id = id;
            this.prefix = prefix;
            this.source = source;
            this.types = types;
            this.select = select;
        }

        private String alias() {
            return id.substring(0, id.indexOf('.'));
        }

        private String currency() {
            return this == CAPTURES || this == REVERSALS ? "c.currency" : alias() + ".currency";
        }
    }

    private final Session database;

    BalanceStore(Session database) {
        this.database = database;
    }

    /**
     * Which transactions are listed; null = any.
     *
     * @param source the id of a charge, refund or dispute
     */
    record Filter(@Nullable String type, @Nullable String source, @Nullable String currency, CreatedFilter created) {}

    /** A page and one more, in the page's direction. */
    List<BalanceTransaction> list(Caller caller, Filter filter, Page page) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", caller.accountId());
        values.put("livemode", caller.livemode());
        values.put("rows", page.rows());
        values.putAll(filter.created().values());
        put(values, "source", filter.source());
        put(values, "currency", filter.currency());
        put(values, "after", page.cursor() == null ? null : BalanceTransaction.body(page.cursor()));
        boolean entries = filter.type() != null;
        String order = page.backwards() ? " asc" : " desc";
        String sql = Arrays.stream(Branch.values())
                .filter(branch -> filter.type() == null || branch.types.contains(filter.type()))
                .map(branch -> "(" + branch.select
                        + Page.mode(caller).replace("livemode", branch.alias() + ".livemode")
                        + (filter.source() == null ? "" : " and " + branch.source + " = :source")
                        + (filter.currency() == null ? "" : " and " + branch.currency() + " = :currency")
                        + (entries && branch == Branch.ENTRIES ? " and e.type = :type" : "")
                        + filter.created().sql(branch.alias() + ".created_at")
                        + (page.cursor() == null ? "" : " and " + branch.id + (page.backwards() ? " > " : " < ") + "'" + branch.prefix + "' || :after::text")
                        + " order by " + branch.id + order + " limit :rows)")
                .collect(Collectors.joining("\nunion all\n"));
        if (sql.isEmpty()) {
            return List.of();
        }
        if (sql.contains(":type")) {
            values.put("type", filter.type());
        }
        return database.sql("select * from (" + sql + ") as branches order by id collate \"C\"" + order + " limit :rows").bind(values).list(BalanceTransaction::read);
    }

    /** Some transactions by their ids, in any order. */
    List<BalanceTransaction> find(Caller caller, Collection<String> ids) {
        String sql = Arrays.stream(Branch.values())
                .map(branch -> branch.select + " and " + branch.id + " = any (:" + branch.prefix + "ids)")
                .collect(Collectors.joining("\nunion all\n"));
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", caller.accountId());
        values.put("livemode", caller.livemode());
        for (Branch branch : Branch.values()) {
            values.put(branch.prefix + "ids", ids.stream().map(id -> branch.prefix + BalanceTransaction.body(id)).toList());
        }
        return database.sql(sql).bind(values).list(BalanceTransaction::read);
    }

    Optional<BalanceTransaction> find(Caller caller, String id) {
        return find(caller, List.of(id)).stream().filter(found -> found.id().equals(id)).findFirst();
    }

    /** What all movements of a currency come to. */
    record Sum(String currency, boolean available, long amount) {}

    /** @param until movements after this moment are not available yet */
    List<Sum> sums(Caller caller, Instant until) {
        String union = Arrays.stream(Branch.values()).map(branch -> branch.select).collect(Collectors.joining("\nunion all\n"));
        return database.sql("select currency, settled and created_at <= :until as available, sum(amount)::bigint as amount from ("
                        + union + ") as branches group by 1, 2 order by 1, 2")
                .bind(Map.of("account", caller.accountId(), "livemode", caller.livemode(), "until", until))
                .list(row -> new Sum(row.text("currency"), row.flag("available"), row.number("amount")));
    }

    private static void put(Map<String, @Nullable Object> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
