package dev.bezant.server.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.testing.TestApi;
import dev.bezant.server.testing.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PaymentMethodRoutesTest {
    private static final String METHODS = "/v1/payment_methods";

    private final MethodWorld world = new MethodWorld();
    private final TestApi api = world.api;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_created_method_has_every_field_of_the_contract() {
        Answer answer = api.post(METHODS, MethodWorld.CARD + "&metadata[k]=v&billing_details[name]=Jenny&billing_details[address][country]=lt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("id", "object", "allow_redisplay", "billing_details", "card", "created",
                "customer", "customer_account", "livemode", "metadata", "type");
        assertThat(answer.body().get("card")).isEqualTo(Json.read("""
                {"brand":"visa","checks":{"address_line1_check":null,"address_postal_code_check":null,"cvc_check":null},"country":"US",
                 "display_brand":"visa","exp_month":12,"exp_year":2034,"fingerprint":"%s","funding":"credit","generated_from":null,
                 "last4":"4242","networks":{"available":["visa"],"preferred":null},"regulated_status":null,
                 "three_d_secure_usage":{"supported":true},"wallet":null}""".formatted(answer.text("/card/fingerprint"))));
        assertThat(answer.body().get("billing_details")).isEqualTo(Json.read("""
                {"address":{"city":null,"country":"LT","line1":null,"line2":null,"postal_code":null,"state":null},
                 "email":null,"name":"Jenny","phone":null,"tax_id":null}"""));
        assertThat(answer.id()).startsWith("pm_");
        assertThat(answer.body().get("created").intValue()).isEqualTo(1_795_255_200);
        assertThat(answer.text("/metadata/k")).isEqualTo("v");
        assertThat(answer.text("/customer")).isNull();
    }

    @Test
    void json_is_read_alike_and_creating_writes_no_event() {
        Answer answer = api.post(METHODS, """
                {"type":"card","card":{"number":"5555-5555 5555-4444","exp_month":1,"exp_year":34},
                 "billing_details":{"email":"jenny@example.com","tax_id":"LT123"},"allow_redisplay":"always"}""");

        assertThat(answer.text("/card/brand")).isEqualTo("mastercard");
        assertThat(answer.text("/card/exp_year")).isEqualTo("2034");
        assertThat(answer.text("/billing_details/tax_id")).isEqualTo("LT123");
        assertThat(answer.text("/allow_redisplay")).isEqualTo("always");
        assertThat(world.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "number, 4242424242424241, incorrect_number", "number, 424242424242424, invalid_number", "number, 4242x24242424242, invalid_number",
        "number, 4, invalid_number", "exp_month, 13, invalid_expiry_month", "exp_month, 0, invalid_expiry_month",
        "exp_month, -1, invalid_expiry_month", "exp_year, 2025, invalid_expiry_year", "exp_year, 25, invalid_expiry_year",
        "exp_year, 2077, invalid_expiry_year", "exp_year, 203, invalid_expiry_year", "exp_year, -4, invalid_expiry_year",
        "cvc, 12, invalid_cvc", "cvc, 1234, invalid_cvc", "cvc, abc, invalid_cvc", "cvc, '', invalid_cvc"
    })
    void what_is_wrong_with_a_card_has_its_code(String member, String value, String code) {
        Answer answer = api.post(METHODS, MethodWorld.CARD + "&card[" + member + "]=" + value);

        assertThat(answer.error()).isEqualTo("402 card_error " + code + " " + member);
    }

    @Test
    void a_card_is_good_to_the_end_of_its_month_and_not_a_month_longer() {
        String card = "type=card&card[number]=4242424242424242&card[exp_year]=2026&card[exp_month]=";

        assertThat(api.post(METHODS, card + "11").status()).isEqualTo(200);
        assertThat(api.post(METHODS, card + "10").error()).isEqualTo("402 card_error invalid_expiry_month exp_month");
    }

    @Test
    void american_express_wants_a_cvc_of_four() {
        String card = "type=card&card[number]=378282246310005&card[exp_month]=12&card[exp_year]=34&card[cvc]=";

        assertThat(api.post(METHODS, card + "1234").text("/card/brand")).isEqualTo("amex");
        assertThat(api.post(METHODS, card + "123").error()).isEqualTo("402 card_error invalid_cvc cvc");
    }

    @ParameterizedTest
    @CsvSource({
        "'', parameter_missing, type", "type=card, parameter_missing, card",
        "type=card&card[number]=4242424242424242&card[exp_year]=34, parameter_missing, card[exp_month]",
        "type=card&card[exp_month]=1&card[exp_year]=34, parameter_missing, card[number]",
        "type=card&card[number]=4242424242424242&card[exp_month]=x&card[exp_year]=34, parameter_invalid_integer, card[exp_month]",
        "type=sepa_debit, payment_method_unsupported_type, type",
        "type=card&card[token]=tok_visa&card[number]=4242424242424242, parameters_exclusive, card[token]"
    })
    void what_is_wrong_with_the_request_has_its_code(String form, String code, String param) {
        assertThat(api.post(METHODS, form).error()).isEqualTo("400 invalid_request_error " + code + " " + param);
    }

    @ParameterizedTest
    @CsvSource({
        "card[numbr]=1, parameter_unknown, card[numbr]", "foo=1, parameter_unknown, foo",
        "billing_details[email]=nobody, email_invalid, billing_details[email]",
        "billing_details[email]=a@b@example.com, email_invalid, billing_details[email]",
        "billing_details[address][country]=Lithuania, country_code_invalid, billing_details[address][country]",
        "billing_details[address][country]=XX, country_code_invalid, billing_details[address][country]",
        "billing_details[address][zip]=1, parameter_unknown, billing_details[address][zip]",
        "allow_redisplay=never, parameter_invalid, allow_redisplay"
    })
    void what_is_wrong_beside_a_good_card_has_its_code(String form, String code, String param) {
        assertThat(api.post(METHODS, MethodWorld.CARD + "&" + form).error()).isEqualTo("400 invalid_request_error " + code + " " + param);
    }

    @Test
    void an_error_never_shows_the_card() {
        for (String form : List.of("type=card&card=4242424242424242", "type=card&card[token]=4242424242424242", MethodWorld.CARD + "&card[exp_month]=4242424242424242",
                MethodWorld.CARD + "&4242424242424242=1", MethodWorld.CARD + "&card[number]=42424242424242421", "type=4242424242424242")) {
            Answer answer = api.post(METHODS, form);
            assertThat(answer.status()).isBetween(400, 404);
            assertThat(answer.body().toString()).doesNotContain("424242424");
        }
        assertThat(api.get(METHODS + "?customer=4242-4242-4242-4242").text("/error/message")).contains("No such customer: '...'");
        assertThat(api.get(METHODS + "/4242424242424242").text("/error/message")).contains("No such object: ").doesNotContain("4242");
    }

    @Test
    void nothing_readable_is_anywhere_in_the_database() {
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + world.customer());
        String amex = "{\"type\":\"card\",\"card\":{\"number\":\"378282246310005\",\"exp_month\":1,\"exp_year\":34,\"cvc\":\"9173\"}}";
        assertThat(api.send("POST", METHODS, amex, TestApi.SECRET, "Idempotency-Key", "k1").status()).isEqualTo(200);
        assertThat(api.send("POST", METHODS, MethodWorld.CARD, TestApi.SECRET, "Idempotency-Key", "k2").status()).isEqualTo(200);

        assertThat(world.everything()).contains(method, "vault_cvc", "k1", "k2", "payment_method.attached")
                .doesNotContain("4242424242424242")
                .doesNotContain("378282246310005", "\"9173\"")
                .doesNotContain(hex("4242424242424242"), hex("378282246310005"), hex("9173"));
    }

    @Test
    void the_stored_cvc_opens_once_taken() {
        String cardId = ((PaymentMethod.Card) world.methods.find(world.database(), "acct_a", false, world.method()).orElseThrow().instrument()).id();

        String cvc = world.database().sql("delete from vault_cvc where account_id = 'acct_a' and card_id = :card returning cvc, key_id")
                .bind("card", cardId)
                .one(row -> world.vault.openCvc("acct_a", cardId, row.bytes("cvc"), row.text("key_id")).orElseThrow().reveal())
                .orElseThrow();

        assertThat(cvc).isEqualTo("737");
    }

    @Test
    void the_same_number_has_the_same_fingerprint_in_one_account() {
        String first = api.post(METHODS, MethodWorld.CARD).text("/card/fingerprint");

        assertThat(api.post(METHODS, MethodWorld.CARD).text("/card/fingerprint")).isEqualTo(first);
        assertThat(api.send("POST", METHODS, MethodWorld.CARD, TestApi.STRANGER).text("/card/fingerprint")).isNotEqualTo(first);
        assertThat(api.send("POST", METHODS, MethodWorld.CARD, TestApi.LIVE).text("/card/fingerprint")).isNotEqualTo(first);
    }

    @Test
    void a_publishable_key_creates_but_sees_no_metadata_and_may_do_nothing_else() {
        Answer answer = api.send("POST", METHODS, MethodWorld.CARD + "&metadata[k]=v", TestApi.PUBLISHABLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("metadata")).isFalse();
        assertThat(answer.body().has("customer")).isFalse();
        assertThat(api.send("GET", METHODS + "/" + answer.id(), null, TestApi.PUBLISHABLE).error())
                .isEqualTo("403 invalid_request_error secret_key_required null");
        assertThat(api.get(METHODS + "/" + answer.id()).text("/metadata/k")).isEqualTo("v");
    }

    @Test
    void the_other_mode_and_other_accounts_do_not_find_it() {
        String id = world.method();

        assertThat(api.send("GET", METHODS + "/" + id, null, TestApi.LIVE).error()).startsWith("404 invalid_request_error resource_missing");
        assertThat(api.send("GET", METHODS + "/" + id, null, TestApi.STRANGER).status()).isEqualTo(404);
        assertThat(api.send("POST", METHODS + "/" + id, "metadata[a]=b", TestApi.STRANGER).status()).isEqualTo(404);
        assertThat(api.send("POST", METHODS + "/" + id + "/attach", "customer=" + world.customer(), TestApi.STRANGER).status()).isEqualTo(404);
    }

    @Test
    void live_mode_takes_test_numbers_for_what_they_are_and_knows_no_test_tokens() {
        Answer answer = api.send("POST", METHODS, MethodWorld.CARD, TestApi.LIVE);

        assertThat(answer.text("/card/funding")).isEqualTo("unknown");
        assertThat(answer.text("/card/country")).isNull();
        assertThat(answer.text("/livemode")).isEqualTo("true");
        assertThat(api.send("POST", METHODS, "type=card&card[token]=tok_visa", TestApi.LIVE).error())
                .isEqualTo("404 invalid_request_error resource_missing card[token]");
    }

    @Test
    void maestro_is_shown_as_unknown() {
        Answer answer = api.post(METHODS, "type=card&card[number]=6759649826438453&card[exp_month]=12&card[exp_year]=34");

        assertThat(answer.text("/card/brand")).isEqualTo("unknown");
        assertThat(answer.text("/card/display_brand")).isEqualTo("maestro");
    }

    @Test
    void attaching_sets_the_customer_and_writes_one_event() {
        String customer = world.customer();
        String method = world.method();

        Answer answer = api.post(METHODS + "/" + method + "/attach", "customer=" + customer);

        assertThat(answer.text("/customer")).isEqualTo(customer);
        assertThat(world.events()).containsExactly("customer.created " + customer, "payment_method.attached " + method);
        assertThat(Json.read(world.eventData("payment_method.attached")).get("object")).isEqualTo(answer.body());
    }

    @Test
    void attaching_again_to_the_same_customer_changes_nothing() {
        String customer = world.customer();
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + customer);

        assertThat(api.post(METHODS + "/" + method + "/attach", "customer=" + customer).status()).isEqualTo(200);
        assertThat(world.events()).hasSize(2);
    }

    @Test
    void attaching_to_a_second_customer_is_refused() {
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + world.customer());

        assertThat(api.post(METHODS + "/" + method + "/attach", "customer=" + world.customer()).error())
                .isEqualTo("400 invalid_request_error payment_method_unexpected_state payment_method");
    }

    @Test
    void attaching_to_nobody_is_refused() {
        String method = world.method();
        String deleted = world.customer();
        api.delete("/v1/customers/" + deleted);

        assertThat(api.post(METHODS + "/" + method + "/attach", "customer=cus_none").error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(api.post(METHODS + "/" + method + "/attach", "customer=" + deleted).error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(api.post(METHODS + "/" + method + "/attach", "").error()).isEqualTo("400 invalid_request_error parameter_missing customer");
        assertThat(api.post(METHODS + "/pm_none/attach", "customer=" + world.customer()).error()).isEqualTo("404 invalid_request_error resource_missing payment_method");
    }

    @Test
    void of_many_attaches_at_once_one_customer_wins() throws Exception {
        String method = world.method();
        List<Callable<Integer>> attaches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String customer = world.customer();
            attaches.add(() -> api.post(METHODS + "/" + method + "/attach", "customer=" + customer).status());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (var done : threads.invokeAll(attaches)) {
                statuses.add(done.get());
            }
            assertThat(statuses).containsOnlyOnce(200).hasSize(8);
        }
        assertThat(world.events()).filteredOn(event -> event.startsWith("payment_method.attached")).hasSize(1);
    }

    @Test
    void a_detached_method_stays_but_is_never_usable_again() {
        String customer = world.customer();
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + customer);

        Answer detached = api.post(METHODS + "/" + method + "/detach", "");

        assertThat(detached.text("/customer")).isNull();
        assertThat(api.get(METHODS + "/" + method).status()).isEqualTo(200);
        String refused = "400 invalid_request_error payment_method_unexpected_state payment_method";
        assertThat(api.post(METHODS + "/" + method + "/attach", "customer=" + customer).error()).isEqualTo(refused);
        assertThat(api.post(METHODS + "/" + method + "/detach", "").error()).isEqualTo(refused);
        assertThat(api.post(METHODS + "/" + method, "metadata[a]=b").error()).isEqualTo(refused);
        assertThat(world.events()).endsWith("payment_method.detached " + method).hasSize(3);
    }

    @Test
    void detaching_what_is_not_attached_is_refused() {
        assertThat(api.post(METHODS + "/" + world.method() + "/detach", "").error())
                .isEqualTo("400 invalid_request_error payment_method_unexpected_state payment_method");
        assertThat(world.events()).isEmpty();
    }

    @Test
    void detaching_the_default_method_clears_it_at_the_customer() {
        String customer = world.created("/v1/customers", "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa");
        String method = String.valueOf(api.get("/v1/customers/" + customer).text("/invoice_settings/default_payment_method"));

        api.post(METHODS + "/" + method + "/detach", "");

        assertThat(api.get("/v1/customers/" + customer).text("/invoice_settings/default_payment_method")).isNull();
        assertThat(world.events()).endsWith("payment_method.detached " + method, "customer.updated " + customer);
        assertThat(Json.read(world.eventData("customer.updated")).get("previous_attributes"))
                .isEqualTo(Json.read("{\"invoice_settings\":{\"default_payment_method\":\"" + method + "\"}}"));
    }

    @Test
    void detaching_several_of_one_customer_at_once_blocks_nobody() throws Exception {
        String customer = world.customer();
        List<Callable<Integer>> detaches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String method = world.method();
            api.post(METHODS + "/" + method + "/attach", "customer=" + customer);
            detaches.add(() -> api.post(METHODS + "/" + method + "/detach", "").status());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(detaches)) {
                assertThat(done.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void an_update_changes_what_it_names_and_tells_the_old_values() {
        String method = world.created(METHODS, MethodWorld.CARD + "&billing_details[name]=Jenny&billing_details[address][city]=Vilnius&metadata[a]=1&metadata[b]=2");

        Answer answer = api.post(METHODS + "/" + method,
                "billing_details[name]=Rosa&billing_details[address][line1]=Gedimino 1&metadata[a]=&card[exp_year]=2040&allow_redisplay=limited");

        assertThat(answer.text("/billing_details/name")).isEqualTo("Rosa");
        assertThat(answer.text("/billing_details/address/city")).isEqualTo("Vilnius");
        assertThat(answer.text("/card/exp_month")).isEqualTo("12");
        assertThat(world.events()).containsExactly("payment_method.updated " + method);
        JsonNode data = Json.read(world.eventData("payment_method.updated"));
        assertThat(data.get("object")).isEqualTo(answer.body());
        assertThat(data.get("previous_attributes")).isEqualTo(Json.read("""
                {"allow_redisplay":"unspecified","billing_details":{"address":{"line1":null},"name":"Jenny"},"card":{"exp_year":2034},
                 "metadata":{"a":"1"}}"""));
        assertThat(api.get(METHODS + "/" + method).body()).isEqualTo(answer.body());
    }

    @Test
    void an_update_that_changes_nothing_writes_no_event() {
        String method = world.created(METHODS, MethodWorld.CARD + "&metadata[a]=1");

        assertThat(api.post(METHODS + "/" + method, "metadata[a]=1&card[exp_month]=12").status()).isEqualTo(200);
        assertThat(world.events()).isEmpty();
    }

    @Test
    void an_update_of_the_expiry_is_checked_together() {
        String method = world.method();

        assertThat(api.post(METHODS + "/" + method, "card[exp_year]=2020").error()).isEqualTo("402 card_error invalid_expiry_year exp_year");
        assertThat(api.post(METHODS + "/" + method, "card[exp_month]=14").error()).isEqualTo("402 card_error invalid_expiry_month exp_month");
        assertThat(api.post(METHODS + "/" + method, "card[number]=4242424242424242").error())
                .isEqualTo("400 invalid_request_error parameter_unknown card[number]");
    }

    @Test
    void lists_page_both_ways_newest_first() {
        String customer = world.customer();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(world.method());
            api.post(METHODS + "/" + ids.getFirst() + "/attach", "customer=" + customer);
        }
        world.method();
        String url = "/v1/customers/" + customer + "/payment_methods";

        Answer first = api.get(url + "?limit=2");
        Answer second = api.get(url + "?limit=2&starting_after=" + ids.get(1));
        Answer last = api.get(METHODS + "?limit=2&customer=" + customer + "&type=card&starting_after=" + ids.get(3));
        Answer back = api.get(url + "?limit=2&ending_before=" + ids.get(3));

        assertThat(listed(first)).containsExactly(ids.get(0), ids.get(1));
        assertThat(first.text("/has_more")).isEqualTo("true");
        assertThat(first.text("/url")).isEqualTo(url);
        assertThat(listed(second)).containsExactly(ids.get(2), ids.get(3));
        assertThat(listed(last)).containsExactly(ids.get(4));
        assertThat(last.text("/has_more")).isEqualTo("false");
        assertThat(last.text("/url")).isEqualTo(METHODS);
        assertThat(listed(back)).containsExactly(ids.get(1), ids.get(2));
        assertThat(back.text("/has_more")).isEqualTo("true");
        assertThat(listed(api.get(METHODS))).hasSize(6);
        assertThat(listed(api.get(METHODS + "?type=sepa_debit"))).isEmpty();
    }

    @Test
    void a_list_of_nobody_or_from_nowhere_is_refused() {
        assertThat(api.get(METHODS + "?customer=cus_none").error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(api.get(METHODS + "?starting_after=pm_none").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
    }

    @Test
    void a_method_is_found_under_its_own_customer_only() {
        String customer = world.customer();
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + customer);

        assertThat(api.get("/v1/customers/" + customer + "/payment_methods/" + method).id()).isEqualTo(method);
        assertThat(api.get("/v1/customers/" + world.customer() + "/payment_methods/" + method).status()).isEqualTo(404);
    }

    @Test
    void the_customer_can_be_expanded_one_by_one_and_in_lists() {
        String customer = world.created("/v1/customers", "name=Jenny");
        String method = world.method();
        api.post(METHODS + "/" + method + "/attach", "customer=" + customer);

        assertThat(api.get(METHODS + "/" + method + "?expand[]=customer").text("/customer/name")).isEqualTo("Jenny");
        assertThat(api.get(METHODS + "?expand[]=data.customer").text("/data/0/customer/id")).isEqualTo(customer);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> listed(Answer answer) {
        return answer.body().get("data").valueStream().map(item -> item.get("id").asString()).toList();
    }
}
