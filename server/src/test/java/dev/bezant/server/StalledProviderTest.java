package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider account that does not answer is nobody else's trouble. */
final class StalledProviderTest {
    /** Longer than anything here waits: what hangs once hangs until the end. */
    private static final Duration FOREVER = Duration.ofMinutes(5);

    private final PaymentWorld world = PaymentWorld.setup().providerAccounts(2).sendWindow(Duration.ofSeconds(1)).providerTimeout(FOREVER).start();

    @AfterEach
    void close() {
        world.close();
    }

    private Answer lost(int account) {
        world.sandbox().fault(world.sandboxAccount(account), "\"fault\":\"reset_after_effect\",\"operation\":\"createPayment\"");
        Answer lost = world.pay(20_00, "pm_card_visa", "provider_account=" + world.providerAccount(account));
        assertThat(lost.text("/status")).isEqualTo("processing");
        return lost;
    }

    @Test
    void lost_answers_of_one_account_are_settled_while_another_hangs() {
        world.sandbox().fault(world.sandboxAccount(0), "\"fault\":\"stall\",\"operation\":\"listPayments\"");
        Answer hanging = lost(0);
        for (int i = 0; i < 3; i++) {
            assertThat(world.await(lost(1).id(), "succeeded").text("/amount_received")).isEqualTo("2000");
        }
        assertThat(world.get("/v1/payment_intents/" + hanging.id()).text("/status")).isEqualTo("processing");
    }
}
