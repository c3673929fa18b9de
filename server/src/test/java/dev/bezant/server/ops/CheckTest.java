package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Partitions;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckTest {
    private final TestDatabase db = TestDatabase.create();

    @BeforeEach
    void partitions() {
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void an_empty_database_passes_every_check() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void a_sound_payment_passes_every_check() {
        intent("succeeded", 1000);
        charge("ch_1", "captured", 1000, 0);
        event();
        assertThat(broken()).isEmpty();
    }

    @Test
    void a_success_without_money_or_event_is_found() {
        intent("succeeded", 1000);
        assertThat(broken()).containsExactly("succeeded-is-captured", "success-has-one-event");
    }

    @Test
    void money_that_no_intent_wants_is_found() {
        intent("canceled", 0);
        charge("ch_1", "captured", 1000, 0);
        assertThat(broken()).containsExactly("no-money-without-its-intent");
    }

    @Test
    void a_refunded_amount_without_refunds_is_found() {
        intent("succeeded", 1000);
        charge("ch_1", "captured", 1000, 400);
        event();
        assertThat(broken()).containsExactly("refunded-adds-up", "balance-adds-up");
    }

    @Test
    void a_charge_back_that_moved_no_money_is_found() {
        intent("succeeded", 1000);
        charge("ch_1", "captured", 1000, 0);
        event();
        dispute("needs_response");
        assertThat(broken()).containsExactly("disputed-adds-up", "disputes-moved-money");
        db.database().sql("update charge set amount_disputed = 1000").update();
        assertThat(broken()).containsExactly("disputes-moved-money", "balance-adds-up");
        entry(-1000);
        assertThat(broken()).isEmpty();
        entry(-1000);
        assertThat(broken()).containsExactly("disputes-moved-money", "balance-adds-up");
    }

    @Test
    void a_dispute_that_was_won_has_given_everything_back() {
        intent("succeeded", 1000);
        charge("ch_1", "captured", 1000, 0);
        event();
        dispute("won");
        entry(-1000);
        assertThat(broken()).containsExactly("disputes-moved-money", "balance-adds-up");
        entry(1000);
        assertThat(broken()).isEmpty();
    }

    @Test
    void a_customer_whose_balance_is_not_its_last_entry_is_found() {
        db.database().sql("insert into customer (account_id, id, livemode, balance, invoice_prefix) values ('acct_1', 'cus_1', false, 500, 'ABC')").update();
        db.database().sql("""
                insert into customer_balance_transaction (account_id, id, livemode, customer_id, type, amount, currency, ending_balance, created_at)
                values ('acct_1', 'cbtxn_1', false, 'cus_1', 'adjustment', 500, 'eur', 500, now())
                """).update();
        assertThat(broken()).isEmpty();
        db.database().sql("update customer set balance = 400").update();
        assertThat(broken()).containsExactly("customer-balance-adds-up");
    }

    @Test
    void an_operation_that_nobody_settles_is_found() {
        intent("processing", 0);
        charge("ch_1", "pending", 0, 0);
        assertThat(broken()).containsExactly("unknown-gets-settled");
    }

    @Test
    void a_payout_that_its_provider_never_ends_is_found() {
        db.database().sql("""
                insert into payout (account_id, id, livemode, state, provider, provider_account_id, reference, provider_id, payment_method_id, method_snapshot,
                    amount, currency, send_before, give_up_at, created_at)
                values ('acct_1', 'po_1', false, 'pending', 'corefy', 'pacct_1', 'ref', 'cpoi_1', 'pm_1', '{}', 1000, 'eur', now() - interval '2 days',
                    now() - interval '2 days', now() - interval '2 days')
                """).update();
        assertThat(broken()).isEmpty();
        db.database().sql("update payout set created_at = now() - interval '73 hours'").update();
        assertThat(broken()).containsExactly("payouts-arrive");
    }

    @Test
    void a_cvc_past_its_time_is_found() {
        db.database().sql("""
                insert into vault_cvc (account_id, card_id, cvc, key_id, expires_at)
                values ('acct_1', 'card_1', '\\x00', 'key', now() - interval '1 hour')
                """).update();
        assertThat(broken()).containsExactly("cvc-is-gone");
    }

    @Test
    void an_event_that_nobody_hands_on_is_found() {
        event();
        db.database().sql("update event set created_at = now() - interval '1 hour', undispatched = true").update();
        assertThat(broken()).containsExactly("events-are-handed-on");
    }

    @Test
    void a_delivery_that_nobody_looks_for_is_found() {
        endpoint("we_1", "now()");
        delivery("whd_1", "we_1", 1, "now()");
        delivery("whd_2", "we_1", 2, "null");
        assertThat(broken()).isEmpty();
        delivery("whd_3", "we_gone", 3, "now()");
        assertThat(broken()).containsExactly("deliveries-have-endpoints");
        db.database().sql("update webhook_lane set due_at = 'infinity'").update();
        assertThat(broken()).containsExactly("deliveries-have-endpoints", "lanes-wake");
        db.database().sql("update webhook_delivery set state = 'delivered' where id in ('whd_1', 'whd_3')").update();
        assertThat(broken()).containsExactly("line-moves");
    }

    private void endpoint(String id, String due) {
        db.database().sql("""
                insert into webhook_endpoint (account_id, id, livemode, kind, url, enabled_events, max_concurrency)
                values ('acct_1', :id, false, 'endpoint', 'https://shop.example/', '{*}', 1)
                """).bind("id", id).update();
        db.database().sql("insert into webhook_lane (account_id, id, due_at) values ('acct_1', :id, " + due + ")").bind("id", id).update();
    }

    private void delivery(String id, String endpoint, long seq, String due) {
        db.database().sql("""
                insert into webhook_delivery (account_id, id, livemode, endpoint_id, event_id, event_type, object_id, seq, ordered, origin, pending_webhooks,
                                              due_at, expires_at)
                values ('acct_1', :id, false, :endpoint, 'evt_1', 'customer.updated', 'cus_1', :seq, true, 'event', 1, %s, now())
                """.formatted(due)).bind("id", id).bind("endpoint", endpoint).bind("seq", seq).update();
    }

    private List<String> broken() {
        Database database = db.database();
        return Check.ALL.stream().filter(check -> !database.sql(check.offenders()).list(row -> row.text("row")).isEmpty()).map(Check::name).toList();
    }

    private void intent(String status, long received) {
        db.database().sql("""
                insert into payment_intent (account_id, id, livemode, status, amount, currency, amount_received, capture_method,
                                            confirmation_method, client_secret, created_at)
                values ('acct_1', 'pi_1', false, :status, 1000, 'eur', :received, 'automatic', 'automatic', 'secret', now())
                """).bind("status", status).bind("received", received).update();
    }

    private void charge(String id, String state, long captured, long refunded) {
        db.database().sql("""
                insert into charge (account_id, id, livemode, payment_intent_id, attempt, state, provider, provider_account_id, reference,
                                    payment_method_id, amount, currency, amount_captured, amount_refunded, send_before, give_up_at, created_at)
                values ('acct_1', :id, false, 'pi_1', 1, :state, 'cardinity', 'pa_1', :id, 'pm_1', 1000, 'eur', :captured, :refunded,
                        now() - interval '2 hours', now() - interval '2 hours', now())
                """).bind("id", id).bind("state", state).bind("captured", captured).bind("refunded", refunded).update();
    }

    private int entries;

    private void dispute(String status) {
        db.database().sql("update charge set disputed = true").update();
        db.database().sql("""
                insert into dispute (account_id, id, livemode, charge_id, payment_intent_id, provider, provider_account_id, provider_id, provider_payment_id,
                                     heard, status, reason, amount, currency, created_at)
                values ('acct_1', 'dp_1', false, 'ch_1', 'pi_1', 'cardinity', 'pa_1', 'x', 'y', 'taken', :status, 'general', 1000, 'eur', now())
                """).bind("status", status).update();
    }

    private void entry(long amount) {
        db.database().sql("""
                insert into balance_entry (account_id, id, livemode, type, reporting_category, amount, currency, source_id, created_at)
                values ('acct_1', :id, false, 'adjustment', 'dispute', :amount, 'eur', 'dp_1', now())
                """).bind("id", "txn_" + ++entries).bind("amount", amount).update();
    }

    private void event() {
        String id = "evt_" + Ids.lowerBound(Clock.systemUTC().instant()) + "000000000000";
        db.database().sql("""
                insert into event (account_id, id, livemode, type, object_id, data)
                values ('acct_1', :id, false, 'payment_intent.succeeded', 'pi_1', '{}')
                """).bind("id", id).update();
    }
}
