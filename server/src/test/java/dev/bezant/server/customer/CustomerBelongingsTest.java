package dev.bezant.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.MethodWorld;
import dev.bezant.server.testing.TestApi;
import dev.bezant.server.testing.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hangs on a customer: sources, tax ids, a balance with its history, settings of invoices. */
class CustomerBelongingsTest {
    private static final String CUSTOMERS = "/v1/customers";

    private final MethodWorld world = new MethodWorld();
    private final TestApi api = world.api;

    @AfterEach
    void close() {
        world.close();
    }

    private static List<String> listed(Answer list, String member) {
        var values = new ArrayList<String>();
        list.body().path("data").forEach(each -> values.add(each.path(member).asString()));
        return values;
    }

    @Test
    void a_source_is_a_payment_method_in_the_older_shape() {
        Answer customer = api.post(CUSTOMERS, "source=tok_visa");
        String source = String.valueOf(customer.text("/default_source"));

        assertThat(source).startsWith("pm_");
        assertThat(api.get("/v1/payment_methods/" + source).text("/customer")).isEqualTo(customer.id());
        Answer card = api.get(CUSTOMERS + "/" + customer.id() + "/sources/" + source);
        assertThat(card.text("/object")).isEqualTo("card");
        assertThat(card.text("/brand")).isEqualTo("Visa");
        assertThat(card.text("/last4")).isEqualTo("4242");
        assertThat(card.text("/customer")).isEqualTo(customer.id());
        assertThat(listed(api.get(CUSTOMERS + "/" + customer.id() + "/sources"), "id")).containsExactly(source);
        assertThat(listed(api.get(CUSTOMERS + "/" + customer.id() + "/sources?object=bank_account"), "id")).isEmpty();
        assertThat(world.events()).containsExactly("customer.created " + customer.id(), "payment_method.attached " + source);
    }

    @Test
    void a_source_can_be_added_changed_and_taken_away() {
        String customer = world.customer();
        String path = CUSTOMERS + "/" + customer;
        String first = api.post(path + "/sources", "source=tok_visa").id();
        assertThat(api.get(path).text("/default_source")).isEqualTo(first);
        String second = String.valueOf(api.post(path, "source=tok_mastercard").text("/default_source"));
        assertThat(second).isNotEqualTo(first);
        assertThat(listed(api.get(path + "/sources"), "brand")).containsExactly("MasterCard", "Visa");
        assertThat(api.post(path, "default_source=" + first).text("/default_source")).isEqualTo(first);
        assertThat(api.post(path, "default_source=" + world.method()).error()).isEqualTo("400 invalid_request_error payment_method_unexpected_state default_source");
        assertThat(api.delete(path + "/sources/" + first).text("/deleted")).isEqualTo("true");
        assertThat(api.get(path).text("/default_source")).isNull();
        assertThat(Json.read(world.eventData("customer.updated")).at("/previous_attributes/default_source").asString()).isEqualTo(first);
        assertThat(api.delete(path + "/sources/" + first).error()).isEqualTo("404 invalid_request_error resource_missing id");
    }

    @ParameterizedTest
    @CsvSource({"tok_nothing, 404 invalid_request_error resource_missing source", "pm_card_visa, 404 invalid_request_error resource_missing source",
        "4242424242424242, 404 invalid_request_error resource_missing source"})
    void a_source_is_a_token(String source, String error) {
        Answer refused = api.post(CUSTOMERS, "source=" + source);
        assertThat(refused.error()).isEqualTo(error);
        assertThat(refused.text("/error/message")).doesNotContain("4242424242424242");
        assertThat(world.events()).isEmpty();
    }

