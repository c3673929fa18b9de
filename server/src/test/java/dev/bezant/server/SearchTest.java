package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searching payment intents, charges and customers over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchTest {
    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();
    private String ona = "";

    @BeforeAll
    void payments() {
        ona = world.post("/v1/customers", "name=Ona+Petraite&email=Ona@Example.com&phone=%2B37060000000&metadata[tier]=gold").id();
        world.post("/v1/customers", "name=Jonas&email=jonas@example.com");
        String gone = world.post("/v1/customers", "name=Ona+Gone&email=gone@example.com").id();
        world.send("DELETE", "/v1/customers/" + gone, null, PaymentWorld.SECRET);
        for (int i = 1; i <= 5; i++) {
            world.pay(i * 10_00L, "pm_card_visa", "metadata[order]=o" + i, "metadata[shop]=hats", "customer=" + ona);
        }
        world.pay(60_00, "pm_card_mastercard", "metadata[order]=o6");
        Answer refunded = world.pay(70_00, "pm_card_visa", "metadata[order]=o7");
        world.post("/v1/refunds", "payment_intent=" + refunded.id());
        world.pay(80_00, "pm_card_visa_chargeDeclined", "metadata[order]=o8");
        world.post("/v1/payment_intents", "amount=9000&currency=usd&metadata[order]=o9");
        assertThat(world.post("/v1/setup_intents", "confirm=true&payment_method=pm_card_visa&metadata[order]=o10").text("/status")).isEqualTo("succeeded");
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Answer search(String resource, String query, String... more) {
        return world.get("/v1/" + resource + "/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + (more.length == 0 ? "" : "&" + String.join("&", more)));
    }

    private static List<String> amounts(Answer found) {
        var amounts = new ArrayList<String>();
        found.body().path("data").forEach(each -> amounts.add(each.path("amount").asString()));
        return amounts;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "payment_intents | amount>5000 status:\"succeeded\" | 7000,6000",
        "payment_intents | metadata[\"order\"]:\"o3\" | 3000",
        "payment_intents | metadata[\"shop\"]:\"hats\" -amount<4000 | 5000,4000",
        "payment_intents | currency:\"usd\" OR metadata['order']~'o2x' | 9000",
        "payment_intents | status:'requires_payment_method' | 9000,8000",
        "payment_intents | customer:null amount<=7000 | 7000,6000",
        "payment_intents | created<1000000000 | ",
        "payment_intents | metadata['order']:'o10' | ",
        "charges | metadata['order']:'o10' | ",
        "charges | refunded:true | 7000",
        "charges | status:\"failed\" | 8000",
        "charges | payment_method_details.card.brand:\"mastercard\" | 6000",
        "charges | payment_method_details.card.last4:'4242' amount>=5000 refunded:'false' | 5000",
        "charges | disputed:true | ",
        "charges | metadata['order']:'o1' OR metadata['order']:'o2' | 2000,1000",
        "charges | payment_method_details.card.exp_month:12 amount:1000 | 1000"
    })
    void what_fits_is_found_newest_first(String resource, String query, String expected) {
        assertThat(amounts(search(resource, query))).isEqualTo(expected == null ? List.of() : Stream.of(expected.split(",", -1)).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "name~\"petra\" | Ona Petraite", "email:\"ona@example.COM\" | Ona Petraite", "phone:\"+37060000000\" | Ona Petraite",
        "metadata[\"tier\"]:\"gold\" | Ona Petraite", "-name:null name~'ona' | Jonas,Ona Petraite", "email:\"gone@example.com\" | "
    })
    void customers_are_found_by_what_people_know_of_them(String query, String expected) {
        var names = new ArrayList<String>();
        search("customers", query).body().path("data").forEach(each -> names.add(each.path("name").asString()));
        assertThat(names).isEqualTo(expected == null ? List.of() : Stream.of(expected.split(",", -1)).toList());
    }

    @Test
    void the_answer_is_a_search_result() {
        Answer found = search("payment_intents", "customer:\"" + ona + "\"", "limit=2", "expand[]=total_count", "expand[]=data.customer");
        assertThat(found.text("/object")).isEqualTo("search_result");
        assertThat(found.text("/url")).isEqualTo("/v1/payment_intents/search");
        assertThat(found.text("/has_more")).isEqualTo("true");
        assertThat(found.text("/total_count")).isEqualTo("5");
        assertThat(found.text("/data/0/customer/name")).isEqualTo("Ona Petraite");
        assertThat(found.text("/data/0/charges/data/0/object")).isEqualTo("charge");
        assertThat(search("payment_intents", "amount:1").body().has("total_count")).isFalse();
    }

    @Test
    void pages_go_on_with_the_token_of_the_one_before() {
        String query = "metadata[\"shop\"]:\"hats\"";
        var all = new ArrayList<String>();
        Answer page = search("charges", query, "limit=2");
        all.addAll(amounts(page));
        while (page.text("/next_page") != null) {
            page = search("charges", query, "limit=2", "page=" + page.text("/next_page"));
            all.addAll(amounts(page));
        }
        assertThat(all).containsExactly("5000", "4000", "3000", "2000", "1000");
        assertThat(page.text("/has_more")).isEqualTo("false");
    }

    @Test
    void a_token_fits_its_own_search_alone() {
        String query = "metadata[\"shop\"]:\"hats\"";
        String token = String.valueOf(search("charges", query, "limit=2").text("/next_page"));
        String expected = "400 invalid_request_error parameter_invalid page";
        assertThat(search("charges", query, "limit=3", "page=" + token).status()).isEqualTo(200);
        assertThat(search("charges", "amount>1", "page=" + token).error()).isEqualTo(expected);
        assertThat(search("payment_intents", query, "page=" + token).error()).isEqualTo(expected);
        assertThat(search("charges", query, "page=" + token.substring(1)).error()).isEqualTo(expected);
        assertThat(search("charges", query, "page=ch_1").error()).isEqualTo(expected);
        assertThat(world.send("GET", "/v1/charges/search?page=" + token + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), null, PaymentWorld.STRANGER).error())
                .isEqualTo(expected);
    }

    @Test
    void nothing_of_anybody_else_is_found() {
        String query = "/v1/charges/search?query=" + URLEncoder.encode("amount>0 OR -amount>0", StandardCharsets.UTF_8);
        assertThat(world.get(query).body().path("data")).isNotEmpty();
        assertThat(world.send("GET", query, null, PaymentWorld.STRANGER).body().path("data")).isEmpty();
        assertThat(world.send("GET", query, null, PaymentWorld.LIVE).body().path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "charges | amont>5 | 1", "charges | amount>5 AND | 13", "payment_intents | refunded:true | 1", "customers | email>'a' | 1"
    })
    void a_wrong_query_is_told_where(String resource, String query, int position) {
        Answer refused = search(resource, query);
        assertThat(refused.error()).isEqualTo("400 invalid_request_error parameter_invalid query");
        assertThat(refused.text("/error/message")).startsWith("Invalid query at position " + position + ": ");
    }

    @Test
    void a_search_by_metadata_does_not_read_every_payment() {
        world.direct().sql("""
                insert into payment_intent (account_id, id, livemode, status, amount, currency, capture_method, confirmation_method, client_secret, details, created_at)
                select 'acct_many', 'pi_' || n, false, 'requires_payment_method', 1000, 'eur', 'automatic', 'automatic', 'secret',
                       jsonb_build_object('metadata', jsonb_build_object('order', 'm' || n)), now()
                  from generate_series(1, 20000) n
                """).update();
        world.direct().sql("analyze payment_intent").update();
        String plan = String.join("\n", world.direct().sql("""
                explain select t.* from (select * from payment_intent t
                                          where t.account_id = 'acct_many' and not t.livemode
                                            and t.details ? 'metadata' and t.details -> 'metadata' @> '{"order":"m77"}'::jsonb offset 0) t
                 order by t.id desc limit 11
                """).list(row -> row.text("QUERY PLAN")));
        assertThat(plan).contains("payment_intent_metadata");
    }
}
