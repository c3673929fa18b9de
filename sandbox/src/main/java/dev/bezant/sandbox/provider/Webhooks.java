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
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
     */
    public record Message(String provider, String account, String event, URI url, Map<String, String> headers, String body,
            @Nullable String signatureHeader, @Nullable String signature, @Nullable String badBody) {}

    /** Most deliveries that wait for one account; beyond it new ones are dropped. */
    public static final int WAITING_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final List<Duration> RETRIES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30),
            Duration.ofMinutes(5), Duration.ofMinutes(30));
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
        attempt(wanted, 0);
        if (struck(faults, FaultKind.WEBHOOK_DUPLICATE) != null) {
            attempt(wanted, 0);
        }
    }

    private static @Nullable Fault struck(List<Fault> faults, FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst().orElse(null);
    }

    private void attempt(Waiting waiting, int retries) {
        if (closed || waiting.generation() != generation.get() || post(waiting) || retries >= RETRIES.size()) {
            return;
        }
        Thread.ofVirtual().name("webhook-retry").start(() -> {
            try {
                Thread.sleep(RETRIES.get(retries));
                attempt(waiting, retries + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean post(Waiting waiting) {
        var message = waiting.message();
        try {
            var badBody = message.badBody();
            var body = waiting.badSignature() && badBody != null ? badBody : message.body();
            var request = HttpRequest.newBuilder(message.url()).timeout(ANSWER_TIME_MAX).POST(HttpRequest.BodyPublishers.ofString(body));
            message.headers().forEach(request::header);
            if (message.signatureHeader() != null && message.signature() != null) {
                request.header(message.signatureHeader(), waiting.badSignature() ? "0".repeat(64) : message.signature());
            }
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
