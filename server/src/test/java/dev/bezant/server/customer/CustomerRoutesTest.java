package dev.bezant.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.MethodWorld;
import dev.bezant.server.testing.TestApi;
import dev.bezant.server.testing.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CustomerRoutesTest {
    private static final String CUSTOMERS = "/v1/customers";

    private final MethodWorld world = new MethodWorld();
    private final TestApi api = world.api;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_empty_customer_has_every_field_of_the_contract() {
        Answer answer = api.post(CUSTOMERS, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/invoice_prefix")).matches("[A-Z0-9]{8}");
        assertThat(answer.body()).isEqualTo(Json.read("""
                {"id":"%s","object":"customer","address":null,"balance":0,"created":1795255200,"currency":null,"default_source":null,
                 "delinquent":false,"description":null,"discount":null,"email":null,"invoice_prefix":"%s",
                 "invoice_settings":{"custom_fields":null,"default_payment_method":null,"footer":null,"rendering_options":null},
                 "livemode":false,"metadata":{},"name":null,"next_invoice_sequence":1,"phone":null,"preferred_locales":[],
                 "shipping":null,"tax_exempt":"none","test_clock":null}""".formatted(answer.id(), answer.text("/invoice_prefix"))));
        assertThat(world.events()).containsExactly("customer.created " + answer.id());
        assertThat(Json.read(world.eventData("customer.created")).get("object")).isEqualTo(answer.body());
        assertThat(api.get(CUSTOMERS + "/" + answer.id()).body()).isEqualTo(answer.body());
    }

    @Test
    void a_full_customer_comes_back_as_sent() {
        Answer answer = api.post(CUSTOMERS, """
                {"email":"jenny@example.com","name":"Jenny","phone":"+37060000000","description":"d","balance":-500,
                 "address":{"line1":"Gedimino 1","city":"Vilnius","country":"LT"},
                 "shipping":{"name":"Jenny","address":{"line1":"Pilies 2"},"phone":"1"},
                 "preferred_locales":["lt","en"],"tax_exempt":"reverse","invoice_prefix":"ABC1","next_invoice_sequence":7,
                 "metadata":{"k":"v"}}""");

        assertThat(answer.text("/address/city")).isEqualTo("Vilnius");
        assertThat(answer.body().at("/address/state").isNull()).isTrue();
        assertThat(answer.body().get("shipping")).isEqualTo(Json.read("""
                {"address":{"city":null,"country":null,"line1":"Pilies 2","line2":null,"postal_code":null,"state":null},"name":"Jenny","phone":"1"}"""));
        assertThat(answer.body().get("preferred_locales")).isEqualTo(Json.read("[\"lt\",\"en\"]"));
        assertThat(answer.text("/balance")).isEqualTo("-500");
        assertThat(answer.text("/tax_exempt")).isEqualTo("reverse");
        assertThat(answer.text("/invoice_prefix")).isEqualTo("ABC1");
        assertThat(answer.text("/next_invoice_sequence")).isEqualTo("7");
        assertThat(api.get(CUSTOMERS + "/" + answer.id()).body()).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "email=nobody, email_invalid, email", "address[country]=ZZ, country_code_invalid, address[country]",
        "shipping[name]=x, parameter_missing, shipping[address]", "shipping[address][line1]=x, parameter_missing, shipping[name]",
        "tax_exempt=maybe, parameter_invalid, tax_exempt", "balance=1.5, parameter_invalid_integer, balance",
        "next_invoice_sequence=0, parameter_invalid_integer, next_invoice_sequence", "invoice_prefix=ab, parameter_invalid, invoice_prefix",
        "emial=x, parameter_unknown, emial", "validate=true, parameter_invalid, validate",
        "test_clock=clock_1, parameter_invalid, test_clock",
        "tax_id_data[0][type]=vat, parameter_invalid, tax_id_data[0][type]", "tax_id_data[0][type]=xx_vat, parameter_invalid, tax_id_data[0][type]",
        "tax_id_data[0][type]=eu_vat, parameter_missing, tax_id_data[0][value]", "tax_id_data[]=eu_vat, parameter_invalid, tax_id_data[0]",
        "default_source=pm_none, payment_method_unexpected_state, default_source",
        "invoice_settings[custom_fields][0][name]=x, parameter_missing, invoice_settings[custom_fields][0][value]",
        "invoice_settings[rendering_options][amount_tax_display]=x, parameter_invalid, invoice_settings[rendering_options][amount_tax_display]"
    })
    void what_is_wrong_has_its_code(String form, String code, String param) {
        assertThat(api.post(CUSTOMERS, form).error()).isEqualTo("400 invalid_request_error " + code + " " + param);
        assertThat(world.events()).isEmpty();
    }

    @Test
    void what_is_not_supported_says_what_to_do_instead() {
        assertThat(api.post(CUSTOMERS, "cash_balance[settings][reconciliation_mode]=automatic").text("/error/message")).contains("no cash balance");
    }

    @Test
    void a_customer_is_created_with_its_method_attached_and_default() {
        Answer answer = api.post(CUSTOMERS, "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa");

        String method = String.valueOf(answer.text("/invoice_settings/default_payment_method"));
        assertThat(api.get("/v1/payment_methods/" + method).text("/customer")).isEqualTo(answer.id());
        assertThat(world.events()).containsExactly("customer.created " + answer.id(), "payment_method.attached " + method);
        assertThat(Json.read(world.eventData("customer.created")).get("object")).isEqualTo(answer.body());
    }

    @Test
    void a_customer_whose_method_cannot_be_attached_is_not_created() {
        String method = world.method();
        world.created(CUSTOMERS, "payment_method=" + method);

        assertThat(api.post(CUSTOMERS, "payment_method=" + method).error())
                .isEqualTo("400 invalid_request_error payment_method_unexpected_state payment_method");
        assertThat(api.post(CUSTOMERS, "payment_method=pm_none").error()).isEqualTo("404 invalid_request_error resource_missing payment_method");
        assertThat(listed(api.get(CUSTOMERS))).hasSize(1);
        assertThat(world.events()).hasSize(2);
    }

    @Test
    void the_default_method_must_be_attached_to_that_customer() {
        String param = "invoice_settings[default_payment_method]";
        String customer = world.customer();
        String method = world.method();
        String refused = "400 invalid_request_error payment_method_unexpected_state " + param;

        assertThat(api.post(CUSTOMERS, param + "=" + method).error()).isEqualTo(refused);
        assertThat(api.post(CUSTOMERS + "/" + customer, param + "=" + method).error()).isEqualTo(refused);
        assertThat(api.post(CUSTOMERS + "/" + customer, param + "=pm_none").error()).isEqualTo("404 invalid_request_error resource_missing " + param);
        api.post("/v1/payment_methods/" + method + "/attach", "customer=" + customer);
        assertThat(api.post(CUSTOMERS + "/" + customer, param + "=" + method).text("/invoice_settings/default_payment_method")).isEqualTo(method);
        assertThat(api.post(CUSTOMERS + "/" + customer, param + "=").text("/invoice_settings/default_payment_method")).isNull();
    }

    @Test
    void an_update_changes_what_it_names_and_tells_the_old_values() {
        String id = world.created(CUSTOMERS, "name=Jenny&email=jenny@example.com&address[city]=Vilnius&metadata[a]=1&preferred_locales[0]=lt");

        Answer answer = api.post(CUSTOMERS + "/" + id, "name=Rosa&email=&address[line1]=Gedimino 1&metadata[b]=2&preferred_locales[0]=en&tax_exempt=exempt");

        assertThat(answer.text("/email")).isNull();
        assertThat(answer.text("/address/city")).isEqualTo("Vilnius");
        assertThat(world.events()).containsExactly("customer.created " + id, "customer.updated " + id);
        JsonNode data = Json.read(world.eventData("customer.updated"));
        assertThat(data.get("object")).isEqualTo(answer.body());
        assertThat(data.get("previous_attributes")).isEqualTo(Json.read("""
                {"address":{"line1":null},"email":"jenny@example.com","metadata":{"b":null},"name":"Jenny","preferred_locales":["lt"],
                 "tax_exempt":"none"}"""));
        assertThat(api.get(CUSTOMERS + "/" + id).body()).isEqualTo(answer.body());
    }

    @Test
    void an_update_that_changes_nothing_writes_no_event() {
        String id = world.created(CUSTOMERS, "name=Jenny&shipping[name]=J&shipping[address][city]=V");

        assertThat(api.post(CUSTOMERS + "/" + id, "name=Jenny&shipping[address][city]=V").status()).isEqualTo(200);
        assertThat(api.post(CUSTOMERS + "/" + id, "").status()).isEqualTo(200);
        assertThat(world.events()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"address=&shipping=&metadata=", "{\"address\":null,\"shipping\":null,\"metadata\":null}"})
    void empty_values_unset(String body) {
        String id = world.created(CUSTOMERS, "address[city]=V&shipping[name]=J&shipping[address][city]=V&metadata[a]=1");

        Answer answer = api.post(CUSTOMERS + "/" + id, body);

        assertThat(answer.body().get("address").isNull()).isTrue();
        assertThat(answer.body().get("shipping").isNull()).isTrue();
        assertThat(answer.body().get("metadata").isEmpty()).isTrue();
    }

    @Test
    void a_deleted_customer_shows_just_that_and_loses_its_methods() {
        String id = world.created(CUSTOMERS, "name=Jenny");
        String one = world.method();
        String two = world.method();
        api.post("/v1/payment_methods/" + one + "/attach", "customer=" + id);
        api.post("/v1/payment_methods/" + two + "/attach", "customer=" + id);

        Answer answer = api.delete(CUSTOMERS + "/" + id);

        JsonNode deleted = Json.read("{\"id\":\"" + id + "\",\"object\":\"customer\",\"deleted\":true}");
        assertThat(answer.body()).isEqualTo(deleted);
        assertThat(api.get(CUSTOMERS + "/" + id).body()).isEqualTo(deleted);
        assertThat(listed(api.get(CUSTOMERS))).isEmpty();
        assertThat(api.get("/v1/payment_methods/" + one).text("/customer")).isNull();
        assertThat(world.events().subList(3, 5)).containsExactlyInAnyOrder("payment_method.detached " + one, "payment_method.detached " + two);
        assertThat(world.events().subList(5, world.events().size())).containsExactly("customer.deleted " + id);
        assertThat(Json.read(world.eventData("customer.deleted")).at("/object/name").asString()).isEqualTo("Jenny");
    }

    @Test
    void a_deleted_customer_is_never_changed_again() {
        String id = world.customer();
        api.delete(CUSTOMERS + "/" + id);

        assertThat(api.post(CUSTOMERS + "/" + id, "name=x").error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(api.delete(CUSTOMERS + "/" + id).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(api.get("/v1/payment_methods?customer=" + id).error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(world.events()).hasSize(2);
    }

    @Test
    void the_other_mode_and_other_accounts_do_not_find_it() {
        String path = CUSTOMERS + "/" + world.customer();

        assertThat(api.send("GET", path, null, TestApi.LIVE).status()).isEqualTo(404);
        assertThat(api.send("GET", path, null, TestApi.STRANGER).status()).isEqualTo(404);
        assertThat(api.send("DELETE", path, null, TestApi.STRANGER).status()).isEqualTo(404);
        assertThat(api.send("POST", CUSTOMERS, "", TestApi.PUBLISHABLE).status()).isEqualTo(403);
    }

    @Test
    void lists_page_both_ways_newest_first() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(world.customer());
        }

        assertThat(listed(api.get(CUSTOMERS + "?limit=2"))).containsExactly(ids.get(0), ids.get(1));
        assertThat(listed(api.get(CUSTOMERS + "?limit=2&starting_after=" + ids.get(1)))).containsExactly(ids.get(2), ids.get(3));
        assertThat(listed(api.get(CUSTOMERS + "?limit=2&ending_before=" + ids.get(3)))).containsExactly(ids.get(1), ids.get(2));
        assertThat(api.get(CUSTOMERS + "?limit=2&ending_before=" + ids.get(2)).text("/has_more")).isEqualTo("false");
        assertThat(api.get(CUSTOMERS + "?starting_after=cus_none").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
        assertThat(listed(api.send("GET", CUSTOMERS, null, TestApi.STRANGER))).isEmpty();
    }

    @Test
    void lists_filter_by_exact_email_and_by_time() {
        String one = world.created(CUSTOMERS, "email=a@example.com");
        String two = world.created(CUSTOMERS, "email=A@example.com");
        long second = Long.parseLong(String.valueOf(api.get(CUSTOMERS + "/" + one).text("/created")));

        assertThat(listed(api.get(CUSTOMERS + "?email=a@example.com"))).containsExactly(one);
        assertThat(listed(api.get(CUSTOMERS + "?created=" + second))).containsExactly(one);
        assertThat(listed(api.get(CUSTOMERS + "?created[gt]=" + second))).containsExactly(two);
        assertThat(listed(api.get(CUSTOMERS + "?created[gte]=" + second))).containsExactly(two, one);
        assertThat(listed(api.get(CUSTOMERS + "?created[lte]=" + second))).containsExactly(one);
        assertThat(listed(api.get(CUSTOMERS + "?created[gte]=" + second + "&created[lt]=" + (second + 1)))).containsExactly(one);
        assertThat(api.get(CUSTOMERS + "?created[gt]=1&created[gte]=1").error()).isEqualTo("400 invalid_request_error parameters_exclusive created[gt]");
        assertThat(api.get(CUSTOMERS + "?created[at]=1").error()).isEqualTo("400 invalid_request_error parameter_unknown created[at]");
    }

    @Test
    void a_deleted_customer_is_expanded_as_deleted() {
        String id = world.customer();
        String method = world.method();
        api.post("/v1/payment_methods/" + method + "/attach", "customer=" + id);
        world.database().sql("update customer set deleted_at = now()").update();

        assertThat(api.get("/v1/payment_methods/" + method + "?expand[]=customer").text("/customer/deleted")).isEqualTo("true");
    }

    @Test
    void old_clients_find_an_empty_list_of_sources_where_nothing_is_attached() {
        assertThat(api.get(CUSTOMERS + "/" + world.customer() + "/sources?object=card&limit=3").text("/object")).isEqualTo("list");
    }

    @Test
    void a_repeated_create_makes_one_customer_and_one_event() {
        Answer first = api.send("POST", CUSTOMERS, "name=Jenny&payment_method=pm_card_visa", TestApi.SECRET, "Idempotency-Key", "k");
        Answer again = api.send("POST", CUSTOMERS, "name=Jenny&payment_method=pm_card_visa", TestApi.SECRET, "Idempotency-Key", "k");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(world.events()).hasSize(2);
    }

    private static List<String> listed(Answer answer) {
        return answer.body().get("data").valueStream().map(item -> item.get("id").asString()).toList();
    }
}
