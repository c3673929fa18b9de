package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server's JVM takes after much work, and, for information, how fast the work was with everything on this machine. */
class MemoryTest {
    private static final int PAYMENTS = 10_000;
    private static final int CLIENTS = 16;
    private static final long RESIDENT_MB_MAX = 400;

    @TempDir
    private Path parent;

    @Test
    void ten_thousand_payments_leave_the_server_below_400_mb() throws IOException {
        Path data = parent.resolve("data");
        try (Server server = Server.start(data)) {
            long[] nanos = new long[PAYMENTS];
            long began = System.nanoTime();
            assertThat(pay(server, nanos)).as("payments that did not succeed").isZero();
            double seconds = (System.nanoTime() - began) / 1e9;
            Arrays.sort(nanos);
            long resident = residentMb(data);
            System.out.printf("%d payments by %d clients: %.0f/s, p50 %.1f ms, p99 %.1f ms; server's resident memory %d MB%n", PAYMENTS, CLIENTS,
                    PAYMENTS / seconds, nanos[PAYMENTS / 2] / 1e6, nanos[PAYMENTS * 99 / 100] / 1e6, resident);
            assertThat(resident).as("resident memory in MB").isLessThan(RESIDENT_MB_MAX);
        }
    }

    /** @return how many failed */
    private static int pay(Server server, long[] nanos) {
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                clients.execute(() -> {
                    // Each with its own card: a payer pays once at a time.
                    String form = "amount=1999&currency=eur&confirm=true&" + savedCard(Merchant.of(server));
                    var merchant = Merchant.of(server);
                    for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                        long began = System.nanoTime();
                        if (!merchant.post("/v1/payment_intents", form).state().equals("succeeded")) {
                            failed.incrementAndGet();
                        }
                        nanos[i] = System.nanoTime() - began;
                    }
                });
            }
        }
        return failed.get();
    }

    private static String savedCard(Merchant merchant) {
        String customer = merchant.post("/v1/customers", "name=Ada").id();
        return "customer=" + customer + "&payment_method=" + merchant.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer).id();
    }

    private static long residentMb(Path data) throws IOException {
        long pid = Server.processes(data).stream()
                .filter(it -> it.info().commandLine().orElse("").contains("bezant-server.jar"))
                .mapToLong(ProcessHandle::pid).findFirst().orElseThrow();
        String line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    }
}