    @Test
    void tax_ids_are_kept_listed_and_deleted() {
        Answer customer = api.post(CUSTOMERS, "tax_id_data[0][type]=eu_vat&tax_id_data[0][value]=LT100001000&tax_id_data[1][type]=us_ein&tax_id_data[1][value]=12-3456789");
        String path = CUSTOMERS + "/" + customer.id() + "/tax_ids";
        assertThat(listed(api.get(path), "type")).containsExactlyInAnyOrder("us_ein", "eu_vat");
        Answer made = api.post(path, "type=gb_vat&value=GB123456789");
        assertThat(made.text("/object")).isEqualTo("tax_id");
        assertThat(made.id()).startsWith("txi_");
        assertThat(made.text("/country")).isEqualTo("GB");
        assertThat(made.text("/verification/status")).isEqualTo("unavailable");
        assertThat(made.text("/owner/customer")).isEqualTo(customer.id());
        assertThat(api.get(path + "/" + made.id()).body()).isEqualTo(made.body());
        assertThat(api.get(CUSTOMERS + "/" + customer.id() + "?expand[]=tax_ids").body().at("/tax_ids/data")).hasSize(3);
        assertThat(api.delete(path + "/" + made.id()).body()).isEqualTo(Json.read("{\"id\":\"" + made.id() + "\",\"object\":\"tax_id\",\"deleted\":true}"));
        assertThat(listed(api.get(path), "id")).hasSize(2);
        assertThat(world.events()).contains("customer.tax_id.created " + made.id(), "customer.tax_id.deleted " + made.id());
        assertThat(api.get(path + "/" + made.id()).error()).isEqualTo("404 invalid_request_error resource_missing id");
    }

    @Test
    void the_tax_id_of_another_customer_is_not_found() {
        String one = world.customer();
        String other = world.customer();
        String taxId = api.post(CUSTOMERS + "/" + one + "/tax_ids", "type=eu_vat&value=DE123456789").id();
        assertThat(api.get(CUSTOMERS + "/" + other + "/tax_ids/" + taxId).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(api.delete(CUSTOMERS + "/" + other + "/tax_ids/" + taxId).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(api.send("GET", CUSTOMERS + "/" + one + "/tax_ids/" + taxId, null, TestApi.STRANGER).status()).isEqualTo(404);
    }

    @Test
    void a_balance_changes_by_entries_that_add_up() {
        Answer customer = api.post(CUSTOMERS, "balance=-500");
        String path = CUSTOMERS + "/" + customer.id();
        assertThat(customer.text("/currency")).isEqualTo("eur");
        Answer credit = api.post(path + "/balance_transactions", "amount=-1000&currency=eur&description=Goodwill&metadata[why]=late");
        assertThat(credit.text("/object")).isEqualTo("customer_balance_transaction");
        assertThat(credit.id()).startsWith("cbtxn_");
        assertThat(credit.text("/type")).isEqualTo("adjustment");
        assertThat(credit.text("/ending_balance")).isEqualTo("-1500");
        api.post(path, "balance=200");
        assertThat(api.get(path).text("/balance")).isEqualTo("200");
        Answer entries = api.get(path + "/balance_transactions");
        assertThat(listed(entries, "amount")).containsExactly("1700", "-1000", "-500");
        assertThat(listed(entries, "ending_balance")).containsExactly("200", "-1500", "-500");
        api.post(path, "balance=200");
        assertThat(listed(api.get(path + "/balance_transactions"), "amount")).hasSize(3);
        Answer changed = api.post(path + "/balance_transactions/" + credit.id(), "description=Sorry&metadata[why]=");
        assertThat(changed.text("/description")).isEqualTo("Sorry");
        assertThat(api.get(path + "/balance_transactions/" + credit.id()).body()).isEqualTo(changed.body());
        assertThat(Json.read(world.eventData("customer.updated")).at("/previous_attributes/balance").asLong()).isEqualTo(-1500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "currency=eur | 400 invalid_request_error parameter_missing amount",
        "amount=5 | 400 invalid_request_error parameter_missing currency",
        "amount=0&currency=eur | 400 invalid_request_error parameter_invalid_integer amount",
        "amount=5&currency=usd | 400 invalid_request_error parameter_invalid currency",
        "amount=5&currency=xxx | 400 invalid_request_error parameter_invalid currency",
        "amount=99999999999&currency=eur | 400 invalid_request_error amount_too_large amount"
    })
    void a_wrong_entry_is_refused(String form, String error) {
        Answer customer = api.post(CUSTOMERS, "balance=500");
        assertThat(api.post(CUSTOMERS + "/" + customer.id() + "/balance_transactions", form).error()).isEqualTo(error);
        assertThat(api.get(CUSTOMERS + "/" + customer.id()).text("/balance")).isEqualTo("500");
    }

    @Test
    void entries_at_the_same_moment_all_count() {
        String customer = world.customer();
        List<CompletableFuture<Answer>> entries = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.post(CUSTOMERS + "/" + customer + "/balance_transactions", "amount=7&currency=eur"))).toList();
        assertThat(entries.stream().map(CompletableFuture::join)).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(api.get(CUSTOMERS + "/" + customer).text("/balance")).isEqualTo("140");
        assertThat(listed(api.get(CUSTOMERS + "/" + customer + "/balance_transactions?limit=100"), "ending_balance")).doesNotHaveDuplicates().contains("140");
    }

