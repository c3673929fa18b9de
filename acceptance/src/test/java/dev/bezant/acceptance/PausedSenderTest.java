package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that sleeps past its deadline between commit and sending, as on a laptop that is closed or a machine that is moved. */
class PausedSenderTest {
    private static final String BETWEEN = "after_commit_1";

    @TempDir
    private Path parent;

    @Test
    void a_sender_that_was_paused_past_its_deadline_never_sends() throws IOException {
        neverSends("cardinity", Map.of(Desk.PAYMENT, "error 402", Desk.CAPTURE, "error 503", Desk.VOID, "error 503", Desk.REFUND, "error 503",
                Desk.COMPLETION, "succeeded"));
    }

    @Test
    void a_sender_of_a_payout_that_was_paused_past_its_deadline_never_sends() throws IOException {
        neverSends("worldline-direct", Map.of(Desk.PAYOUT, "failed"));
    }

    /** @param ends how each operation ends; the challenge is open again, so the payer's second way back completes it */
    private void neverSends(String provider, Map<String, String> ends) throws IOException {
        // Of several, the next one would be asked: nothing was sent.
        try (CrashWorld world = CrashWorld.with(provider, parent)) {
            Clients clients = Clients.of(world, 0);
            List<String> operations = List.copyOf(ends.keySet());
            var desk = new Desk(world, clients, operations);
            operations.forEach(operation -> world.stopAt(operation + "." + BETWEEN));
            List<CompletableFuture<Void>> underWay = operations.stream().map(desk::begin).toList();
            operations.forEach(operation -> world.awaitStopped(operation + "." + BETWEEN));
            List<String> before = Truth.sent(world.sandboxUrl());

            world.server().signal("STOP");
            world.stopNowhere();
            awaitDeadlines(world.books());
            world.server().signal("CONT");
            underWay.forEach(CompletableFuture::join);

            assertThat(Truth.sent(world.sandboxUrl())).isEqualTo(before);
            world.awaitSettled();
            var outcomes = new TreeMap<String, String>();
            operations.forEach(operation -> outcomes.put(operation, desk.outcome(operation)));
            assertThat(outcomes).isEqualTo(ends);
            clients.hearAll();
            world.assertSound(clients);
        }
    }

    private static void awaitDeadlines(Books books) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(() ->
                books.count("charge where state in ('pending', 'completing') and send_before > now()") == 0
                        && books.count("charge_operation where state = 'pending' and send_before > now()") == 0
                        && books.count("refund where state = 'submitting' and send_before > now()") == 0
                        && books.count("payout where state = 'pending' and send_before > now()") == 0);
    }
}
