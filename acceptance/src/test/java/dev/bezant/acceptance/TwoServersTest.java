package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database and one vault directory; nothing happens twice, and one goes on when the other dies. */
class TwoServersTest {
    private static final int CLIENTS = 8;
    private static final int DUPLICATES = 20;

    private final long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));

    @TempDir
    private Path parent;

    @Test
    void two_servers_on_one_database_do_nothing_twice() throws Exception {
        // As payers see them they are one, so both answer with the same addresses.
        Files.writeString(parent.resolve("bezant.properties"), "server.public_url = https://pay.example\n");
        try (CrashWorld world = CrashWorld.start(parent)) {
            // The setting halves what each node may have under way at the provider.
            world.books().change("update provider_account set settings = settings || '{\"nodes\": 2}'");
            Server second = second(world);
            try {
                List<Call.Endpoint> endpoints = List.of(world.endpoint(), new Call.Endpoint(second.variable("BEZANT_URL"), world.key()));
                Clients clients = new Clients(endpoints, () -> {}, seed, false).start(CLIENTS);
                clients.awaitBegun(100);
                sendToBoth(clients, endpoints);
                second.kill();
                clients.awaitBegun(100);
                clients.stop();
                world.awaitSettled();
                clients.hearAll();
                System.out.printf("seed %d: %d requests, %d of them cut, %d payments%n", seed, clients.calls().size(), clients.cut(), world.books().count("charge"));
                world.assertSound(clients);
                assertThat(world.books().unproved()).isZero();
            } finally {
                second.close();
            }
        }
    }

    /** The same request with the same key to both nodes in the same moment. */
    private static void sendToBoth(Clients clients, List<Call.Endpoint> endpoints) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < DUPLICATES; i++) {
                Call call = clients.known(new Call("/v1/payment_intents", Map.of("amount", "700", "currency", "eur", "confirm", "true",
                        "payment_method", "pm_card_visa", "metadata[call]", "both-" + i)));
                endpoints.forEach(endpoint -> work.add(() -> call.send(endpoint).isPresent()));
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                done.get();
            }
        }
    }

    private Server second(CrashWorld world) throws IOException {
        Path data = Files.createDirectory(parent.resolve("second"));
        Files.createSymbolicLink(data.resolve("vault"), world.data().resolve("vault"));
        Shell shell = world.shell().with("BEZANT_DATABASE_USER", "bezant").with("BEZANT_DATABASE_PASSWORD", world.books().password());
        Server server = Server.launch(shell, data, "--database", world.books().url(), "--no-sandbox", "--port", "0");
        server.awaitReady();
        return server;
    }
}
