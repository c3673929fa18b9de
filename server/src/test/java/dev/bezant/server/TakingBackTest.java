package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.worldline.acquiring.AcquiringClient;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.CardPaymentData;
import dev.bezant.worldline.acquiring.model.ExpiryDate;
import dev.bezant.worldline.acquiring.model.Money;
import dev.bezant.worldline.acquiring.model.PaymentReferences;
import dev.bezant.worldline.acquiring.model.PlainCardData;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Attempts whose answer was lost at a provider that can only take them back: nothing stays held, and no approval counts any more. */
final class TakingBackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Gate gate = new Gate();
    private @Nullable PaymentWorld world;

    @AfterEach
    void close() {
        gate.open();
        world().close();
    }

    /** Nobody settles here but the test. */
    private PaymentWorld.Setup acquiring() {
        return PaymentWorld.setup().providers("worldline-acquiring").checkpoint(gate)
                .sendWindow(Duration.ofMillis(1500)).providerTimeout(Duration.ofMillis(1500)).withoutSettling();
    }

    private void begin(PaymentWorld.Setup setup) {
        world = setup.start();
        // What is made only once, a token among it, must not cost the first attempt its time.
        assertThat(world().pay(1_00, "pm_card_visa").text("/status")).isEqualTo("succeeded");
    }

    private PaymentWorld world() {
        if (world == null) {
            throw new IllegalStateException("The world has not begun");
        }
        return world;
    }

    private Answer lost(String fault, String... more) {
        world().fault("\"operation\":\"processPayment\",\"fault\":\"" + fault + "\"");
        Answer lost = world().pay(15_00, "pm_card_visa", more);
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        return lost;
    }

    private static String charge(Answer intent) {
        return String.valueOf(intent.text("/latest_charge"));
    }

    private @Nullable String column(Answer intent, String column) {
        return world().column("charge", charge(intent), "(" + column + ")");
    }

    private void awaitColumn(Answer intent, String column, String value) {
        Awaitility.await(column + " " + value).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world().settled(() -> value.equals(column(intent, column))));
    }

    private void awaitMoment(Answer intent, String condition) {
        Awaitility.await(condition).atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> "true".equals(column(intent, condition)));
    }

    @ParameterizedTest
    @CsvSource({"automatic, sale", "manual, authorization"})
    void what_happened_unheard_is_undone_and_the_intent_can_be_paid_again(String capture, String kind) {
        begin(acquiring());
        Answer lost = lost("reset_after_effect", "capture_method=" + capture);
        Answer failed = world().await(lost.id(), "requires_payment_method");
        assertThat(world().movementsOf(lost)).containsExactly(kind + " 1500", "void 1500");
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_intent_payment_attempt_failed");
        assertThat(failed.text("/charges/data/0/outcome/seller_message")).contains("Taken back");
        assertThat(world().eventTypes(lost.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.payment_failed");
        Answer again = world().post("/v1/payment_intents/" + lost.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(again.text("/status")).isEqualTo(capture.equals("manual") ? "requires_capture" : "succeeded");
        assertThat(world().movementsOf(lost)).containsExactly(kind + " 1500", "void 1500", kind + " 1500");
    }

    @Test
    void nothing_is_taken_back_while_somebody_may_still_send_it() {
        begin(acquiring().sendWindow(Duration.ofSeconds(3)));
        Answer lost = lost("reset_after_effect");
        awaitMoment(lost, "now() > send_before - interval '500 milliseconds'");
        world().settle();
        assertThat(column(lost, "taking_back_at is null or taking_back_at > give_up_at")).isEqualTo("true");
        world().await(lost.id(), "requires_payment_method");
        assertThat(column(lost, "taking_back_at >= give_up_at + interval '200 milliseconds'")).isEqualTo("true");
    }

    @Test
    void what_never_arrived_has_failed_and_is_taken_back_if_it_arrives_all_the_same() {
        begin(acquiring());
        Answer lost = lost("reset_before_effect");
        Answer failed = world().await(lost.id(), "requires_payment_method");
        assertThat(failed.text("/charges/data/0/outcome/seller_message")).contains("Proved absent");
        assertThat(column(lost, "watch_until > now() + interval '10 minutes'")).isEqualTo("true");
        arrivesLate(String.valueOf(failed.text("/charges/data/0/reference")));
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world().settled(() -> column(lost, "watch_until")) == null);
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500", "void 1500");
        assertThat(world().get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("requires_payment_method");
    }

    /** What was sent long ago, and comes to the provider now. */
    private void arrivesLate(String reference) {
        JsonNode credentials = world().credentials();
        try (var client = AcquiringClient.builder()
                .endpoint(URI.create(world().sandbox().address("worldline-acquiring")))
                .tokenUri(URI.create(credentials.path("token_url").asString()))
                .clientId(credentials.path("client_id").asString())
                .clientSecret(SecretText.of(credentials.path("client_secret").asString()))
                .integrator("Somebody on the way")
                .build()) {
            client.v1().acquirer(credentials.path("acquirer_id").asString()).merchant(credentials.path("merchant_id").asString()).payments()
                    .processPayment(ApiPaymentRequest.builder()
                            .operationId(reference)
                            .amount(Money.of(15_00, "EUR"))
                            .references(PaymentReferences.builder().merchantReference(reference).build())
                            .cardPaymentData(CardPaymentData.builder()
                                    .captureImmediately(true)
                                    .cardData(PlainCardData.builder().cardNumber(SecretText.of("4242424242424242")).expiryDate(ExpiryDate.of(12, 2035)).build())
                                    .build())
                            .build(), CallContext.none());
        }
    }

    @Test
    void a_payment_that_the_provider_still_works_on_is_asked_about_again() {
        begin(acquiring());
        world().fault("\"operation\":\"processPayment\",\"fault\":\"delay\",\"delay_ms\":9000");
        Answer lost = world().pay(15_00, "pm_card_visa");
        assertThat(lost.text("/status")).isEqualTo("processing");
        awaitMoment(lost, "now() > give_up_at + interval '200 milliseconds'");
        world().settle();
        assertThat(column(lost, "state")).as("409 proves nothing").isEqualTo("pending");
        assertThat(column(lost, "stuck_reason")).isNull();
        world().await(lost.id(), "requires_payment_method");
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500", "void 1500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_after_effect", "reset_before_effect", "error_before_effect", "error_after_effect", "garbage", "half_response"})
    void taking_back_whose_answer_is_lost_is_repeated_and_happens_once(String fault) {
        begin(acquiring());
        Answer lost = lost("reset_after_effect");
        world().fault("\"operation\":\"technicalReversal\",\"fault\":\"" + fault + "\"");
        awaitColumn(lost, "taking_back_at is not null", "true");
        assertThat(column(lost, "state")).isEqualTo("pending");
        assertThat(world().get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("processing");
        world().await(lost.id(), "requires_payment_method");
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500", "void 1500");
    }

    @Test
    void a_server_that_dies_after_the_mark_leaves_nothing_held() {
        begin(acquiring());
        Answer lost = lost("reset_after_effect");
        assertThat(world().direct().sql("""
                        with moved as (update payment_intent set version = version + 1 where id = :intent returning id)
                        update charge set taking_back_at = now() where id = :charge and exists (select 1 from moved)
                        """)
                .bind("intent", lost.id()).bind("charge", charge(lost)).update()).isEqualTo(1);
        world().await(lost.id(), "requires_payment_method");
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500", "void 1500");
    }

    @Test
    void several_servers_may_take_the_same_back() throws InterruptedException {
        begin(acquiring());
        Answer lost = lost("reset_after_effect");
        awaitMoment(lost, "now() > give_up_at + interval '200 milliseconds'");
        world().settleOnSeveral(4);
        world().await(lost.id(), "requires_payment_method");
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500", "void 1500");
        assertThat(world().eventTypes(lost.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.payment_failed");
    }

    @Test
    void an_approval_that_its_sender_holds_when_it_is_being_taken_back_does_not_count() throws Exception {
        begin(acquiring());
        gate.closeAt("payment.before_commit_2");
        CompletableFuture<Answer> sender = CompletableFuture.supplyAsync(() -> world().pay(15_00, "pm_card_visa"));
        gate.awaitReached();
        String intent = String.valueOf(world().direct().sql("select id from payment_intent where amount = 1500").one(row -> row.text("id")).orElseThrow());
        Answer held = world().get("/v1/payment_intents/" + intent);
        // Marked, and not taken back yet.
        world().fault("\"operation\":\"technicalReversal\",\"fault\":\"error_before_effect\"");
        awaitColumn(held, "taking_back_at is not null", "true");
        gate.open();
        assertThat(sender.get(30, TimeUnit.SECONDS).text("/status")).isEqualTo("processing");
        assertThat(column(held, "provider_id")).as("an id would lead back to the payment").isNull();
        world().await(intent, "requires_payment_method");
        assertThat(world().movementsOf(held)).containsExactly("sale 1500", "void 1500");
        assertThat(world().eventTypes(intent)).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.payment_failed");
    }

    @ParameterizedTest
    @CsvSource({"automatic, sale", "manual, authorization"})
    void an_approval_that_comes_when_all_is_over_is_given_back_and_that_is_no_second_movement(String capture, String kind) throws Exception {
        begin(acquiring());
        gate.closeAt("payment.before_commit_2");
        CompletableFuture<Answer> sender = CompletableFuture.supplyAsync(() -> world().pay(15_00, "pm_card_visa", "capture_method=" + capture));
        gate.awaitReached();
        String intent = String.valueOf(world().direct().sql("select id from payment_intent where amount = 1500").one(row -> row.text("id")).orElseThrow());
        Answer failed = world().await(intent, "requires_payment_method");
        gate.open();
        assertThat(sender.get(30, TimeUnit.SECONDS).status()).isEqualTo(402);
        awaitColumn(failed, "state", "reversed");
        assertThat(world().movementsOf(failed)).containsExactly(kind + " 1500", "void 1500");
        assertThat(world().get("/v1/payment_intents/" + intent).text("/status")).isEqualTo("requires_payment_method");
    }

    @Test
    void a_decline_that_its_sender_holds_is_believed() throws Exception {
        begin(acquiring());
        gate.closeAt("payment.before_commit_2");
        CompletableFuture<Answer> sender = CompletableFuture.supplyAsync(() -> world().pay(15_00, "pm_card_visa_chargeDeclinedInsufficientFunds"));
        gate.awaitReached();
        String intent = String.valueOf(world().direct().sql("select id from payment_intent where amount = 1500").one(row -> row.text("id")).orElseThrow());
        Answer held = world().get("/v1/payment_intents/" + intent);
        world().fault("\"operation\":\"technicalReversal\",\"fault\":\"error_before_effect\"");
        awaitColumn(held, "taking_back_at is not null", "true");
        gate.open();
        assertThat(sender.get(30, TimeUnit.SECONDS).text("/error/decline_code")).isEqualTo("insufficient_funds");
        assertThat(column(held, "state")).isEqualTo("failed");
    }

    @Test
    void what_is_cleared_already_waits_for_an_operator() {
        begin(acquiring().simulator("clearing_seconds", "0"));
        Answer lost = lost("reset_after_effect");
        awaitColumn(lost, "stuck_reason is not null", "true");
        assertThat(column(lost, "stuck_reason")).contains("does not take the payment back");
        world().settle();
        assertThat(column(lost, "state")).isEqualTo("pending");
        assertThat(world().get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("processing");
        assertThat(world().movementsOf(lost)).containsExactly("sale 1500");
    }

    @Test
    void a_verification_whose_answer_is_lost_has_failed_and_is_made_again() {
        begin(acquiring());
        world().fault("\"operation\":\"processAccountVerification\",\"fault\":\"reset_after_effect\"");
        Answer lost = world().post("/v1/setup_intents", "payment_method=pm_card_visa&confirm=true");
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() ->
                world().settled(() -> world().get("/v1/setup_intents/" + lost.id())), now -> "requires_payment_method".equals(now.text("/status")));
        Answer again = world().post("/v1/setup_intents/" + lost.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(again.text("/status")).isEqualTo("succeeded");
        assertThat(world().movements()).containsExactly("sale 100");
    }

    /** Holds a request at a named place. */
    private static final class Gate implements Checkpoint {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile String place = "";

        void closeAt(String name) {
            place = name;
        }

        void awaitReached() throws InterruptedException {
            assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void open() {
            opened.countDown();
        }

        @Override
        public void reached(String name) {
            if (place.equals(name)) {
                reached.countDown();
                try {
                    assertThat(opened.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
