package dev.bezant.server.balance;

import dev.bezant.server.balance.BalanceTransaction.Kind;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The movements that have rows of their own, written in the commit of what moved the money. Thread-safe. */
public final class BalanceEntries {
    private final Ids ids;

    public BalanceEntries(Ids ids) {
        this.ids = ids;
    }

    /**
     * Something that moved money.
     *
     * @param money of the movement; {@code incoming} says which way
     */
    public record Movement(String accountId, boolean livemode, Kind kind, Money money, boolean incoming, String sourceId, String description) {}

    /** Writes it down. @return the transaction's id */
    public String append(Session tx, Movement movement) {
        String id = ids.next("txn");
        tx.sql("""
                insert into balance_entry (account_id, id, livemode, type, reporting_category, amount, currency, source_id, description, created_at)
                values (:account, :id, :livemode, :type, :category, :amount, :currency, :source, :description, now())
                """)
                .bind("account", movement.accountId())
                .bind("id", id)
                .bind("livemode", movement.livemode())
                .bind("type", movement.kind().type())
                .bind("category", movement.kind().category())
                .bind("amount", movement.incoming() ? movement.money().amount() : -movement.money().amount())
                .bind("currency", movement.money().currency().code())
                .bind("source", movement.sourceId())
                .bind("description", movement.description())
                .update();
        return id;
    }

    /** The movements about some sources, the oldest first; sources without any are left out. */
    public Map<String, List<BalanceTransaction>> of(Session session, String accountId, Set<String> sourceIds) {
        return session.sql("""
                        select id, reporting_category as category, amount, currency, source_id as source, description, true as settled, created_at
                          from balance_entry where account_id = :account and source_id = any (:sources) order by id
                        """)
                .bind("account", accountId)
                .bind("sources", List.copyOf(sourceIds))
                .list(BalanceTransaction::read).stream()
                .collect(Collectors.groupingBy(BalanceTransaction::source));
    }
}
