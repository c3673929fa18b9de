package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What repeating a request with its idempotence key proves, at a service that compares the bodies of such requests and at one that does not: which
 * of them Worldline runs is not known. No notices come here, which would tell the outcome sooner.
 */
final class WorldlineDirectRepeatsTest {
    private static final String CARD = "&payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242"
            + "&payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=2035&payment_method_data[card][cvc]=123";

    private PaymentWorld world = begin("false");

    private static PaymentWorld begin(String compares) {
        return PaymentWorld.setup().providers("worldline-direct").simulator("idempotence_compares_bodies", compares)
                .sendWindow(Duration.ofMillis(800)).providerTimeout(Duration.ofMillis(800)).start();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void comparing(String compares) {
        world.close();
        world = begin(compares);
    }

    private Answer lost(String fault, String body) {
        world.fault("\"fault\":\"webhook_drop\",\"count\":10");
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"createPayment\"");
        Answer lost = world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true" + body);
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        return lost;
    }

    /** The operations that were made for a payment, oldest first. */
    private List<String> calls(Answer intent) {
        return StreamSupport.stream(world.get("/v1/provider_calls?limit=100&reference=" + world.column("charge", String.valueOf(intent.text("/latest_charge")),
                        "reference")).body().path("data").spliterator(), false)
                .map(it -> it.path("operation").asString() + " " + it.path("status").asString("-")).toList().reversed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_payment_with_a_stored_card_is_repeated_to_the_same_end(String compares) {
        comparing(compares);
        Answer lost = lost("reset_after_effect", "&payment_method=" + world.method("4242424242424242"));
        assertThat(world.movementsOf(world.await(lost.id(), "succeeded"))).containsExactly("sale 1500");
        assertThat(calls(lost)).startsWith("pay -").contains("repeat 201");
    }

    @Test
    void a_cvc_that_is_gone_does_not_matter_where_bodies_are_not_compared() {
        Answer lost = lost("reset_after_effect", CARD);
        assertThat(world.movementsOf(world.await(lost.id(), "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void a_cvc_that_is_gone_makes_another_body_which_proves_nothing_where_they_are_compared() {
        comparing("true");
        Answer lost = lost("reset_after_effect", CARD);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> calls(lost), calls -> calls.contains("repeat 409"));
        assertThat(world.get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("processing");
        assertThat(world.movementsOf(lost)).containsExactly("sale 1500");
    }

    @Test
    void a_saved_card_goes_by_the_token_that_the_network_knows() {
        String customer = world.post("/v1/customers", "").id();
        String method = world.method("4242424242424242");
        String saved = "&customer=" + customer + "&payment_method=" + method;
        assertThat(world.post("/v1/payment_intents", "amount=1000&currency=eur&confirm=true&setup_future_usage=off_session" + saved).text("/status"))
                .isEqualTo("succeeded");
        Answer again = world.post("/v1/payment_intents", "amount=1100&currency=eur&confirm=true&off_session=true" + saved);
        assertThat(again.text("/status")).isEqualTo("succeeded");
        String reference = String.valueOf(again.text("/charges/data/0/reference"));
        String asked = String.valueOf(world.get("/v1/provider_calls?operation=pay&reference=" + reference).text("/data/0/request_body"));
        assertThat(asked).contains("\"token\"").doesNotContain("\"card\":{");
    }
}
