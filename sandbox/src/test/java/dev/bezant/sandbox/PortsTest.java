package dev.bezant.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.world.SandboxException;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void every_provider_has_its_port_at_a_fixed_distance_from_the_control_api() {
        long seed = System.nanoTime();
        try (var sandbox = startSomewhere(new Random(seed))) {
            int control = sandbox.controlUri().getPort();
            assertThat(sandbox.providerUris()).as("seed %d", seed)
                    .hasEntrySatisfying("cardinity", uri -> assertThat(uri.getPort()).isEqualTo(control + 1))
                    .hasEntrySatisfying("worldline-acquiring", uri -> assertThat(uri.getPort()).isEqualTo(control + 3))
                    .hasEntrySatisfying("corefy", uri -> assertThat(uri.getPort()).isEqualTo(control + 4));
        }
    }

    /** Other programs have ports too: where one of the wanted ones is taken, elsewhere. */
    private static Sandbox startSomewhere(Random random) {
        SandboxException last = null;
        for (int i = 0; i < 20; i++) {
            try {
                return Sandbox.start(new Sandbox.Options(20_000 + random.nextInt(12_000), null, null), Clock.systemUTC());
            } catch (SandboxException e) {
                last = e;
            }
        }
        throw new AssertionError("no free ports", last);
    }
}