    @Test
    void how_invoices_shall_look_is_kept() {
        Answer customer = api.post(CUSTOMERS, "invoice_settings[footer]=Thanks&invoice_settings[custom_fields][0][name]=Ref&invoice_settings[custom_fields][0][value]=7"
                + "&invoice_settings[rendering_options][amount_tax_display]=exclude_tax");
        assertThat(customer.text("/invoice_settings/footer")).isEqualTo("Thanks");
        assertThat(customer.text("/invoice_settings/custom_fields/0/value")).isEqualTo("7");
        assertThat(customer.text("/invoice_settings/rendering_options/amount_tax_display")).isEqualTo("exclude_tax");
        String path = CUSTOMERS + "/" + customer.id();
        assertThat(api.get(path).body()).isEqualTo(customer.body());
        Answer changed = api.post(path, "invoice_settings[footer]=&invoice_settings[custom_fields]=");
        assertThat(changed.text("/invoice_settings/footer")).isNull();
        assertThat(changed.body().at("/invoice_settings/custom_fields").isNull()).isTrue();
        assertThat(changed.text("/invoice_settings/rendering_options/amount_tax_display")).isEqualTo("exclude_tax");
    }

    @Test
    void a_customer_is_expanded_into_what_it_has() {
        Answer customer = api.post(CUSTOMERS, "source=tok_visa&payment_method=pm_card_mastercard&invoice_settings[default_payment_method]=pm_card_mastercard");
        Answer shown = api.get(CUSTOMERS + "/" + customer.id()
                + "?expand[]=sources&expand[]=subscriptions&expand[]=default_source&expand[]=invoice_settings.default_payment_method");
        assertThat(shown.body().at("/sources/data")).hasSize(2);
        assertThat(shown.text("/subscriptions/object")).isEqualTo("list");
        assertThat(shown.body().at("/subscriptions/data")).isEmpty();
        assertThat(shown.text("/default_source/object")).isEqualTo("card");
        assertThat(shown.text("/invoice_settings/default_payment_method/card/brand")).isEqualTo("mastercard");
        assertThat(api.get(CUSTOMERS + "?expand[]=data.sources.data.customer").text("/data/0/sources/data/0/customer/id")).isEqualTo(customer.id());
        assertThat(api.get(CUSTOMERS + "/" + customer.id() + "?expand[]=invoice_settings").error()).isEqualTo("400 invalid_request_error parameter_invalid expand");
    }

    @Test
    void there_is_no_discount_to_delete() {
        assertThat(api.delete(CUSTOMERS + "/" + world.customer() + "/discount").error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(api.delete(CUSTOMERS + "/cus_unknown/discount").error()).isEqualTo("404 invalid_request_error resource_missing id");
    }

    @Test
    void a_deleted_customer_has_nothing_any_more() {
        Answer customer = api.post(CUSTOMERS, "source=tok_visa&balance=5");
        String source = String.valueOf(customer.text("/default_source"));
        api.delete(CUSTOMERS + "/" + customer.id());
        for (String path : List.of("/sources", "/tax_ids", "/balance_transactions")) {
            assertThat(api.get(CUSTOMERS + "/" + customer.id() + path).error()).as(path).isEqualTo("404 invalid_request_error resource_missing customer");
        }
        assertThat(api.get("/v1/payment_methods/" + source).text("/customer")).isNull();
    }
}
