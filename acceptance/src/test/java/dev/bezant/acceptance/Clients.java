package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Merchants under load: payments, declines, captures, voids, refunds, challenges and payouts, each with an idempotency key.
 *
 * <p>A request that is cut is repeated with its key as soon as the server is back. One that is "still running" there is left for the
 * end, so that a server killed again and again finds new work each time.
 */
final class Clients {
    private static final Duration LAST_ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final int REPEATS_MAX = 300;

    private final List<Call.Endpoint> endpoints;
    private final Runnable awaitUp;
    private final long seed;
    private final boolean payOut;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final AtomicInteger cut = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean enough;

    /**
     * @param endpoints each client has its own, and goes to the next one where that dies
     * @param payOut whether they pay out too
     */
    Clients(List<Call.Endpoint> endpoints, Runnable awaitUp, long seed, boolean payOut) {
        this.payOut = payOut;
        this.endpoints = endpoints;
        this.awaitUp = awaitUp;
        this.seed = seed;
    }

    static Clients of(CrashWorld world, long seed) {
        return new Clients(List.of(world.endpoint()), world::awaitUp, seed, world.paysOut());
    }

    Clients start(int count) {
        for (int i = 0; i < count; i++) {
            var client = new Client(i, new Random(seed + i));
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (!enough) {
                        client.trade();
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        return this;
    }

    /** Waits until this many requests more were begun. */
    void awaitBegun(int requests) {
        begun.drainPermits();
        try {
            if (!begun.tryAcquire(requests, 60, TimeUnit.SECONDS)) {
                throw new AssertionError("The clients do not get on; failures: " + failures + ", calls: " + calls.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        assertThat(failures).isEmpty();
    }

    /** Lets everybody finish what they are at. */
    void stop() {
        enough = true;
        for (Thread thread : threads) {
            try {
                assertThat(thread.join(Duration.ofMinutes(2))).as("a client has finished").isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        assertThat(failures).isEmpty();
    }

    /** Repeats what has no answer yet until it has one, and some of what has: it must be the same. */
    void hearAll() {
        List<Call> open = calls.stream().filter(call -> call.told().isEmpty()).toList();
        for (Call call : open) {
            try {
                await().atMost(LAST_ANSWER_WITHIN).pollInterval(Duration.ofMillis(100)).until(() -> call.send(endpoints.getFirst()).isPresent());
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("Never answered for good: " + call, e);
            }
        }
        var repeated = new ArrayList<>(calls);
        Collections.shuffle(repeated, new Random(seed));
        for (Call call : repeated.subList(0, Math.min(REPEATS_MAX, repeated.size()))) {
            try {
                assertThat(call.send(endpoints.getFirst())).as("%s", call).isPresent();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How many requests were cut off by a dying server. */
    int cut() {
        return cut.get();
    }

    /** Sends once or, where the server dies, once more and so on. Empty if the answer has to be asked for later. */
    private Optional<Http.Answer> send(Call call, int preferred) {
        calls.add(call);
        for (int endpoint = preferred; ; endpoint++) {
            begun.release();
            try {
                return call.send(endpoints.get(endpoint % endpoints.size()));
            } catch (IOException e) {
                cut.incrementAndGet();
                awaitUp.run();
                if (enough) {
                    return Optional.empty();
                }
            }
        }
    }

    private final class Client {
        private final int endpoint;
        private final Random random;
        /** Paid, and refunded at most twice. */
        private final List<JsonNode> paid = new ArrayList<>();

        Client(int endpoint, Random random) {
            this.endpoint = endpoint;
            this.random = random;
        }

        /** One thing that a merchant does. */
        void trade() {
            int what = random.nextInt(100);
            if (what < 40) {
                intent("succeeded", "pm_card_visa").ifPresent(paid::add);
            } else if (what < 48) {
                intent("never", "pm_card_chargeDeclined");
            } else if (what < 64) {
                authorized().ifPresent(intent -> post("/v1/payment_intents/" + intent.path("id").asString() + "/capture", Map.of()));
            } else if (what < 76) {
                authorized().ifPresent(intent -> post("/v1/payment_intents/" + intent.path("id").asString() + "/cancel", Map.of()));
            } else if (what < 90) {
                refund();
            } else if (what < 96 || !payOut) {
                intent("requires_action", "pm_card_authenticationRequired").ifPresent(this::challenge);
            } else {
                post("/v1/payouts", Map.of("amount", String.valueOf(100 + random.nextInt(10_000)), "currency", "eur", "destination", "pm_card_visa"));
            }
        }

        private void refund() {
            if (!paid.isEmpty()) {
                JsonNode intent = paid.remove(random.nextInt(paid.size()));
                String amount = String.valueOf(1 + random.nextLong(intent.path("amount").asLong() / 2));
                for (int i = 0; i < 2; i++) {
                    post("/v1/refunds", Map.of("payment_intent", intent.path("id").asString(), "amount", amount));
                }
            }
        }

        private void challenge(JsonNode intent) {
            try {
                Payer.complete(intent);
            } catch (IOException e) {
                // The payer gives up; what was begun is settled.
                cut.incrementAndGet();
                awaitUp.run();
            }
        }

        private Optional<JsonNode> authorized() {
            return intent("requires_capture", "pm_card_visa", "capture_method", "manual");
        }

        /** @return the intent, if it was told to be in that status */
        private Optional<JsonNode> intent(String status, String method, String... more) {
            var form = new HashMap<>(Map.of("amount", String.valueOf(100 + random.nextInt(10_000)), "currency", "eur",
                    "payment_method", method, "confirm", "true", "metadata[call]", seed + "-" + random.nextLong()));
            if (more.length > 0) {
                form.put(more[0], more[1]);
            }
            return post("/v1/payment_intents", form).filter(answer -> answer.member("/status").equals(status)).map(Http.Answer::json);
        }

        private Optional<Http.Answer> post(String path, Map<String, String> form) {
            return send(new Call(path, form), endpoint);
        }
    }

    /** Makes one call outside the load, known to the audit like the others. */
    Call known(Call call) {
        calls.add(call);
        return call;
    }
}
