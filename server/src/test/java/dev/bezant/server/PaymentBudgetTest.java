package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one payment with a saved method costs the database: 2 commits, 2 round trips, 6 rows, 2 KB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentBudgetTest {
    private static final int PAYMENTS = 100;

    /** One connection, so that its statistics can be asked for at once. */
    private final PaymentWorld world = PaymentWorld.setup().connections(1).withoutSettling().start();
    private String method = "";

    @BeforeAll
    void warm() {
        method = world.method("4242424242424242");
        pay("warm");
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Answer pay(String key) {
        Answer paid = world.payWithKey(key, "amount=2000&currency=eur&confirm=true&payment_method=" + method);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        return paid;
    }

    private record Spent(long commits, long inserted, long updated, long deleted) {
        Spent minus(Spent other) {
            return new Spent(commits - other.commits, inserted - other.inserted, updated - other.updated, deleted - other.deleted);
        }
    }

    private Spent spent() {
        world.database().sql("select pg_stat_force_next_flush()").list(row -> true);
        return world.database().sql("""
                        select (select xact_commit from pg_stat_database where datname = current_database()) as commits,
                               sum(n_tup_ins)::bigint as inserted, sum(n_tup_upd)::bigint as updated, sum(n_tup_del)::bigint as deleted
                          from pg_stat_user_tables
                        """)
                .one(row -> new Spent(row.number("commits"), row.number("inserted"), row.number("updated"), row.number("deleted")))
                .orElseThrow();
    }

    @Test
    void a_payment_is_two_statements_in_two_commits_and_six_rows() {
        long statements = world.database().statementsSent();
        long transactions = world.database().transactionsBegun();
        Spent start = spent();
        Spent looking = spent().minus(start);
        Spent before = spent();
        for (int i = 0; i < PAYMENTS; i++) {
            pay("budget-" + i);
        }
        Spent cost = spent().minus(before).minus(looking);
        int looks = 8;
        assertThat(world.database().statementsSent() - statements - looks).isEqualTo(2L * PAYMENTS);
        assertThat(world.database().transactionsBegun() - transactions - looks).isEqualTo(2L * PAYMENTS);
        // PostgreSQL's own count has a few of others in it: connections being opened, its housekeeping.
        assertThat(cost.commits() / PAYMENTS).isEqualTo(2);
        assertThat(cost.inserted()).isLessThanOrEqualTo(6L * PAYMENTS);
        // The intent, its charge and the key are moved on once each.
        assertThat(cost.updated()).isEqualTo(3L * PAYMENTS);
        assertThat(cost.deleted()).isZero();
    }

    @Test
    void a_card_that_comes_with_the_payment_costs_its_two_rows_and_no_commit_more() {
        long statements = world.database().statementsSent();
        Spent start = spent();
        Spent looking = spent().minus(start);
        Spent before = spent();
        for (int i = 0; i < PAYMENTS; i++) {
            assertThat(world.payWithKey("fresh-" + i, "amount=2000&currency=eur&confirm=true&payment_method=pm_card_visa").status()).isEqualTo(200);
        }
        Spent cost = spent().minus(before).minus(looking);
        int looks = 8;
        assertThat(world.database().statementsSent() - statements - looks).isEqualTo(2L * PAYMENTS);
        // Besides the six: the card, its method, and what later stands for its CVC.
        assertThat(cost.inserted()).isLessThanOrEqualTo(9L * PAYMENTS);
    }

    @Test
    void a_payment_takes_two_kilobytes_of_tables_besides_bodies() {
        Answer paid = pay("sized");
        long intent = size("select pg_column_size(t.*) as it from payment_intent t where id = '" + paid.id() + "'");
        long charge = size("select pg_column_size(t.*) as it from charge t where payment_intent_id = '" + paid.id() + "'");
        long key = size("select pg_column_size(t.*) - pg_column_size(body) as it from idempotency_key t where key = 'sized'");
        long events = size("select sum(pg_column_size(t.*) - pg_column_size(data))::bigint as it from event t where idempotency_key = 'sized'");
        long bodies = size("select pg_column_size(body) as it from idempotency_key where key = 'sized'")
                + size("select sum(pg_column_size(data))::bigint as it from event where idempotency_key = 'sized'");
        assertThat(intent + charge + key + events)
                .as("intent %d, charge %d, key %d, events %d; bodies apart: %d", intent, charge, key, events, bodies)
                .isLessThanOrEqualTo(2048);
    }

    private long size(String sql) {
        return world.database().sql(sql).one(row -> row.number("it")).orElseThrow();
    }
}
