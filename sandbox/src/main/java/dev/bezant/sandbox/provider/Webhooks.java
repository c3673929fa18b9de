package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.world.Fault;
import dev.bezant.sandbox.world.FaultKind;
import dev.bezant.sandbox.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what providers push to merchants: in order per account, again on failure, with the webhook faults. Deliveries live in memory
 * only and end with the process or a reset. Thread-safe.
 */
public final class Webhooks implements AutoCloseable {
    /**
     * One POST to a merchant.
     *
     * @param event what faults name it by
     * @param headers without the signature
     * @param signatureHeader null if the signature is elsewhere
     * @param badBody what to send instead when the signature must not verify and is not in a header
     * @param persistence how it goes on when the merchant does not accept it
     */
    public record Message(String provider, String account, String event, URI url, Map<String, String> headers, String body,
            @Nullable String signatureHeader, @Nullable String signature, @Nullable String badBody, Persistence persistence) {

        public Message(String provider, String account, String event, URI url, Map<String, String> headers, String body,
                @Nullable String signatureHeader, @Nullable String signature, @Nullable String badBody) {
            this(provider, account, event, url, headers, body, signatureHeader, signature, badBody, Persistence.STANDARD);
        }
    }

    /**
     * How often a message is sent, and what the merchant must say to end it.
     *
     * @param attemptsMax the first one included
     * @param pause after so many attempts, until the next
     * @param sandboxTime whether the pauses pass with the sandbox's clock, which tests move, or with the wall clock
     * @param accepted the HTTP statuses that end it
     * @param headers of an attempt, by how many went before
     */
    public record Persistence(int attemptsMax, IntFunction<Duration> pause, boolean sandboxTime, IntPredicate accepted,
            IntFunction<Map<String, String>> headers) {
        private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30),
                Duration.ofMinutes(5), Duration.ofMinutes(30));

        /** Six attempts within 36 minutes, until any 2xx. */
        public static final Persistence STANDARD = new Persistence(PAUSES.size() + 1, attempts -> PAUSES.get(attempts - 1), false,
                status -> status >= 200 && status < 300, _ -> Map.of());
    }

    /** Most deliveries that wait for one account; beyond it new ones are dropped. */
    public static final int WAITING_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration LOOK_AT_CLOCK = Duration.ofMillis(100);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(15);

    private record Lane(String provider, String account) {}

    private record Waiting(Message message, boolean badSignature, long generation) {}

    private final World world;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<Lane, BlockingQueue<Waiting>> lanes = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile boolean closed;

    public Webhooks(World world) {
        this.world = world;
        world.onReset(generation::incrementAndGet);
    }

    /** Queues a message and returns at once. */
    public void send(Message message) {
        var lane = lanes.computeIfAbsent(new Lane(message.provider(), message.account()), this::open);
        if (!lane.offer(new Waiting(message, false, generation.get()))) {
            LOG.warn("Dropped webhook {} for {}: {} are waiting already", message.event(), message.account(), WAITING_MAX);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }

    private BlockingQueue<Waiting> open(Lane lane) {
        var queue = new LinkedBlockingQueue<Waiting>(WAITING_MAX);
        Thread.ofVirtual().name("webhooks-" + lane.provider() + "-" + lane.account()).start(() -> run(queue));
        return queue;
    }

    private void run(BlockingQueue<Waiting> queue) {
        try {
            while (!closed) {
                deliver(queue.take(), queue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Waiting waiting, BlockingQueue<Waiting> queue) throws InterruptedException {
        var message = waiting.message();
        var faults = world.faults().strikingWebhook(message.provider(), message.account(), message.event());
        if (struck(faults, FaultKind.WEBHOOK_DROP) != null) {
            return;
        }
        var delay = struck(faults, FaultKind.WEBHOOK_DELAY);
        if (delay != null) {
            Thread.sleep(delay.terms().delayMs());
        }
        var reorder = struck(faults, FaultKind.WEBHOOK_REORDER);
        if (reorder != null) {
            var next = queue.poll(reorder.terms().delayMs(), TimeUnit.MILLISECONDS);
            if (next != null) {
                deliver(next, queue);
            }
        }
        var wanted = new Waiting(message, struck(faults, FaultKind.WEBHOOK_BAD_SIGNATURE) != null, waiting.generation());
        attempt(wanted, 1);
        if (struck(faults, FaultKind.WEBHOOK_DUPLICATE) != null) {
            attempt(wanted, 1);
        }
    }

    private static @Nullable Fault struck(List<Fault> faults, FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst().orElse(null);
    }

    private void attempt(Waiting waiting, int number) {
        var persistence = waiting.message().persistence();
        if (isStale(waiting) || post(waiting, number) || number >= persistence.attemptsMax()) {
            return;
        }
        var due = now(persistence).plus(persistence.pause().apply(number));
        Thread.ofVirtual().name("webhook-retry").start(() -> {
            try {
                if (reached(due, waiting)) {
                    attempt(waiting, number + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean isStale(Waiting waiting) {
        return closed || waiting.generation() != generation.get();
    }

    private Instant now(Persistence persistence) {
        return persistence.sandboxTime() ? world.clock().instant() : world.clock().wallTime();
    }

    /** False if the message has become stale meanwhile. The clock may be moved, so it is looked at again and again. */
    private boolean reached(Instant due, Waiting waiting) throws InterruptedException {
        while (!isStale(waiting)) {
            var left = Duration.between(now(waiting.message().persistence()), due);
            if (!left.isPositive()) {
                return true;
            }
            Thread.sleep(left.compareTo(LOOK_AT_CLOCK) < 0 ? left : LOOK_AT_CLOCK);
        }
        return false;
    }

    private boolean post(Waiting waiting, int number) {
        var message = waiting.message();
        try {
            var badBody = message.badBody();
            var body = waiting.badSignature() && badBody != null ? badBody : message.body();
            var request = HttpRequest.newBuilder(message.url()).timeout(ANSWER_TIME_MAX).POST(HttpRequest.BodyPublishers.ofString(body));
            message.headers().forEach(request::header);
            message.persistence().headers().apply(number - 1).forEach(request::header);
            if (message.signatureHeader() != null && message.signature() != null) {
                request.header(message.signatureHeader(), waiting.badSignature() ? spoiled(message.signature()) : message.signature());
            }
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            return message.persistence().accepted().test(status);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Another signature of the same form, be it hexadecimal or base64: what is only malformed is too easily refused. */
    private static String spoiled(String signature) {
        return (signature.startsWith("0") ? '1' : '0') + signature.substring(1);
    }
}
