package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL while one operation of every kind stands at the same named point; then the same again with their keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillAtPointSuite {
    private static final Map<String, String> DONE = Map.of(
            Desk.PAYMENT, "succeeded", Desk.CAPTURE, "succeeded", Desk.VOID, "canceled", Desk.REFUND, "succeeded", Desk.PAYOUT, "paid", Desk.COMPLETION, "succeeded");

    private static final Map<String, String> CHALLENGED = Map.of("payment_method", "pm_card_authenticationRequired");
    private static final Map<String, String> IDEAL = Map.of("payment_method_types[]", "ideal", "payment_method_data[type]", "ideal",
            "return_url", "https://shop.example/back");

    private final String provider;
    private final Map<String, String> unsent;
    private final String unheard;
    /** Those that the provider has. */
    private final List<String> operations;
    private final Map<String, String> done;
    private final boolean takesIdeal;
    private CrashWorld world;

    /** @param unsent how operations end that were committed and not sent; the challenge is open again, so the payer's second way back completes it */
    KillAtPointSuite(String provider, Map<String, String> unsent) {
        this(provider, unsent, "succeeded", false);
    }

    /**
     * @param unheard how a payment ends whose answer nobody stored
     * @param takesIdeal whether iDEAL can be paid with
     */
    KillAtPointSuite(String provider, Map<String, String> unsent, String unheard, boolean takesIdeal) {
        this.takesIdeal = takesIdeal;
        this.provider = provider;
        this.unsent = unsent;
        this.unheard = unheard;
        this.operations = Desk.OPERATIONS.stream().filter(unsent::containsKey).toList();
        this.done = operations.stream().collect(Collectors.toMap(operation -> operation, DONE::get));
    }

    @BeforeAll
    void start(@TempDir Path parent) {
        world = CrashWorld.with(provider, parent);
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void killed_before_the_first_commit_nothing_happened_and_the_repeat_does_it() throws IOException {
        assertThat(outcomesAfterKill("before_commit_1", operations)).isEqualTo(done);
    }

    @Test
    void killed_after_the_first_commit_what_was_not_sent_is_proved_absent_or_sent() throws IOException {
        assertThat(outcomesAfterKill("after_commit_1", operations)).isEqualTo(unsent);
    }

    @Test
    void killed_after_sending_what_was_done_is_found_or_taken_back() throws IOException {
        var expected = new TreeMap<>(done);
        expected.keySet().retainAll(List.of(Desk.PAYMENT, Desk.PAYOUT));
        expected.put(Desk.PAYMENT, unheard);
        assertThat(outcomesAfterKill("after_sending", List.copyOf(expected.keySet()))).isEqualTo(expected);
    }

    @Test
    void killed_before_the_second_commit_what_was_done_is_found_or_taken_back() throws IOException {
        var expected = new TreeMap<>(done);
        expected.put(Desk.PAYMENT, unheard);
        assertThat(outcomesAfterKill("before_commit_2", operations)).isEqualTo(expected);
    }

    @Test
    void killed_before_the_answer_the_repeat_gets_it() throws IOException {
        assertThat(outcomesAfterKill("after_commit_2", operations)).isEqualTo(done);
    }

    /** The payer has paid on the method's own site, and stands at our door when the server dies. */
    @ParameterizedTest
    @ValueSource(strings = {"before_commit_1", "after_commit_1", "before_commit_2", "after_commit_2"})
    void killed_while_a_payer_returns_from_a_site_the_payment_is_made_once(String point) throws IOException {
        if (takesIdeal) {
            assertThat(outcomesAfterKill(point, List.of(Desk.COMPLETION), IDEAL)).isEqualTo(Map.of(Desk.COMPLETION, "succeeded"));
        }
    }

    /** The audit after it sees to it that tables and truth agree and that nothing moved twice. */
    Map<String, String> outcomesAfterKill(String point, List<String> operations) throws IOException {
        return outcomesAfterKill(point, operations, CHALLENGED);
    }

    private Map<String, String> outcomesAfterKill(String point, List<String> operations, Map<String, String> away) throws IOException {
        Clients clients = Clients.of(world, 0);
        var desk = new Desk(world, clients, this.operations, away);
        operations.forEach(operation -> world.stopAt(operation + "." + point));
        for (String operation : operations) {
            // What its client is told is compared after the restart.
            Future<?> _ = desk.begin(operation);
        }
        operations.forEach(operation -> world.awaitStopped(operation + "." + point));
        world.kill();
        world.stopNowhere();
        world.startAgain();
        world.awaitSettled();
        var outcomes = new TreeMap<String, String>();
        operations.forEach(operation -> outcomes.put(operation, desk.outcome(operation)));
        clients.hearAll();
        world.assertSound(clients);
        return outcomes;
    }
}
