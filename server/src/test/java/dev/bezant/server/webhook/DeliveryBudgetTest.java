package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What deliveries cost the database: few statements for many. */
class DeliveryBudgetTest {
    private static final int DELIVERIES = 100;

    private final Nodes nodes = new Nodes();
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        nodes.close();
        receiver.close();
    }

    /** All are answered in the same moment, so that their number does not depend on how fast the machine is. */
    @Test
    void a_hundred_deliveries_share_their_statements_and_commits() {
        var door = new CountDownLatch(1);
        receiver.manner((exchange, call) -> {
            try {
                door.await();
                Receiver.status(exchange, 200, "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        nodes.endpoint(receiver.url(), false, DELIVERIES);
        var node = nodes.node();
        for (int i = 0; i < DELIVERIES; i++) {
            nodes.event("cus_" + i, i);
        }
        long statements = node.database.statementsSent();
        long commits = node.database.transactionsBegun();
        node.webhooks.handOn();
        receiver.await(DELIVERIES);
        // Look whether there are events; pick, hold lanes, hand on, look again; take the lane, its address, its secrets; what is due, the events.
        assertThat(node.database.statementsSent() - statements).as("statements until all are being sent").isLessThanOrEqualTo(12);
        assertThat(node.database.transactionsBegun() - commits).as("commits until all are being sent").isLessThanOrEqualTo(10);

        statements = node.database.statementsSent();
        door.countDown();
        await().atMost(Duration.ofSeconds(60)).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == DELIVERIES);
        assertThat(node.database.statementsSent() - statements).as("statements for the results").isLessThanOrEqualTo(40);
        assertThat(nodes.count("webhook_attempt")).isEqualTo(DELIVERIES);
    }

    @Test
    void an_event_costs_one_row_of_its_own_and_nothing_more_when_it_happens() {
        nodes.endpoint(receiver.url(), false, 1);
        nodes.event("cus_1", 1);

        assertThat(nodes.count("event where undispatched")).isEqualTo(1);
        assertThat(nodes.count("webhook_delivery")).isZero();
    }
}
