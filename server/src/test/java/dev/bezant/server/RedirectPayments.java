package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.RedirectMethod;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

/** What every connector must do with every method without a card that it declares: a part of {@link ConnectorSuite}. */
final class RedirectPayments {
    private static final String SHOP = "https://shop.example/back";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final PaymentWorld world;
    private final PayersBrowser browser;
    private final String operation;
    private final boolean repeats;

    /** @param operation the simulator's name of the call that begins such a payment */
    RedirectPayments(PaymentWorld world, PayersBrowser browser, String operation, boolean repeats) {
        this.world = world;
        this.browser = browser;
        this.operation = operation;
        this.repeats = repeats;
    }

    private interface Scenario {
        void play(RedirectMethod method);
    }

    /** One test for each method and scenario; refusals for the methods that are not declared. */
    Stream<DynamicTest> tests() {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("approved", this::approved);
        scenarios.put("declined", this::declined);
        scenarios.put("given up on its site", this::givenUp);
        scenarios.put("left alone expires, and what is paid after that is given back", this::leftAlone);
        scenarios.put("a lost answer is settled, and then the payer pays once", this::lostAnswer);
        scenarios.put("what never arrived ends without a payment, or is sent once", this::neverArrived);
        scenarios.put("told before the return, twice, and paid once", this::toldBeforeReturn);
        scenarios.put("given back in parts", this::refunded);
        scenarios.put("captured later where the method can", this::capturedLater);
        scenarios.put("refused in a currency it is not paid in", this::otherCurrency);
        List<RedirectMethod> declared = declared();
        var tests = new ArrayList<DynamicTest>();
        for (RedirectMethod method : RedirectMethod.values()) {
            if (declared.contains(method)) {
                scenarios.forEach((name, scenario) -> tests.add(dynamicTest(method.type() + ": " + name, () -> scenario.play(method))));
            } else {
                tests.add(dynamicTest(method.type() + ": not taken, and nothing is sent", () -> notTaken(method)));
            }
        }
        return tests.stream();
    }

    private List<RedirectMethod> declared() {
        var declared = new ArrayList<RedirectMethod>();
        for (JsonNode type : world.get("/v1/payment_method_types").body().path("data")) {
            RedirectMethod.find(type.path("id").asString()).ifPresent(declared::add);
        }
        return declared;
    }

    private Answer begin(RedirectMethod method, String... more) {
        String type = method.type();
        return world.post("/v1/payment_intents", "amount=2300&currency=eur&confirm=true&return_url=" + SHOP + "&payment_method_types[]=" + type
                + "&payment_method_data[type]=" + type + (more.length == 0 ? "" : "&" + String.join("&", more)));
    }

    private Answer waiting(RedirectMethod method, String... more) {
        Answer waiting = begin(method, more);
        assertThat(waiting.text("/status")).as(waiting.body().toString()).isEqualTo("requires_action");
        assertThat(waiting.text("/next_action/type")).isEqualTo("redirect_to_url");
        assertThat(waiting.text("/next_action/redirect_to_url/return_url")).isEqualTo(SHOP);
        return waiting;
    }

    private static String location(HttpResponse<String> back) {
        return back.headers().firstValue("Location").orElseThrow(() -> new AssertionError(back.statusCode() + " " + back.body()));
    }

    private Answer paid(RedirectMethod method) {
        Answer waiting = waiting(method);
        browser.comeBack(browser.press(waiting, "Pay"));
        return world.await(waiting.id(), "succeeded");
    }

