package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The Corefy integration API as its document walks through it, against the simulated Corefy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PartnerTest {
    static final String BASE = "/api/integrations/corefy/";
    static final String KEYS = PaymentWorld.PUBLISHABLE + ":" + PaymentWorld.SECRET;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String GOOD = "4111111111111111";
    private static final String CHALLENGED = "4000000000003220";
    private static final String DECLINED = "4000000000000002";

    private final PaymentWorld world = PaymentWorld.setup().providers("corefy", "cardinity").sendWindow(Duration.ofSeconds(2))
            .providerTimeout(Duration.ofMillis(1500)).start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer post(String path, String json, String... headers) {
        return world.send("POST", BASE + path, json, KEYS, headers);
    }

    private Answer get(String path) {
        return world.send("GET", BASE + path, null, KEYS);
    }

    private Answer intent(String more) {
        return ok(201, post("payment-intent/", "{\"amount\":\"100.00\",\"currency\":\"USD\",\"customer_email\":\"customer@example.com\"" + more + "}"));
    }

    private static Answer ok(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("/status")).isEqualTo("success");
        return answer;
    }

    private static String data(Answer answer, String member) {
        return String.valueOf(answer.text("/data/" + member));
    }

    private Answer confirm(Answer intent, String number) {
        return post("confirm-payment/", "{\"payment_intent_id\":\"" + data(intent, "id") + "\",\"card_number\":\"" + number
                + "\",\"card_expiry_month\":\"12\",\"card_expiry_year\":\"2035\",\"card_cvv\":\"123\",\"card_holder_name\":\"John Doe\"}");
    }

    @Test
    void a_payment_goes_through_corefy_and_is_refunded_in_part() {
        Answer intent = ok(201, post("payment-intent/", """
                {"amount": "100.00", "currency": "USD", "payment_method": "card", "customer_email": "customer@example.com", "customer_name": "John Doe",
                 "description": "Test payment", "reference_id": "order_123", "return_url": "https://yoursite.com/success",
                 "failure_url": "https://yoursite.com/failure", "billing_first_name": "John", "billing_last_name": "Doe",
                 "billing_address_line1": "123 Main St", "billing_city": "Anytown", "billing_state": "NY", "billing_postal_code": "12345",
                 "billing_country": "US"}"""));
        assertThat(data(intent, "status")).isEqualTo("requires_payment_method");
        assertThat(intent.text("/data/provider")).as("no invoice yet").isNull();
        Answer paid = ok(200, confirm(intent, GOOD));
        assertThat(data(paid, "status")).isEqualTo("succeeded");
        assertThat(data(paid, "amount_received")).isEqualTo("100.00");
        assertThat(data(paid, "card/first6")).isEqualTo("411111");
        assertThat(data(paid, "provider/name")).isEqualTo("corefy");
        Answer refund = ok(201, post("refund/", "{\"payment_id\": \"" + data(paid, "payment_id")
                + "\", \"amount\": \"50.00\", \"reason\": \"Customer requested refund\", \"reference_id\": \"refund_123\"}"));
        assertThat(data(refund, "amount")).isEqualTo("50.00");
        world.awaitRefund(data(refund, "id"), "succeeded");
        Answer status = ok(200, get("payment-status/" + data(intent, "id") + "/"));
        assertThat(data(status, "amount_refunded")).isEqualTo("50.00");
        assertThat(ok(200, get("payment-status/" + data(paid, "payment_id"))).text("/data/id")).isEqualTo(data(intent, "id"));
    }

    private Answer challenged(String more) {
        Answer waiting = ok(200, confirm(intent(more), CHALLENGED));
        assertThat(data(waiting, "status")).isEqualTo("requires_action");
        assertThat(data(waiting, "next_action/type")).isEqualTo("redirect_to_url");
        assertThat(data(waiting, "next_action/url")).isEqualTo(data(waiting, "redirect_url"));
        return waiting;
    }

    private HttpResponse<String> decide(Answer waiting, String decision) {
        return new PayersBrowser(world).complete(world.get("/v1/payment_intents/" + data(waiting, "id")), decision);
    }

    private Answer awaitStatus(Answer intent, String status) {
        return Awaitility.await(status).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> get("payment-status/" + data(intent, "id")), now -> status.equals(data(now, "status")));
    }

    @Test
    void a_payer_is_sent_to_his_bank_and_comes_back_where_it_was_wanted() {
        String urls = ",\"return_url\":\"https://yoursite.com/success\",\"failure_url\":\"https://yoursite.com/failure\"";
        Answer good = challenged(urls);
        assertThat(decide(good, "pass").headers().firstValue("Location").orElse("")).startsWith("https://yoursite.com/success?");
        assertThat(data(awaitStatus(good, "succeeded"), "amount_received")).isEqualTo("100.00");
        Answer bad = challenged(urls);
        assertThat(decide(bad, "fail").headers().firstValue("Location").orElse("")).startsWith("https://yoursite.com/failure?");
        assertThat(data(awaitStatus(bad, "requires_payment_method"), "last_error/code")).isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void a_payer_without_a_card_is_sent_to_his_bank() {
        Answer intent = ok(201, post("payment-intent/", "{\"amount\":\"15.00\",\"currency\":\"EUR\",\"payment_method\":\"ideal\","
                + "\"customer_email\":\"customer@example.com\",\"return_url\":\"https://yoursite.com/success\"}"));
        Answer waiting = ok(200, post("confirm-payment/", "{\"payment_intent_id\":\"" + data(intent, "id") + "\"}"));
        assertThat(data(waiting, "status")).as(waiting.body().toString()).isEqualTo("requires_action");
        assertThat(data(waiting, "payment_method")).isEqualTo("ideal");
        assertThat(waiting.text("/data/redirect_url")).startsWith(world.url());
        assertThat(waiting.text("/data/card")).isNull();
    }

    @Test
    void a_saved_card_pays() {
        Answer customer = ok(201, post("customer/", """
                {"email": "customer@example.com", "name": "John Doe", "phone": "+1234567890", "address_line1": "123 Main St", "city": "Anytown",
                 "state": "NY", "postal_code": "12345", "country": "US", "reference_id": "cust_123"}"""));
        String id = data(customer, "id");
        assertThat(ok(200, get("customer/" + id + "/")).body().path("data")).isEqualTo(customer.body().path("data"));
        Answer method = ok(201, post("payment-method/", "{\"customer_id\": \"" + id + "\", \"payment_method_type\": \"card\", \"card_number\": \"" + GOOD
                + "\", \"card_expiry_month\": \"12\", \"card_expiry_year\": \"35\", \"card_holder_name\": \"John Doe\"}"));
        assertThat(data(method, "card/first6")).isEqualTo("411111");
        assertThat(data(method, "card/exp_year")).isEqualTo("2035");
        assertThat(method.body().toString()).doesNotContain(GOOD);
        assertThat(ok(200, get("customer/" + id + "/payment-methods/")).body().at("/data/payment_methods/0")).isEqualTo(method.body().path("data"));
        Answer intent = ok(201, post("payment-intent/", "{\"amount\":25,\"customer_id\":\"" + id + "\"}"));
        Answer paid = ok(200, post("confirm-payment/", "{\"payment_intent_id\":\"" + data(intent, "id") + "\",\"payment_method_id\":\"" + data(method, "id") + "\"}"));
        assertThat(data(paid, "status")).as(paid.body().toString()).isEqualTo("succeeded");
        assertThat(data(paid, "amount")).isEqualTo("25.00");
        assertThat(data(paid, "card/holder")).isEqualTo("John Doe");
    }

    @Test
    void a_declined_card_is_402_and_another_may_be_tried() {
        Answer intent = intent("");
        Answer declined = confirm(intent, DECLINED);
        assertThat(declined.status()).as(declined.body().toString()).isEqualTo(402);
        assertThat(declined.text("/status")).isEqualTo("failed");
        assertThat(declined.text("/error_code")).isEqualTo("card_declined");
        assertThat(declined.text("/decline_code")).isNotNull();
        assertThat(data(declined, "status")).isEqualTo("requires_payment_method");
        assertThat(data(ok(200, confirm(intent, GOOD)), "status")).isEqualTo("succeeded");
        assertThat(confirm(intent, GOOD).text("/error_code")).isEqualTo("invalid_state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createPaymentInvoice", "sale"})
    void a_401_of_corefy_is_no_401_of_ours(String operation) {
        Answer intent = intent("");
        world.fault("\"fault\":\"error_before_effect\",\"status\":401,\"operation\":\"" + operation + "\"");
        Answer refused = confirm(intent, GOOD);
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(502);
        assertThat(refused.text("/error_code")).isEqualTo("provider_auth_error");
        assertThat(data(refused, "status")).isEqualTo("requires_payment_method");
        assertThat(data(ok(200, confirm(intent, GOOD)), "status")).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"fault\":\"error_before_effect\"", "\"fault\":\"stall\"", "\"fault\":\"reset_before_effect\""})
    void what_kept_an_invoice_from_being_made_is_502_and_nothing_was_paid(String fault) {
        Answer intent = intent("");
        world.fault(fault + ",\"operation\":\"createPaymentInvoice\"");
        Answer failed = confirm(intent, GOOD);
        assertThat(failed.status()).as(failed.body().toString()).isEqualTo(502);
        assertThat(failed.text("/error_code")).isEqualTo("provider_error");
        assertThat(data(failed, "status")).isEqualTo("requires_payment_method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"fault\":\"error_after_effect\"", "\"fault\":\"reset_after_effect\""})
    void a_payment_of_which_nothing_was_heard_is_504_and_gets_settled(String fault) {
        Answer intent = intent("");
        world.fault(fault + ",\"operation\":\"sale\"");
        String body = "{\"payment_intent_id\":\"" + data(intent, "id") + "\",\"card_number\":\"" + GOOD
                + "\",\"card_expiry_month\":12,\"card_expiry_year\":2035,\"card_cvv\":\"123\"}";
        Answer unknown = post("confirm-payment/", body, "Idempotency-Key", "unknown " + fault.hashCode());
        assertThat(unknown.status()).as(unknown.body().toString()).isEqualTo(504);
        assertThat(unknown.text("/error_code")).isEqualTo("provider_timeout");
        assertThat(data(unknown, "status")).isEqualTo("processing");
        awaitStatus(intent, "succeeded");
        Answer again = post("confirm-payment/", body, "Idempotency-Key", "unknown " + fault.hashCode());
        assertThat(again.status()).isEqualTo(504);
        assertThat(world.movementsOf(world.get("/v1/payment_intents/" + data(intent, "id")))).containsExactly("sale 10000");
    }

    @Test
    void a_refund_of_which_nothing_was_heard_is_504_and_is_made_once() {
        Answer paid = ok(200, confirm(intent(""), GOOD));
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createRefund\"");
        String body = "{\"payment_id\":\"" + data(paid, "payment_id") + "\",\"amount\":\"10.00\",\"reference_id\":\"lost refund\"}";
        Answer unknown = post("refund/", body);
        // Corefy's callback may be quicker than the sender, who then knows.
        assertThat(unknown.status()).as(unknown.body().toString()).isIn(504, 201);
        assertThat(data(unknown, "status")).isEqualTo(unknown.status() == 504 ? "pending" : "succeeded");
        world.awaitRefund(data(unknown, "id"), "succeeded");
        assertThat(post("refund/", body).status()).isEqualTo(unknown.status());
        assertThat(world.movementsOf(world.get("/v1/payment_intents/" + data(paid, "id")))).containsExactly("sale 10000", "refund 1000");
    }

    @Test
    void more_than_is_left_is_not_refunded_and_its_reference_stays_free() {
        Answer paid = ok(200, confirm(intent(""), GOOD));
        String of = "{\"payment_id\":\"" + data(paid, "id") + "\",\"reference_id\":\"over\",\"amount\":";
        Answer over = post("refund/", of + "100.01}");
        assertThat(over.status() + " " + over.text("/error_code")).isEqualTo("409 invalid_state");
        assertThat(over.text("/details/amount/0")).contains("100.00 USD");
        assertThat(data(ok(201, post("refund/", of + "\"40.00\"}")), "amount")).isEqualTo("40.00");
        assertThat(post("refund", "{\"payment_id\":\"" + data(intent(""), "id") + "\"}").text("/error_code")).isEqualTo("invalid_state");
    }

    @Test
    void a_reference_is_used_once_whatever_key_comes_with_it() {
        String body = "{\"amount\":\"10.00\",\"customer_email\":\"a@example.com\",\"reference_id\":\"once\"}";
        Answer first = ok(201, post("payment-intent/", body));
        Answer again = ok(201, post("payment-intent", body));
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        for (Answer other : List.of(post("payment-intent/", body, "Idempotency-Key", "another"), post("payment-intent/", body.replace("10.00", "11.00")))) {
            assertThat(other.status() + " " + other.text("/error_code")).as(other.body().toString()).isEqualTo("409 invalid_state");
            assertThat(other.text("/details/reference_id/0")).isNotBlank();
        }
        // Keys are forgotten; references are not.
        world.direct().sql("delete from idempotency_key where key like 'corefy/%once'").update();
        assertThat(post("payment-intent/", body).text("/details/reference_id/0")).contains(data(first, "id"));
    }

    @Test
    void one_refund_is_made_of_many_requests_at_once() throws Exception {
        Answer paid = ok(200, confirm(intent(""), GOOD));
        String body = "{\"payment_id\":\"" + data(paid, "payment_id") + "\",\"amount\":\"10.00\",\"reference_id\":\"race\"}";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = IntStream.range(0, 12).<Callable<Answer>>mapToObj(i ->
                    () -> i % 3 == 0 ? post("refund/", body, "Idempotency-Key", "race " + i) : post("refund/", body)).toList();
            for (Future<Answer> one : threads.invokeAll(all)) {
                assertThat(one.get().status()).as(one.get().body().toString()).isIn(201, 409);
            }
        }
        Awaitility.await().atMost(PATIENCE).until(() -> "10.00".equals(data(get("payment-status/" + data(paid, "id")), "amount_refunded")));
        assertThat(world.movementsOf(world.get("/v1/payment_intents/" + data(paid, "id")))).containsExactly("sale 10000", "refund 1000");
    }

    @Test
    void a_reference_whose_refund_is_under_way_is_not_given_back() {
        Answer paid = ok(200, confirm(intent(""), GOOD));
        String body = "{\"payment_id\":\"" + data(paid, "payment_id") + "\",\"amount\":\"10.00\",\"reference_id\":\"under way\"}";
        // A twin was quicker to the key and slower to the reference.
        world.direct().sql("""
                insert into idempotency_key (account_id, livemode, key, id, method_path, fingerprint, request_id)
                values ('acct_world', false, 'corefy/refund/under way', 'idem_twin', 'POST /v1/refunds', '', 'req_twin')
                """).update();
        assertThat(post("refund/", body).status()).isEqualTo(409);
        Answer other = post("refund/", body, "Idempotency-Key", "another key");
        assertThat(other.status() + " " + other.text("/error_code")).as(other.body().toString()).isEqualTo("409 invalid_state");
        assertThat(world.movementsOf(world.get("/v1/payment_intents/" + data(paid, "id")))).containsExactly("sale 10000");
    }

    @Test
    void a_refund_that_the_provider_refuses_is_not_the_requests_fault() {
        Answer paid = ok(200, confirm(intent(""), GOOD));
        world.fault("\"fault\":\"error_before_effect\",\"status\":422,\"operation\":\"createRefund\"");
        Answer refused = post("refund/", "{\"payment_id\":\"" + data(paid, "payment_id") + "\",\"amount\":\"10.00\"}");
        assertThat(refused.status() + " " + refused.text("/error_code")).as(refused.body().toString()).isEqualTo("502 provider_error");
        assertThat(data(refused, "status")).isEqualTo("failed");
    }

    @Test
    void every_field_is_told_what_is_wrong_with_it() {
        Answer wrong = post("payment-intent/", """
                {"amount": "0", "currency": "XXX", "payment_method": "cash", "customer_id": 7, "customer_email": "nobody", "customer_name": "%1$s",
                 "customer_phone": "%1$s", "description": "%1$s%1$s%1$s", "reference_id": "4111111111111111", "return_url": "ftp://x", "failure_url": "x",
                 "billing_first_name": "%1$s", "billing_last_name": "%1$s", "billing_address_line1": "%1$s", "billing_address_line2": "%1$s",
                 "billing_city": "%1$s", "billing_state": "%1$s", "billing_postal_code": "%1$s", "billing_country": "ZZ", "metadata": [], "colour": 1}"""
                .formatted("x".repeat(101)));
        assertThat(wrong.status() + " " + wrong.text("/error_code")).isEqualTo("400 validation_error");
        assertThat(wrong.body().path("details").propertyNames()).containsExactlyInAnyOrder("currency", "customer_id", "customer_email",
                "customer_name", "customer_phone", "description", "reference_id", "return_url", "failure_url", "billing_first_name", "billing_last_name",
                "billing_address_line1", "billing_address_line2", "billing_city", "billing_state", "billing_postal_code", "billing_country", "metadata", "colour");
        assertThat(wrong.body().toString()).doesNotContain("4111111111111111");
        wrong("payment-intent", "{}", "amount", "non_field_errors");
        wrong("payment-intent", "{\"amount\":\"0\",\"customer_email\":\"a@b.lt\"}", "amount");
        wrong("payment-intent", "{\"amount\":\"1e3\",\"customer_email\":\"a@b.lt\"}", "amount");
        wrong("payment-intent", "{\"amount\":\"10.001\",\"customer_email\":\"a@b.lt\"}", "amount");
        wrong("payment-intent", "{\"amount\":\"1000000.01\",\"customer_email\":\"a@b.lt\"}", "amount");
        wrong("payment-intent", "{\"amount\":\"10\",\"customer_email\":\"a@b.lt\",\"payment_method\":\"cash\"}", "payment_method");
        wrong("confirm-payment", "{\"card_holder_name\":\"" + "x".repeat(101) + "\"}", "payment_intent_id", "card_number", "card_expiry_month", "card_expiry_year",
                "card_cvv", "card_holder_name");
        wrong("confirm-payment", "{\"payment_intent_id\":\"pi_x\",\"card_number\":\"4111111111111112\",\"card_expiry_month\":13,\"card_expiry_year\":\"soon\","
                + "\"card_cvv\":\"12\",\"browser_info\":{\"screen_width\":\"wide\"}}", "card_number", "card_expiry_month", "card_expiry_year", "card_cvv", "browser_info");
        wrong("confirm-payment", "{\"payment_intent_id\":\"pi_x\",\"payment_method_id\":\"pm_x\",\"card_number\":\"" + GOOD + "\"}", "card_number");
        wrong("refund", "{\"amount\":\"-1\",\"reason\":7,\"reference_id\":[]}", "payment_id", "amount", "reason", "reference_id");
        wrong("customer", "{\"name\":1,\"country\":\"USA\",\"metadata\":{\"reference_id\":\"x\"}}", "email", "name", "country", "metadata");
        wrong("payment-method", "{\"payment_method_type\":\"bank\",\"card_cvv\":\"123\",\"card_number\":\"x\",\"card_expiry_month\":1,\"card_expiry_year\":2020}",
                "customer_id", "payment_method_type", "card_cvv", "card_number", "card_expiry_year");
    }

    private void wrong(String path, String body, String... fields) {
        Answer wrong = post(path + "/", body);
        assertThat(wrong.status() + " " + wrong.text("/error_code")).as(body + wrong.body()).isEqualTo("400 validation_error");
        assertThat(wrong.body().path("details").propertyNames()).as(wrong.body().toString()).containsExactlyInAnyOrder(fields);
    }

    @Test
    void what_cannot_be_read_or_found_or_done_is_told_so() {
        assertThat(post("payment-intent/", "{\"amount\":").text("/error_code")).isEqualTo("invalid_json");
        assertThat(post("payment-intent/", "{\"amount\": 5} // five").text("/error_code")).isEqualTo("invalid_json");
        for (Answer missing : List.of(get("payment-status/pi_nobody/"), get("payment-status/ch_nobody"), get("customer/cus_nobody/"),
                get("customer/cus_nobody/payment-methods/"), get("nothing/"), post("refund/", "{\"payment_id\":\"pi_nobody\"}"),
                post("payment-intent/", "{\"amount\":1,\"customer_id\":\"cus_nobody\"}"))) {
            assertThat(missing.status() + " " + missing.text("/error_code")).as(missing.body().toString()).isEqualTo("404 not_found");
        }
        Answer other = get("payment-intent/");
        assertThat(other.status() + " " + other.text("/error_code")).isEqualTo("405 method_not_allowed");
        Answer external = post("confirm-payment/", "{\"payment_intent_id\":\"" + data(intent(""), "id") + "\",\"card_number\":\"" + GOOD
                + "\",\"card_expiry_month\":12,\"card_expiry_year\":2035,\"card_cvv\":\"123\",\"three_ds_eci\":\"05\"}");
        assertThat(external.status() + " " + external.text("/error_code")).isEqualTo("400 unsupported_feature");
    }

    @Test
    void methods_and_the_connection_are_told() {
        JsonNode methods = ok(200, get("supported-methods/")).body().at("/data/payment_methods");
        assertThat(methods.valueStream().map(it -> it.path("code").asString())).contains("card");
        Answer works = ok(200, get("test-connection/"));
        assertThat(works.body().at("/data/success").asBoolean()).isTrue();
        assertThat(data(works, "provider")).isEqualTo("corefy");
        world.fault("\"fault\":\"error_before_effect\",\"status\":401,\"operation\":\"listPaymentInvoices\"");
        Answer refused = get("test-connection/");
        assertThat(refused.status() + " " + refused.text("/error_code")).as(refused.body().toString()).isEqualTo("502 provider_auth_error");
        assertThat(refused.body().at("/data/success").asBoolean(true)).isFalse();
    }

    @Test
    void strangers_find_nothing_and_pairs_must_match() {
        Answer intent = intent("");
        String stranger = PaymentWorld.pair(PaymentWorld.STRANGER);
        assertThat(world.send("GET", BASE + "payment-status/" + data(intent, "id"), null, stranger).status()).isEqualTo(404);
        for (String keys : List.of(PaymentWorld.PUBLISHABLE + ":" + PaymentWorld.STRANGER, PaymentWorld.SECRET + ":" + PaymentWorld.PUBLISHABLE,
                PaymentWorld.SECRET + ":" + PaymentWorld.SECRET, "pk_live_world:" + PaymentWorld.SECRET, PaymentWorld.PUBLISHABLE + ": " + PaymentWorld.SECRET,
                PaymentWorld.PUBLISHABLE + ":", ":" + PaymentWorld.SECRET, "nothing")) {
            Answer refused = world.send("GET", BASE + "payment-status/" + data(intent, "id"), null, keys);
            assertThat(refused.status() + " " + refused.text("/error_code")).as(keys).isEqualTo("401 authentication_error");
            assertThat(refused.text("/detail")).isNotBlank();
            assertThat(refused.raw().headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }
}
