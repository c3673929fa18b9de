package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The balance and its transactions, after one of each kind of movement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BalanceTest {
    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().disputePause(Duration.ZERO).providerTimeout(Duration.ofSeconds(20)).start();
    private String sale = "";
    private String captured = "";
    private String refund = "";
    private String dispute = "";

    @BeforeAll
    void movements() {
        assertThat(world.get("/v1/balance").text("/available/0/currency")).isEqualTo("eur");
        assertThat(world.get("/v1/balance").text("/available/0/amount")).isEqualTo("0");
        sale = String.valueOf(world.pay(20_00, "pm_card_visa", "description=A+hat").text("/latest_charge"));
        Answer held = world.pay(50_00, "pm_card_visa", "capture_method=manual");
        captured = String.valueOf(held.text("/latest_charge"));
        world.post("/v1/payment_intents/" + held.id() + "/capture", "amount_to_capture=4000");
        world.pay(70_00, "pm_card_visa", "capture_method=manual");
        world.pay(30_00, "pm_card_visa_chargeDeclined");
        refund = world.post("/v1/refunds", "charge=" + sale + "&amount=500").id();
        world.post("/v1/payment_intents", "amount=900&currency=usd&confirm=true&payment_method=pm_card_visa");
        world.pay(11_00, "pm_card_createDispute");
        world.job("disputes");
        dispute = String.valueOf(world.get("/v1/disputes").text("/data/0/id"));
    }

    @AfterAll
    void close() {
        world.close();
    }

    private static List<String> shown(Answer list) {
        var shown = new ArrayList<String>();
        for (JsonNode each : list.body().path("data")) {
            shown.add(each.path("type").asString() + " " + each.path("amount").asLong() + " " + each.path("currency").asString());
        }
        return shown;
    }

    @Test
    void each_movement_of_money_is_a_transaction_newest_first() {
        assertThat(shown(world.get("/v1/balance_transactions")))
                .containsExactly("adjustment -1100 eur", "charge 1100 eur", "charge 900 usd", "refund -500 eur", "charge 4000 eur", "charge 2000 eur");
    }

    @Test
    void the_balance_is_their_sum_by_currency() {
        Answer balance = world.get("/v1/balance");
        assertThat(balance.text("/object")).isEqualTo("balance");
        assertThat(balance.text("/livemode")).isEqualTo("false");
        assertThat(balance.text("/available/0/currency")).isEqualTo("eur");
        assertThat(balance.text("/available/0/amount")).isEqualTo("5500");
        assertThat(balance.text("/available/0/source_types/card")).isEqualTo("5500");
        assertThat(balance.text("/available/1/currency")).isEqualTo("usd");
        assertThat(balance.text("/available/1/amount")).isEqualTo("900");
        assertThat(balance.body().at("/pending/0/amount").asLong()).isZero();
    }

    @Test
    void a_transaction_has_an_id_that_stays() {
        Answer charge = world.get("/v1/charges/" + sale + "?expand[]=balance_transaction");
        assertThat(charge.text("/balance_transaction/id")).isEqualTo("txn_" + sale.substring(3));
        Answer transaction = world.get("/v1/balance_transactions/txn_" + sale.substring(3));
        assertThat(transaction.body()).isEqualTo(charge.body().get("balance_transaction"));
        assertThat(transaction.text("/source")).isEqualTo(sale);
        assertThat(transaction.text("/description")).isEqualTo("A hat");
        assertThat(transaction.text("/fee")).isEqualTo("0");
        assertThat(transaction.text("/net")).isEqualTo("2000");
        assertThat(transaction.text("/status")).isEqualTo("available");
        assertThat(transaction.text("/available_on")).isEqualTo(transaction.text("/created"));
        assertThat(transaction.text("/reporting_category")).isEqualTo("charge");
    }

    @Test
    void a_later_capture_has_the_transaction() {
        String id = String.valueOf(world.get("/v1/charges/" + captured).text("/balance_transaction"));
        assertThat(id).startsWith("txn_").isNotEqualTo("txn_" + captured.substring(3));
        assertThat(world.get("/v1/balance_transactions/" + id).text("/amount")).isEqualTo("4000");
        assertThat(world.get("/v1/balance_transactions/txn_" + captured.substring(3)).error()).isEqualTo("404 invalid_request_error resource_missing id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type=charge               | charge 1100 eur, charge 900 usd, charge 4000 eur, charge 2000 eur",
        "type=refund               | refund -500 eur",
        "type=adjustment           | adjustment -1100 eur",
        "type=payout               | ",
        "currency=usd              | charge 900 usd",
        "currency=USD&type=refund  | ",
        "source=SALE               | charge 2000 eur",
        "source=CAPTURED           | charge 4000 eur",
        "source=REFUND             | refund -500 eur",
        "source=DISPUTE            | adjustment -1100 eur",
        "source=ch_unknown         | ",
        "payout=po_1               | ",
        "created[lt]=1000000000    | ",
        "created[gt]=1000000000&limit=2 | adjustment -1100 eur, charge 1100 eur"
    })
    void transactions_are_filtered(String filter, String expected) {
        String query = filter.replace("SALE", sale).replace("CAPTURED", captured).replace("REFUND", refund).replace("DISPUTE", dispute);
        assertThat(shown(world.get("/v1/balance_transactions?" + query)))
                .isEqualTo(expected == null ? List.of() : Stream.of(expected.split(", ", -1)).toList());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "6"})
    void pages_join_without_gaps_in_both_directions(int limit) {
        List<String> all = ids(world.get("/v1/balance_transactions"));
        var forwards = new ArrayList<String>();
        Answer page = world.get("/v1/balance_transactions?limit=" + limit);
        forwards.addAll(ids(page));
        while ("true".equals(page.text("/has_more"))) {
            page = world.get("/v1/balance_transactions?limit=" + limit + "&starting_after=" + forwards.getLast());
            forwards.addAll(ids(page));
        }
        assertThat(forwards).isEqualTo(all);
        var backwards = new ArrayList<String>();
        backwards.add(all.getLast());
        do {
            page = world.get("/v1/balance_transactions?limit=" + limit + "&ending_before=" + backwards.getFirst());
            backwards.addAll(0, ids(page));
        } while ("true".equals(page.text("/has_more")));
        assertThat(backwards).isEqualTo(all);
    }

    private static List<String> ids(Answer list) {
        var ids = new ArrayList<String>();
        list.body().path("data").forEach(each -> ids.add(each.path("id").asString()));
        return ids;
    }

    @Test
    void the_source_is_expanded_whatever_it_is() {
        Answer list = world.get("/v1/balance_transactions?expand[]=data.source.payment_intent");
        assertThat(list.text("/data/0/source/object")).isEqualTo("dispute");
        assertThat(list.text("/data/0/source/payment_intent/object")).isEqualTo("payment_intent");
        assertThat(list.text("/data/3/source/object")).isEqualTo("refund");
        assertThat(list.text("/data/5/source/object")).isEqualTo("charge");
    }

    @Test
    void nothing_of_anybody_else_is_in_it() {
        assertThat(world.send("GET", "/v1/balance_transactions", null, PaymentWorld.STRANGER).body().path("data")).isEmpty();
        assertThat(world.send("GET", "/v1/balance", null, PaymentWorld.LIVE).body().at("/available/0/amount").asLong()).isZero();
        assertThat(world.send("GET", "/v1/balance_transactions/txn_" + sale.substring(3), null, PaymentWorld.STRANGER).error())
                .isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(world.get("/v1/balance_transactions?starting_after=txn_unknown").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
    }
}
