package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Corefy takes so many calls a minute: more payments than that, and a lost one among them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorefyLimitTest {
    private static final int SHOPPERS = 16;

    private final PaymentWorld world = PaymentWorld.setup().providers("corefy").providerSetting("calls_per_minute", 300)
            .sendWindow(Duration.ofSeconds(2)).withoutSettling().start();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void a_rush_is_refused_unsent_and_does_not_keep_a_lost_payment_from_being_settled() throws Exception {
        world.fault("\"operation\":\"sale\",\"fault\":\"reset_after_effect\"");
        Answer lost = world.pay(15_00, "pm_card_visa");
        assertThat(lost.text("/status")).isEqualTo("processing");
        Awaitility.await("sent by nobody any more").atMost(Duration.ofSeconds(10)).until(() -> "true".equals(world.column("charge",
                String.valueOf(lost.text("/latest_charge")), "(now() > give_up_at)")));

        var rushing = new AtomicBoolean(true);
        var heldBack = new CountDownLatch(SHOPPERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answer>>> rush = IntStream.range(0, SHOPPERS).mapToObj(i -> threads.submit(() -> {
                List<Answer> answers = new ArrayList<>();
                while (rushing.get()) {
                    answers.add(world.pay(30_00, "pm_card_visa"));
                    if (isHeldBack(answers.getLast())) {
                        heldBack.countDown();
                    }
                }
                return answers;
            })).toList();
            try {
                assertThat(heldBack.await(20, TimeUnit.SECONDS)).as("the limit is felt").isTrue();
                world.await(lost.id(), "succeeded");
            } finally {
                rushing.set(false);
            }
            for (Future<List<Answer>> answers : rush) {
                assertThat(answers.get()).allSatisfy(answer -> assertThat(world.movementsOf(answer)).hasSize(isHeldBack(answer) ? 0 : 1));
            }
        }
    }

    private static boolean isHeldBack(Answer paid) {
        return paid.status() != 200;
    }
}
