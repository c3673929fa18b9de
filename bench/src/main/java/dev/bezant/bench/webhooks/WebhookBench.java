package dev.bezant.bench.webhooks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** {@code ./bezant bench webhooks}. */
public final class WebhookBench {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** More would wait in the API instead of here. */
    private static final int REQUESTS_MAX = 64;

    private final Options options;
    private final BenchServer server;
    private final Receivers receivers;
    private final PrintStream out;

    private WebhookBench(Options options, BenchServer server, Receivers receivers, PrintStream out) {
        this.options = options;
        this.server = server;
        this.receivers = receivers;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        Options options;
        try {
            if (args.length > 0 && args[0].equals("--help")) {
                System.out.println(Options.USAGE);
                return;
            }
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bezant: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        try (Receivers receivers = Receivers.open(); BenchServer server = BenchServer.start()) {
            new WebhookBench(options, server, receivers, System.out).run();
        }
        // The client's own threads would keep the process for a while.
        System.exit(0);
    }

    private void run() {
        List<String> endpoints = new ArrayList<>();
        for (int i = 0; i < options.endpoints(); i++) {
            endpoints.add(server.post("/v1/webhook_endpoints", Map.of("url", receivers.url(i), "enabled_events[]", "customer.created", "max_concurrency", "20")));
        }
        atRate(WARM_UP.toSeconds());
        receivers.takeDelays();
        sustained();
        backlog(endpoints);
    }

    private void sustained() {
        long before = receivers.arrived();
        long began = System.nanoTime();
        long expected = atRate(options.seconds());
        double seconds = (System.nanoTime() - began) / 1e9;
        receivers.settleEarly();
        long[] delays = receivers.takeDelays();
        out.printf("%d deliveries of %d events to %d endpoints in %.1f s: %.0f/s sustained; from before the request to the arrival p50 %.0f ms, p99 %.0f ms, "
                        + "longest %.0f ms; %d missing%n", receivers.arrived() - before, expected / options.endpoints(), options.endpoints(), seconds,
                expected / seconds, at(delays, 0.5), at(delays, 0.99), at(delays, 1), expected - (receivers.arrived() - before));
    }

    /** Events as fast as is asked, and waits until all have arrived. @return how many deliveries */
    private long atRate(long seconds) {
        long events = Math.max(1, (long) options.rate() * seconds / options.endpoints());
        long expected = receivers.arrived() + events * options.endpoints();
        long nanosEach = Duration.ofSeconds(seconds).toNanos() / events;
        long began = System.nanoTime();
        var free = new Semaphore(REQUESTS_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < events; i++) {
                LockSupport.parkNanos(began + i * nanosEach - System.nanoTime());
                free.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        long at = System.nanoTime();
                        receivers.begun(server.post("/v1/customers", Map.of("name", "Ada")), at);
                    } finally {
                        free.release();
                    }
                });
            }
        }
        await(expected);
        return events * options.endpoints();
    }

    /** What piles up while the endpoints are disabled. */
    private void backlog(List<String> endpoints) {
        endpoints.forEach(id -> server.post("/v1/webhook_endpoints/" + id, Map.of("disabled", "true")));
        long events = Math.max(1, options.backlog() / options.endpoints());
        long before = receivers.arrived();
        var free = new Semaphore(REQUESTS_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < events; i++) {
                free.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        server.post("/v1/customers", Map.of("name", "Ada"));
                    } finally {
                        free.release();
                    }
                });
            }
        }
        long began = System.nanoTime();
        endpoints.forEach(id -> server.post("/v1/webhook_endpoints/" + id, Map.of("disabled", "false")));
        await(before + events * options.endpoints());
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf("A backlog of %d deliveries ran off in %.1f s: %.0f/s%n", events * options.endpoints(), seconds, events * options.endpoints() / seconds);
    }

    private void await(long arrived) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (receivers.arrived() < arrived) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("Only " + receivers.arrived() + " of " + arrived + " deliveries arrived within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    /** In milliseconds. */
    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1e6;
    }
}
