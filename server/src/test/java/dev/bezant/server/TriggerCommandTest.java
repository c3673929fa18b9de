package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.ops.CommandLineTree;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trigger} against a running server, as a person types it. */
class TriggerCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_type_that_is_listed_happens() {
        assertThat(run("trigger", "--list")).isZero();
        List<String> types = out.toString().lines().toList();
        assertThat(types).hasSizeGreaterThan(25).contains("payment_intent.succeeded", "charge.dispute.closed");
        try (PaymentWorld world = PaymentWorld.setup().providers("cardinity", "worldline-direct").disputePause(Duration.ofMillis(200)).takingEvidence().start()) {
            for (String type : types) {
                out.getBuffer().setLength(0);
                assertThat(trigger(world, type)).as(type + ": " + err).isZero();
                String[] told = out.toString().strip().split(" ");
                assertThat(told[1]).isEqualTo(type);
                var event = world.get("/v1/events/" + told[0]);
                assertThat(event.text("/type")).isEqualTo(type);
                assertThat(event.text("/data/object/id")).isEqualTo(told[2]);
            }
        }
    }

    @Test
    void mistakes_are_told_and_nothing_happens() {
        try (PaymentWorld world = PaymentWorld.setup().withoutSettling().start()) {
            assertThat(trigger(world, "payment_intent.suceeded")).isEqualTo(2);
            assertThat(err.toString()).contains("payment_intent.suceeded", "trigger --list");
            assertThat(run("trigger", "--url", world.url(), "--secret-key", PaymentWorld.SECRET, "--data", directory.toString())).isEqualTo(2);
            assertThat(run("trigger", "customer.created", "--url", world.url(), "--secret-key", "sk_live_world", "--data", directory.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("test mode");
            assertThat(run("trigger", "customer.created", "--url", world.url(), "--secret-key", "sk_test_nobody", "--data", directory.toString())).isEqualTo(1);
            assertThat(world.get("/v1/events").body().path("data")).isEmpty();
        }
        assertThat(run("trigger", "customer.created", "--url", "http://127.0.0.1:1", "--secret-key", PaymentWorld.SECRET, "--data", directory.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot be reached");
    }

    private int trigger(PaymentWorld world, String type) {
        return run("trigger", type, "--url", world.url(), "--secret-key", PaymentWorld.SECRET, "--data", directory.toString());
    }

    private int run(String... command) {
        return CommandLineTree.execute(List.of(command), Wiring::new, new PrintWriter(out), new PrintWriter(err));
    }
}
