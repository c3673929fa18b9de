package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.ops.Forwarder.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session of {@code listen}: fetches, forwards, acknowledges, until it is asked to stop.
 *
 * <p>What was forwarded and could not be acknowledged comes again: at least once, as from a server.
 */
final class Listening {
    /** What is printed. */
    enum Format {
        TEXT,
        JSON
    }

    private static final int WAIT_SECONDS = 20;
    /** In hand at once. */
    private static final int HELD_MAX = 100;
    private static final Duration[] AGAIN_AFTER = {Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(15)};
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(500);
    private static final Duration RECONNECT_LONGEST = Duration.ofSeconds(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ApiClient api;
    private final ObjectNode request;
    private final @Nullable Forwarder forwarder;
    private final Format format;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private volatile String listener = "";
    private volatile boolean stopping;

    /**
     * @param request what makes the listener
     * @param forwarder null = events are only shown
     */
    Listening(ApiClient api, ObjectNode request, @Nullable Forwarder forwarder, Format format, PrintWriter out, PrintWriter err) {
        this.api = api;
        this.request = request;
        this.forwarder = forwarder;
        this.format = format;
        this.out = out;
        this.err = err;
    }

    /** Belongs to the key, so that it has to be told to a program only once; who knows it does not know the key. */
    static Secret secretOf(Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            BigInteger number = new BigInteger(1, mac.doFinal("what bezant listen signs with".getBytes(StandardCharsets.UTF_8)));
            return Secret.of("whsec_" + base62(number));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Stop {
        void await() throws InterruptedException;
    }

    /**
     * Goes on until the stop comes.
     *
     * @throws CommandException if the server refuses
     */
    void run(Stop stop) {
        Thread fetching = Thread.currentThread();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                stop.await();
                stopping = true;
                fetching.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            Duration pause = RECONNECT_FIRST;
            while (!stopping) {
                pause = round(pause);
            }
        } finally {
            waiting.interrupt();
            leave();
        }
    }

    /** @return how long to pause if the next round fails too */
    private Duration round(Duration pause) {
        try {
            if (listener.isEmpty()) {
                listener = api.post("/v1/listeners", request).path("id").asString();
            }
            handle(api.get("/v1/listeners/" + listener + "/deliveries?wait=" + WAIT_SECONDS + "&limit=" + Math.max(1, HELD_MAX - held.size())
                    + held.stream().map(id -> "&held%5B%5D=" + id).collect(Collectors.joining())).path("data"));
            return RECONNECT_FIRST;
        } catch (ApiClient.RefusedException e) {
            if (e.status() == 404 && !listener.isEmpty()) {
                tell("The server has forgotten this listener; beginning anew");
                listener = "";
                return pause;
            }
            if (!e.passing()) {
                throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
            return again(String.valueOf(e.getMessage()), pause);
        } catch (IOException e) {
            return again("the server does not answer (" + e.getMessage() + ")", pause);
        }
    }

    private Duration again(String why, Duration pause) {
        if (!stopping) {
            tell("Trying again: " + why);
            pause(pause);
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(RECONNECT_LONGEST) > 0 ? RECONNECT_LONGEST : longer;
    }

    /** Those of one object one after the other, the others beside them. */
    private void handle(JsonNode deliveries) {
        Map<String, List<JsonNode>> byObject = new LinkedHashMap<>();
        for (JsonNode delivery : deliveries) {
            held.add(delivery.path("id").asString());
            byObject.computeIfAbsent(delivery.path("object_id").asString(), it -> new ArrayList<>()).add(delivery);
        }
        byObject.values().forEach(line -> Thread.ofVirtual().start(() -> line.forEach(this::forward)));
        while (held.size() >= HELD_MAX && !stopping) {
            pause(RECONNECT_FIRST);
        }
    }

    private void forward(JsonNode delivery) {
        String payload = delivery.path("payload").asString();
        Answer answer = new Answer(200, "", null, Duration.ZERO);
        if (forwarder != null) {
            answer = forwarder.forward(payload);
            for (int tries = 0; answer.status() == null && tries < AGAIN_AFTER.length && !stopping; tries++) {
                tell("No answer for " + delivery.path("event").asString() + ", trying again: " + answer.error());
                pause(AGAIN_AFTER[tries]);
                answer = forwarder.forward(payload);
            }
        }
        if (stopping && answer.status() == null) {
            return;
        }
        show(delivery, answer);
        acknowledge(delivery.path("id").asString(), answer);
    }

    private void acknowledge(String id, Answer answer) {
        ObjectNode one = Json.object().put("id", id).put("status_code", answer.status()).put("duration_ms", answer.took().toMillis())
                .put("response_body", answer.body()).put("error", answer.error());
        ObjectNode body = Json.object();
        body.set("deliveries", Json.array(List.of(one)));
        for (Duration pause = RECONNECT_FIRST; !stopping; pause = pause.multipliedBy(2)) {
            try {
                api.post("/v1/listeners/" + listener + "/acknowledge", body);
                break;
            } catch (ApiClient.RefusedException e) {
                if (!e.passing()) {
                    break;
                }
            } catch (IOException e) {
                // The server is away; whoever fetches tells so.
            }
            pause(pause.compareTo(RECONNECT_LONGEST) > 0 ? RECONNECT_LONGEST : pause);
        }
        held.remove(id);
    }

    private synchronized void show(JsonNode delivery, Answer answer) {
        if (format == Format.JSON) {
            ObjectNode line = Json.object();
            line.put("status_code", answer.status());
            line.put("duration_ms", answer.took().toMillis());
            line.put("error", answer.error());
            line.set("event", Json.read(delivery.path("payload").asString()));
            out.println(Json.write(line));
        } else {
            String result = forwarder == null ? "" : answer.status() == null ? " none" : "  " + answer.status();
            out.println(TIME.format(LocalTime.ofInstant(clock.instant(), clock.getZone())) + result + "  " + delivery.path("event_type").asString() + "  "
                    + delivery.path("event").asString() + (forwarder == null ? "" : "  " + answer.took().toMillis() + " ms")
                    + (answer.error() == null ? "" : "  " + answer.error()));
        }
        out.flush();
    }

    private synchronized void tell(String what) {
        err.println(what);
        err.flush();
    }

    /** One without a name is of no use to anybody any more. */
    private void leave() {
        if (!request.has("name") && !listener.isEmpty()) {
            Thread.interrupted();
            try {
                api.delete("/v1/listeners/" + listener);
            } catch (IOException | ApiClient.RefusedException e) {
                // The server forgets it by itself.
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String base62(BigInteger number) {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < 32; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(alphabet.length()));
            text.append(alphabet.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return text.toString();
    }
}
