package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills at random moments under load, back to back, settled once at the end. Replayed with {@code -Dbezant.seed=...}. */
abstract class RandomKillSuite {
    private static final int CLIENTS = 12;
    /** Few enough that kills follow each other before anything is settled, many enough that something was resolved in between. */
    private static final int REQUESTS_BETWEEN_KILLS = 100;
    private static final int LONG = 200;

    private final String provider;
    private final int kills;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path parent;

    /** @param kills as many as fit a short suite; there are 200 in the long one */
    RandomKillSuite(String provider, int kills) {
        this.provider = provider;
        this.kills = kills;
    }

    @Test
    void random_kills_under_load_lose_and_double_nothing() throws IOException {
        kill(kills);
    }

    @Test
    @Tag("long")
    void two_hundred_random_kills_under_load_lose_and_double_nothing() throws IOException {
        kill(LONG);
    }

    private void kill(int times) throws IOException {
        long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));
        long began = System.nanoTime();
        try (CrashWorld world = CrashWorld.with(provider, parent)) {
            Clients clients = Clients.of(world, seed).start(CLIENTS);
            var random = new Random(seed);
            for (int i = 0; i < times; i++) {
                clients.awaitBegun(1 + random.nextInt(REQUESTS_BETWEEN_KILLS));
                world.kill();
                world.startAgain();
            }
            clients.stop();
            long killed = System.nanoTime();
            long open = world.books().unresolved();
            world.awaitSettled();
            clients.hearAll();
            long unproved = world.books().unproved();
            System.out.printf("%s, seed %d: %d kills, %d requests, %d of them cut, %d payments, %d open after the last kill, %d proved absent, %d unproved; %d s + %d s%n",
                    provider, seed, times, clients.calls().size(), clients.cut(), world.books().count("charge"), open,
                    world.books().count("charge where failure->>'provider_text' like 'Proved absent%'"), unproved,
                    Duration.ofNanos(killed - began).toSeconds(), Duration.ofNanos(System.nanoTime() - killed).toSeconds());
            world.assertSound(clients);
            assertThat(unproved).isZero();
        }
    }
}
