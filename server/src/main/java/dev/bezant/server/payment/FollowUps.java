package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethods;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is left to do once an intent has succeeded: the card is kept with its customer, and what the payer agreed to is written down.
 *
 * <p>The commit of the success marks the intent; this takes the mark away in the commit that does the work. A crash between is found
 * by looking for marks.
 */
final class FollowUps {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);
    private static final int BATCH = 100;

    private final Database database;
    private final PaymentMethods methods;

    FollowUps(Database database, PaymentMethods methods) {
        this.database = database;
        this.methods = methods;
    }

    /** Does what is due right after the success, so that its answer can be relied on. */
    void after(Cause cause, Intent intent) {
        boolean succeeded = intent.status() == IntentStatus.SUCCEEDED || intent.status() == IntentStatus.REQUIRES_CAPTURE;
        if (succeeded && intent.hasFollowUp()) {
            try {
                run(cause, intent.id());
            } catch (RuntimeException e) {
                LOG.error("What follows {} is done later", intent.id(), e);
            }
        }
    }

    /** For a job: what a crash has left. */
    void catchUp() {
        record Due(String account, boolean livemode, String id) {}
        List<Due> due = database.sql("select account_id, livemode, id from payment_intent where follow_up order by id limit " + BATCH)
                .list(row -> new Due(row.text("account_id"), row.flag("livemode"), row.text("id")));
        for (Due each : due) {
            run(Cause.job(each.account(), each.livemode()), each.id());
        }
    }

    private void run(Cause cause, String intentId) {
        database.transaction(tx -> {
            tx.sql("select * from payment_intent where account_id = :account and id = :id and follow_up for update skip locked")
                    .bind("account", cause.accountId())
                    .bind("id", intentId)
                    .one(Rows::intent)
                    .ifPresent(intent -> {
                        keepCard(tx, cause, intent);
                        keepMandate(tx, intent);
                        tx.sql("update payment_intent set follow_up = false where account_id = :account and id = :id")
                                .bind("account", intent.accountId())
                                .bind("id", intent.id())
                                .update();
                    });
            return true;
        });
    }

    private void keepCard(Session tx, Cause cause, Intent intent) {
        String customer = intent.customerId();
        String method = intent.paymentMethodId();
        if (!intent.keepsCard() || customer == null || method == null) {
            return;
        }
        boolean there = tx.sql("select 1 from customer where account_id = :account and id = :id and deleted_at is null for no key update")
                .bind("account", intent.accountId())
                .bind("id", customer)
                .one(row -> true)
                .isPresent();
        if (!there) {
            return;
        }
        try {
            methods.attach(tx, cause, method, customer, "payment_method");
        } catch (ApiException e) {
            // Detached, or given to another customer meanwhile: the merchant's later word stands.
            LOG.info("{} is not kept for {}: {}", method, customer, e.getMessage());
        }
    }

    private static void keepMandate(Session tx, Intent intent) {
        JsonNode agreed = intent.details().path("mandate_data").path("customer_acceptance");
        String method = intent.paymentMethodId();
        if (!(agreed instanceof ObjectNode acceptance) || method == null) {
            return;
        }
        JsonNode single = intent.details().path("single_use");
        tx.sql("""
                insert into mandate (account_id, id, livemode, type, payment_method_id, single_use, customer_acceptance)
                values (:account, :id, :livemode, :type, :method, :single::jsonb, :acceptance::jsonb)
                on conflict do nothing
                """)
                .bind("account", intent.accountId())
                .bind("id", intent.detail("mandate"))
                .bind("livemode", intent.livemode())
                .bind("type", single.isObject() ? "single_use" : "multi_use")
                .bind("method", method)
                .bind("single", Json.writeOrNull(single.isObject() ? single : null))
                .bind("acceptance", Json.write(acceptance))
                .update();
    }
}
