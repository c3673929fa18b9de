package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes beside the server die under load: its database, its provider. */
class NeighbourKillTest {
    private static final int CLIENTS = 8;

    private final long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));

    @TempDir
    private Path parent;

    @Test
    void a_killed_database_loses_nothing_that_was_told() throws IOException {
        try (CrashWorld world = CrashWorld.start(parent)) {
            Clients clients = Clients.of(world, seed).start(CLIENTS);
            clients.awaitBegun(60);
            Signals.send("KILL", world.books().postmasterPid());
            // Until requests fail, so that some have lost the database between their commits.
            await().atMost(Duration.ofSeconds(60)).until(() -> Http.get(world.url() + "/v1/payment_intents", world.key()).status() >= 500);
            world.kill();
            world.startAgain();
            clients.awaitBegun(60);
            finish(world, clients);
        }
    }

    @Test
    void a_killed_sandbox_keeps_its_truth_and_the_server_goes_on_with_it() throws IOException {
        String port = String.valueOf(CrashWorld.freePorts(5));
        try (CrashWorld world = CrashWorld.start(parent, "--sandbox-port", port)) {
            Clients clients = Clients.of(world, seed).start(CLIENTS);
            clients.awaitBegun(60);
            ProcessHandle sandbox = sandbox(world);
            var command = new ArrayList<>(List.of(sandbox.info().command().orElseThrow()));
            command.addAll(List.of(sandbox.info().arguments().orElseThrow()));
            sandbox.destroyForcibly();
            sandbox.onExit().join();
            clients.awaitBegun(40);
            Process again = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try {
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> Http.get(world.sandboxUrl() + "/control/ledger", null).status() == 200);
                clients.awaitBegun(60);
                finish(world, clients);
                assertThat(world.server().alive()).isTrue();
            } finally {
                again.destroyForcibly();
            }
        }
    }

    private static ProcessHandle sandbox(CrashWorld world) {
        return Server.processes(world.data()).stream()
                .filter(process -> process.info().commandLine().orElse("").contains("bezant-sandbox.jar"))
                .findFirst()
                .orElseThrow();
    }

    private void finish(CrashWorld world, Clients clients) {
        clients.stop();
        world.awaitSettled();
        clients.hearAll();
        System.out.printf("seed %d: %d requests, %d payments, %d unproved%n", seed, clients.calls().size(), world.books().count("charge"), world.books().unproved());
        world.assertSound(clients);
        assertThat(world.books().unproved()).isZero();
    }
}
