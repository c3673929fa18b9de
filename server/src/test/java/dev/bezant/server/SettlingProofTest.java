package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.cardinity.Card;
import dev.bezant.cardinity.CardPayment;
import dev.bezant.cardinity.CardinityClient;
import dev.bezant.cardinity.PaymentTerms;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.PaymentWorld.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settling may conclude when the provider shows only its latest hundred payments. */
final class SettlingProofTest {
    private PaymentWorld world = PaymentWorld.setup()
            .sendWindow(Duration.ofMillis(400)).providerTimeout(Duration.ofMillis(600)).withoutSettling().start();
    private CardinityClient foreigner = world.foreigner();

    @AfterEach
    void close() {
        foreigner.close();
        world.close();
    }

    /** Payments made at the provider by somebody who does not go through us. */
    private void foreignPayments(int count) {
        var card = new Card(SecretText.of("4242424242424242"), 2035, 12, SecretText.of("123"), "Somebody Else");
        for (int i = 0; i < count; i++) {
            foreigner.payments().create(CardPayment.of(PaymentTerms.of(new BigDecimal("1.00"), "EUR", "LT"), card));
        }
    }

    private Answer unknown(String fault, String... more) {
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"createPayment\"");
        Answer unknown = world.pay(15_00, "pm_card_visa", more);
        assertThat(unknown.text("/status")).isEqualTo("processing");
        return unknown;
    }

    private String charge(Answer intent) {
        return String.valueOf(intent.text("/latest_charge"));
    }

    /** Settles until nobody could be alive who knows better, and a round longer. */
    private void settleBeyondGivingUp(Answer intent) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100)).until(() -> world.settled(() ->
                world.direct().sql("select 1 from charge where id = :id and now() > give_up_at + interval '1500 milliseconds'")
                        .bind("id", charge(intent)).one(row -> true).isPresent()));
    }

    @Test
    void an_absent_attempt_is_proved_absent_on_a_full_listing_while_the_chain_holds() {
        foreignPayments(120);
        for (int i = 0; i < 3; i++) {
            assertThat(world.pay(10_00, "pm_card_visa").status()).isEqualTo(200);
        }
        Answer absent = unknown("reset_before_effect");
        Answer present = unknown("reset_after_effect");
        foreignPayments(20);
        assertThat(foreigner.payments().list(100)).hasSize(100);
        world.await(present.id(), "succeeded");
        world.await(absent.id(), "requires_payment_method");
        assertThat(world.column("charge", charge(absent), "failure ->> 'not_sent'")).isEqualTo("true");
    }

    @Test
    void looks_that_overlap_carry_the_proof_over_more_than_one_listing() {
        close();
        world = PaymentWorld.setup().sendWindow(Duration.ofSeconds(3)).providerTimeout(Duration.ofSeconds(3)).withoutSettling().start();
        foreigner = world.foreigner();
        assertThat(world.pay(10_00, "pm_card_visa").status()).isEqualTo(200);
        Answer absent = unknown("reset_before_effect");
        for (int i = 0; i < 3; i++) {
            foreignPayments(60);
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(100))
                    .until(() -> world.settled(this::newestIsSeen));
        }
        world.await(absent.id(), "requires_payment_method");
    }

    private boolean newestIsSeen() {
        String newest = foreigner.payments().list(1).getFirst().id();
        return world.direct().sql("select 1 from provider_scan where newest_id = :id").bind("id", newest).one(row -> true).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_before_effect", "reset_after_effect"})
    void what_has_left_the_listing_unseen_waits_for_an_operator(String fault) {
        assertThat(world.pay(10_00, "pm_card_visa").status()).isEqualTo(200);
        Answer lost = unknown(fault);
        foreignPayments(150);
        settleBeyondGivingUp(lost);
        assertThat(world.get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("processing");
        assertThat(world.column("charge", charge(lost), "state")).isEqualTo("pending");
        assertThat(world.column("charge", charge(lost), "stuck_reason")).contains("do not reach back");
        world.settle();
        assertThat(world.column("charge", charge(lost), "state")).isEqualTo("pending");
        assertThat(world.eventTypes(lost.id())).containsExactly("payment_intent.created", "payment_intent.processing");
    }

    @Test
    void a_payment_that_was_seen_is_not_forgotten_when_it_leaves_the_listing() {
        assertThat(world.pay(10_00, "pm_card_visa").status()).isEqualTo(200);
        Answer processing = unknown("reset_after_effect", "description=sim-processing");
        world.sandbox().fault(world.sandboxAccount(0), "\"fault\":\"error_before_effect\",\"operation\":\"getPayment\",\"count\":50");
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(100))
                .until(() -> world.settled(() -> world.column("charge", charge(processing), "provider_id")) != null);
        foreignPayments(150);
        settleBeyondGivingUp(processing);
        assertThat(world.column("charge", charge(processing), "state")).isEqualTo("pending");
        assertThat(world.column("charge", charge(processing), "stuck_reason")).isNull();
        world.sandbox().call("DELETE", "/control/faults", null);
        world.sandbox().post("/control/complete", "{\"provider\":\"cardinity\",\"provider_id\":\""
                + world.column("charge", charge(processing), "provider_id") + "\",\"result\":\"approved\"}");
        world.await(processing.id(), "succeeded");
        assertThat(world.eventTypes(processing.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"automatic", "manual"})
    void what_is_approved_too_late_is_given_back_once(String capture) {
        assertThat(world.pay(10_00, "pm_card_visa").status()).isEqualTo(200);
        world.fault("\"fault\":\"delay\",\"operation\":\"createPayment\",\"delay_ms\":4000");
        Answer late = world.pay(15_00, "pm_card_visa", "capture_method=" + capture);
        world.await(late.id(), "requires_payment_method");
        String reference = String.valueOf(late.text("/charges/data/0/reference"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !world.movements(reference).isEmpty());
        // Another unknown attempt makes settling look at the listing again.
        Answer other = unknown("reset_after_effect");
        world.await(other.id(), "succeeded");
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(100))
                .until(() -> world.settled(() -> "reversed".equals(world.column("charge", charge(late), "state"))));
        assertThat(world.movements().stream().filter(movement -> movement.equals(capture.equals("manual") ? "void 1500" : "refund 1500"))).hasSize(1);
        assertThat(world.eventTypes(charge(late))).containsExactly("charge.failed", "charge.updated", "charge.updated");
        assertThat(world.get("/v1/payment_intents/" + late.id()).text("/status")).isEqualTo("requires_payment_method");
    }
}
