package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM with a payment between its provider's answer and its second commit. */
class DrainTest {
    private static final String PLACE = "payment.after_sending";

    @TempDir
    private Path parent;

    @Test
    void a_payment_under_way_is_ended_and_answered_before_the_server_stops() throws IOException {
        try (CrashWorld world = CrashWorld.with("cardinity", parent)) {
            world.stopAt(PLACE);
            CompletableFuture<Http.Answer> underWay = CompletableFuture.supplyAsync(() -> pay(world));
            world.awaitStopped(PLACE);

            world.server().signal("TERM");
            await().untilAsserted(() -> assertThat(world.server().status("/health/ready", world.key())).isEqualTo(503));
            assertThat(world.server().alive()).isTrue();
            world.stopNowhere();

            Http.Answer answer = underWay.join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.member("/status")).isEqualTo("succeeded");
            assertThat(world.server().awaitEnd()).isZero();
            assertThat(Server.processes(world.data())).as("nothing is left running").isEmpty();
        }
    }

    private static Http.Answer pay(CrashWorld world) {
        try {
            return Http.post(world.url() + "/v1/payment_intents",
                    Map.of("amount", "1999", "currency", "eur", "confirm", "true", "payment_method", "pm_card_visa"), world.key(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