    private void approved(RedirectMethod method) {
        Answer waiting = waiting(method);
        String type = method.type();
        assertThat(location(browser.comeBack(browser.press(waiting, "Pay")))).startsWith(SHOP + "?payment_intent=" + waiting.id())
                .contains("redirect_status=succeeded");
        Answer paid = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.text("/amount_received")).isEqualTo("2300");
        Answer charge = world.get("/v1/charges/" + paid.text("/latest_charge"));
        assertThat(charge.text("/payment_method_details/type")).isEqualTo(type);
        assertThat(charge.body().at("/payment_method_details/" + type).propertyNames()).containsExactlyElementsOf(method.chargeMembers());
        assertThat(charge.body().path("payment_method_details").has("card")).isFalse();
        assertThat(world.movementsOf(paid)).containsExactly("sale 2300");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded");
    }

    private void declined(RedirectMethod method) {
        Answer waiting = waiting(method);
        assertThat(location(browser.comeBack(browser.press(waiting, "Decline")))).contains("redirect_status=failed");
        Answer failed = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(failed.text("/status")).isEqualTo("requires_payment_method");
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_method_provider_decline");
        assertThat(failed.text("/last_payment_error/message")).doesNotContain("card");
        assertThat(failed.text("/last_payment_error/payment_method/type")).isEqualTo(method.type());
        assertThat(world.movementsOf(failed)).isEmpty();
        Answer again = world.post("/v1/payment_intents/" + waiting.id() + "/confirm", "payment_method_data[type]=" + method.type());
        assertThat(again.text("/status")).as(again.body().toString()).isEqualTo("requires_action");
        browser.comeBack(browser.press(again, "Pay"));
        assertThat(world.movementsOf(world.await(again.id(), "succeeded"))).containsExactly("sale 2300");
    }

    private void givenUp(RedirectMethod method) {
        Answer waiting = waiting(method);
        assertThat(location(browser.comeBack(browser.press(waiting, "Cancel")))).contains("redirect_status=failed");
        Answer failed = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
        assertThat(world.movementsOf(failed)).isEmpty();
    }

    private void leftAlone(RedirectMethod method) {
        Answer waiting = waiting(method);
        String site = browser.bank(waiting);
        String charge = String.valueOf(waiting.text("/latest_charge"));
        world.direct().sql("update charge set action_expires_at = now() - interval '1 second' where id = :id").bind("id", charge).update();
        Answer expired = world.await(waiting.id(), "requires_payment_method");
        assertThat(world.movementsOf(expired)).isEmpty();
        browser.pressOn(site, "Pay");
        Awaitility.await().atMost(PATIENCE).until(() -> world.settled(() -> world.column("charge", charge, "state")), "reversed"::equals);
        assertThat(world.movementsOf(waiting)).containsExactly("sale 2300", "refund 2300");
        assertThat(world.get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("requires_payment_method");
    }

    private void lostAnswer(RedirectMethod method) {
        for (String fault : List.of("reset_after_effect", "error_after_effect", "garbage")) {
            world.fault("\"fault\":\"" + fault + "\",\"operation\":\"" + operation + "\"");
            Answer lost = begin(method);
            assertThat(lost.text("/status")).as(fault + " " + lost.body()).isIn("processing", "requires_action");
            Answer waiting = world.await(lost.id(), "requires_action");
            browser.comeBack(browser.press(waiting, "Pay"));
            assertThat(world.movementsOf(world.await(lost.id(), "succeeded"))).as(fault).containsExactly("sale 2300");
        }
    }

    private void neverArrived(RedirectMethod method) {
        world.fault("\"fault\":\"reset_before_effect\",\"operation\":\"" + operation + "\"");
        Answer lost = begin(method);
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        Answer settled = world.awaitSettled(lost.id());
        assertThat(settled.text("/status")).isEqualTo(repeats ? "requires_action" : "requires_payment_method");
        assertThat(world.movementsOf(settled)).isEmpty();
    }

    private void toldBeforeReturn(RedirectMethod method) {
        world.fault("\"fault\":\"webhook_duplicate\"");
        Answer waiting = waiting(method);
        HttpResponse<String> back = browser.press(waiting, "Pay");
        Answer paid = world.await(waiting.id(), "succeeded");
        assertThat(location(browser.comeBack(back))).contains("redirect_status=succeeded");
        assertThat(location(browser.comeBack(back))).as("reloaded").contains("redirect_status=succeeded");
        String reference = String.valueOf(paid.text("/charges/data/0/reference"));
        Awaitility.await().atMost(PATIENCE).until(() -> notices(reference), states -> states.contains("duplicate") && !states.contains("received"));
        assertThat(world.movementsOf(paid)).containsExactly("sale 2300");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded");
    }

    private List<String> notices(String reference) {
        return world.direct().sql("select state from provider_notice where reference = :reference").bind("reference", reference).list(row -> row.text("state"));
    }

    private void refunded(RedirectMethod method) {
        Answer paid = paid(method);
        Answer part = world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=300");
        assertThat(world.awaitRefund(part.id(), "succeeded").text("/destination_details/type")).isEqualTo(method.type());
        assertThat(world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=2001").error())
                .isEqualTo("400 invalid_request_error amount_too_large amount");
        world.awaitRefund(world.post("/v1/refunds", "payment_intent=" + paid.id()).id(), "succeeded");
        assertThat(world.movementsOf(paid)).containsExactly("sale 2300", "refund 300", "refund 2000");
    }

    private void capturedLater(RedirectMethod method) {
        String before = world.latestPayment();
        Answer asked = begin(method, "capture_method=manual");
        if (!method.capturesLater()) {
            assertThat(asked.error()).isEqualTo("400 invalid_request_error parameter_invalid capture_method");
            assertThat(world.latestPayment()).isEqualTo(before);
            return;
        }
        browser.comeBack(browser.press(asked, "Pay"));
        Answer authorized = world.await(asked.id(), "requires_capture");
        world.post("/v1/payment_intents/" + asked.id() + "/capture", "");
        world.await(asked.id(), "succeeded");
        assertThat(world.movementsOf(authorized)).containsExactly("authorization 2300", "capture 2300");
    }

    private void otherCurrency(RedirectMethod method) {
        if (method.currencies().isPresent()) {
            String before = world.latestPayment();
            Answer refused = world.post("/v1/payment_intents", "amount=2300&currency=sek&confirm=true&return_url=" + SHOP + "&payment_method_types[]="
                    + method.type() + "&payment_method_data[type]=" + method.type());
            assertThat(refused.error()).isEqualTo("400 invalid_request_error payment_method_not_available currency");
            assertThat(world.latestPayment()).isEqualTo(before);
        }
    }

    private void notTaken(RedirectMethod method) {
        String before = world.latestPayment();
        Answer refused = begin(method);
        assertThat(refused.error()).isEqualTo("400 invalid_request_error payment_method_not_available payment_method");
        assertThat(refused.text("/error/message")).contains(method.label());
        assertThat(world.latestPayment()).isEqualTo(before);
        assertThat(world.direct().sql("select count(*) as n from charge where method_snapshot ->> 'type' = :type").bind("type", method.type())
                .one(row -> row.number("n"))).hasValue(0L);
    }
}
