package dev.bezant.server.providerlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.providerlog.ProviderLogSettings.Keep;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What was said to providers, over HTTP, as the account that it concerns reads it. */
class ProviderLogTest {
    private @Nullable PaymentWorld world;

    @AfterEach
    void close() {
        world().close();
    }

    private PaymentWorld world() {
        if (world == null) {
            throw new IllegalStateException("The world has not begun");
        }
        return world;
    }

    private void begin(PaymentWorld.Setup setup) {
        world = setup.start();
    }

    private Answer calls(String query) {
        return world().get("/v1/provider_calls?limit=100&" + query);
    }

    private static List<String> each(Answer list, String... members) {
        return StreamSupport.stream(list.body().path("data").spliterator(), false)
                .map(it -> String.join(" ", java.util.Arrays.stream(members).map(member -> text(it, member)).toList()))
                .toList();
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).isNull() ? "-" : node.path(member).asString();
    }

    private static String reference(Answer intent) {
        return String.valueOf(intent.text("/charges/data/0/reference"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cardinity", "worldline-direct", "worldline-acquiring", "corefy"})
    void a_payment_is_a_call_without_its_card(String provider) {
        begin(PaymentWorld.setup().providers(provider).withoutSettling());
        Answer paid = world().pay(20_00, world().method("4242424242424242"));
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        Answer listed = calls("reference=" + reference(paid));
        assertThat(each(listed, "operation", "provider", "successful", "failure_message")).isNotEmpty()
                .allSatisfy(it -> assertThat(it).isEqualTo("pay " + provider + " true -"));
        JsonNode call = listed.body().at("/data/0");
        assertThat(call.path("provider_account").asString()).isEqualTo(world().providerAccount(0));
        assertThat(call.path("response_time_ms").decimalValue()).isPositive();
        assertThat(listed.body().toString()).contains(reference(paid)).doesNotContain("4242424242424242", "\\\"123\\\"", "Bearer ", "secret");
        assertThat(world().get("/v1/provider_calls/" + call.path("id").asString()).body()).isEqualTo(call);
    }

    @Test
    void movements_go_by_their_own_reference_and_name() {
        begin(PaymentWorld.setup().withoutSettling());
        Answer authorized = world().pay(20_00, "pm_card_visa", "capture_method=manual");
        world().post("/v1/payment_intents/" + authorized.id() + "/capture", "");
        Answer refund = world().post("/v1/refunds", "payment_intent=" + authorized.id() + "&amount=500");
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        assertThat(each(calls("provider_account=" + world().providerAccount(0)), "operation", "method", "status"))
                .startsWith("refund POST 201", "capture POST 201", "pay POST 201");
        assertThat(each(calls("operation=capture"), "operation")).containsExactly("capture");
    }

    @Test
    void a_call_without_an_answer_says_why() {
        begin(PaymentWorld.setup().providerTimeout(Duration.ofMillis(600)).withoutSettling());
        world().pay(1_00, "pm_card_visa");
        world().fault("\"fault\":\"stall\",\"operation\":\"createPayment\"");
        Answer lost = world().pay(20_00, "pm_card_visa");
        Answer failed = calls("successful=false");
        assertThat(each(failed, "operation", "status", "reference")).containsExactly("pay - " + reference(lost));
        assertThat(failed.text("/data/0/failure_message")).isNotBlank();
        assertThat(each(calls("successful=true"), "operation")).contains("pay").hasSize(calls("").body().path("data").size() - 1);
    }

    @Test
    void a_declined_call_is_kept_with_the_providers_own_words() {
        begin(PaymentWorld.setup().withoutSettling());
        Answer declined = world().pay(20_00, "pm_card_visa_chargeDeclined");
        Answer listed = calls("reference=" + reference(declined.intent()));
        assertThat(each(listed, "status", "successful")).containsExactly("402 false");
        assertThat(listed.text("/data/0/response_body")).contains("declined");
    }

    @Test
    void others_see_nothing_of_it() {
        begin(PaymentWorld.setup().withoutSettling());
        world().pay(1_00, "pm_card_visa");
        String id = String.valueOf(calls("").text("/data/0/id"));
        Answer strangers = world().send("GET", "/v1/provider_calls", null, PaymentWorld.STRANGER);
        assertThat(strangers.body().path("data")).isEmpty();
        assertThat(world().send("GET", "/v1/provider_calls/" + id, null, PaymentWorld.STRANGER).error())
                .isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(world().send("GET", "/v1/provider_calls?starting_after=" + id, null, PaymentWorld.STRANGER).error())
                .isEqualTo("404 invalid_request_error resource_missing starting_after");
    }

    @Test
    void bodies_and_whole_calls_can_be_left_out() {
        begin(PaymentWorld.setup().providerLog(new ProviderLogSettings(Keep.WITHOUT_BODIES, Duration.ofDays(1))).withoutSettling());
        world().pay(1_00, "pm_card_visa");
        assertThat(each(calls("operation=pay"), "request_body", "response_body", "status")).containsExactly("- - 201");
        close();
        begin(PaymentWorld.setup().providerLog(new ProviderLogSettings(Keep.NOTHING, Duration.ofDays(1))).withoutSettling());
        world().pay(1_00, "pm_card_visa");
        assertThat(calls("").body().path("data")).isEmpty();
    }

    @Test
    void notices_are_listed_with_what_came_of_them() {
        begin(PaymentWorld.setup().providers("worldline-direct"));
        Answer paid = world().pay(20_00, "pm_card_visa");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> each(notices("state=processed&reference=" + reference(paid)), "state"),
                it -> !it.isEmpty());
        Answer listed = notices("state=processed&reference=" + reference(paid));
        assertThat(each(listed, "provider", "verified", "failure_message")).allMatch("worldline-direct true -"::equals);
        JsonNode notice = listed.body().at("/data/0");
        assertThat(notice.path("body").asString()).isNotBlank();
        assertThat(world().get("/v1/provider_notices/" + notice.path("id").asString()).body()).isEqualTo(notice);
    }

    @Test
    void what_anybody_can_have_sent_is_kept_as_refused() {
        begin(PaymentWorld.setup().providers("worldline-direct").withoutSettling());
        world().browse("POST", world().url() + "/notices/test/acct_world/" + world().providerAccount(0), "{}");
        assertThat(each(notices("state=refused"), "verified", "body", "type")).containsExactly("false - -");
    }

    private Answer notices(String query) {
        return world().get("/v1/provider_notices?limit=100&" + query);
    }
}
