package dev.bezant.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.openapi.ApiDescription;
import dev.bezant.server.ops.Invariants;
import dev.bezant.server.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spoilt requests to every endpoint, over several connections at once: each is answered in the API's own words, and what they leave behind
 * holds together. The seed is printed; {@code -Dbezant.seed=...} repeats it.
 */
class FuzzTest {
    private static final int CONNECTIONS = 6;
    private static final int MISTAKES_MAX = 20;
    /** An answer that takes longer is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> TYPES = Arrays.stream(ErrorCode.Type.values()).map(ErrorCode.Type::wireName).collect(Collectors.toSet());
    private static final List<String> JOBS = List.of("settle", "act upon notices", "follow up", "write the request log", "disputes");

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1};

    private final KnownObjects known = new KnownObjects();
    private final List<String> mistakes = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    /** By endpoint, how many answers were a success. */
    private final Map<String, Integer> successes = new ConcurrentHashMap<>();

    @Test
    void ten_thousand_spoilt_requests_break_nothing() throws InterruptedException, ExecutionException {
        spoil(10_000);
    }

    @Test
    @Tag("long")
    void nor_do_a_hundred_thousand() throws InterruptedException, ExecutionException {
        spoil(100_000);
    }

    private void spoil(int requests) throws InterruptedException, ExecutionException {
        long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));
        long began = System.nanoTime();
        try (PaymentWorld world = PaymentWorld.setup().withoutSettling().disputePause(Duration.ofMillis(500)).start()) {
            List<String> endpoints = world.api().routes().stream().map(Route::endpoint).toList();
            ObjectNode document = new ApiDescription(world.api().routes()).document();
            makeObjects(world);
            var valid = new ValidRequests(document, weighted(world.api().routes()), known);
            try (var jobs = Executors.newSingleThreadScheduledExecutor(); var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                var running = jobs.scheduleWithFixedDelay(() -> JOBS.forEach(world::job), 100, 200, TimeUnit.MILLISECONDS);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    var random = new Random(seed * CONNECTIONS + i);
                    all.add(clients.submit(() -> send(world, valid, random, requests / CONNECTIONS)));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                if (running.isDone()) {
                    // A job that failed is not run again: this tells why.
                    running.get();
                }
                running.cancel(false);
            }
            System.out.printf("seed %d: %d requests in %d s, by status %s, endpoints without success %s%n", seed, requests,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(), statuses, endpoints.stream().filter(it -> !successes.containsKey(it)).toList());
            assertThat(mistakes).as("seed " + seed).isEmpty();
            assertThat(statuses.getOrDefault(200, 0)).isGreaterThan(requests / 10);
            assertThat(world.pay(1999, "pm_card_visa").text("/status")).isEqualTo("succeeded");
            Awaitility.await("settled").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> world.settled(() -> Invariants.open(world.direct())) == 0);
            assertThat(Invariants.broken(world.direct())).as("seed " + seed).isEmpty();
        }
    }

    /** Where money moves there is more to break. */
    private static List<String> weighted(List<Route> routes) {
        Map<String, Integer> weights = Map.of("POST /v1/payment_intents", 12, "POST /v1/payment_intents/{id}/confirm", 8, "POST /v1/payment_intents/{id}/capture", 4,
                "POST /v1/setup_intents", 4, "POST /v1/refunds", 8, "POST /v1/payment_methods", 4);
        return routes.stream().map(Route::endpoint).flatMap(it -> Collections.nCopies(weights.getOrDefault(it, 1), it).stream()).toList();
    }

    private void makeObjects(PaymentWorld world) {
        for (int i = 0; i < 5; i++) {
            String customer = world.post("/v1/customers", "name=Ada&email=ada@example.com").id();
            known.add("customers", customer);
            known.add("payment_methods", world.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer).id());
            known.add("payment_methods", world.method("4242424242424242"));
            PaymentWorld.Answer paid = world.pay(2000, "pm_card_visa");
            known.add("payment_intents", paid.id());
            known.add("charges", String.valueOf(paid.text("/latest_charge")));
            known.add("payment_intents", world.pay(2000, "pm_card_visa", "capture_method=manual").id());
            known.add("payment_intents", world.post("/v1/payment_intents", "amount=2000&currency=eur", "Idempotency-Key", "fuzz-" + i).id());
            known.add("idempotency_keys", "fuzz-" + i);
            known.add("refunds", world.post("/v1/refunds", "amount=100&payment_intent=" + paid.id()).id());
            known.add("setup_intents", world.post("/v1/setup_intents", "payment_method=pm_card_visa").id());
            known.add("mandates", String.valueOf(world.post("/v1/setup_intents",
                    "payment_method=pm_card_visa&confirm=true&mandate_data[customer_acceptance][type]=offline").text("/mandate")));
            known.add("balance_transactions", String.valueOf(paid.text("/charges/data/0/balance_transaction")));
            known.add("webhook_endpoints", world.post("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=payout.paid").id());
            known.add("listeners", world.post("/v1/listeners", "name=desk" + i).id());
            world.pay(2000, "pm_card_createDispute");
        }
        known.add("events", String.valueOf(world.get("/v1/events?limit=1").text("/data/0/id")));
        known.add("files", world.upload("dispute_evidence", "a.png", PNG).id());
        known.add("accounts", String.valueOf(world.get("/v1/account").text("/id")));
        Awaitility.await("disputes").atMost(Duration.ofSeconds(40)).until(() -> {
            JOBS.forEach(world::job);
            return world.get("/v1/disputes").text("/data/0/id") != null;
        });
        known.add("disputes", String.valueOf(world.get("/v1/disputes").text("/data/0/id")));
    }

    /** Sends over one connection until it is closed, and then over the next one. */
    private void send(PaymentWorld world, ValidRequests valid, Random random, int requests) {
        var spoiler = new Spoiler(random);
        RawHttp http = RawHttp.connect(world.url(), PATIENCE);
        for (int i = 0; i < requests && mistakes.size() < MISTAKES_MAX; i++) {
            Draft draft = valid.next(random);
            byte[] request = spoiler.spoilt(draft);
            boolean withBody = !draft.method.equals("HEAD");
            Optional<RawHttp.Response> answer = http.send(request).read(withBody);
            if (answer.isEmpty()) {
                // Closed at that moment: who keeps connections has to reckon with it.
                http.close();
                http = RawHttp.connect(world.url(), PATIENCE);
                answer = http.send(request).read(withBody);
            }
            if (answer.isEmpty()) {
                mistakes.add("no answer to\n" + shown(request));
            } else {
                look(draft, request, answer.get(), withBody);
                if ("close".equalsIgnoreCase(answer.get().header("Connection"))) {
                    http.close();
                    http = RawHttp.connect(world.url(), PATIENCE);
                }
            }
        }
        http.close();
    }

    private void look(Draft draft, byte[] request, RawHttp.Response answer, boolean withBody) {
        statuses.merge(answer.status(), 1, Integer::sum);
        boolean partners = answer.status() > 500 && answer.body().contains("\"error_code\":\"provider_");
        String wrong = partners ? null : withBody ? wrong(draft, answer) : answer.status() >= 500 ? "a failure of ours" : null;
        if (wrong != null) {
            mistakes.add(wrong + ": " + answer.status() + " " + answer.headers() + "\n" + answer.body() + "\nto\n" + shown(request));
        } else if (answer.status() < 300 && withBody) {
            successes.merge(draft.endpoint, 1, Integer::sum);
            learn(draft, answer);
        }
    }

    /** @return what is wrong with an answer; null if nothing is */
    private static @Nullable String wrong(Draft draft, RawHttp.Response answer) {
        if (answer.status() >= 500) {
            return "a failure of ours";
        }
        if (answer.status() == 200 && draft.endpoint.endsWith("/contents")) {
            return null;
        }
        if (!"application/json".equals(answer.header("Content-Type"))) {
            return "not JSON";
        }
        JsonNode body;
        try {
            body = Json.read(answer.body());
        } catch (JacksonException e) {
            return "malformed JSON";
        }
        if (!body.isObject()) {
            return "no object";
        }
        if (answer.status() < 300) {
            return body.has("error") || (body.isEmpty() && !draft.method.equals("OPTIONS")) ? "an error or nothing with status 200" : null;
        }
        JsonNode error = body.path("error");
        if (body.has("error_code")) {
            return answer.status() >= 400 && error.isString() && body.path("error_code").isString() && !body.path("message").asString("").isBlank()
                    && body.path("request_id").asString("").matches("req_[0-9A-Za-z]{20}") ? null : "an incomplete error";
        }
        boolean complete = answer.status() >= 400 && body.size() == 1 && TYPES.contains(error.path("type").asString(""))
                && !error.path("message").asString("").isBlank() && error.path("request_id").asString("").matches("req_[0-9A-Za-z]{20}")
                && (error.path("code").isMissingNode() || error.path("code").isString()) && (error.path("param").isMissingNode() || error.path("param").isString());
        return complete ? null : "an incomplete error";
    }

    private void learn(Draft draft, RawHttp.Response answer) {
        String[] path = draft.endpoint.split("/", -1);
        if (!draft.endpoint.startsWith("POST")) {
            return;
        }
        ObjectNode body = answer.json();
        if (body.path("data").path("id").isString() && body.path("data").path("object").isString()) {
            known.add(body.path("data").path("object").asString() + "s", body.path("data").path("id").asString());
        }
        if (path.length == 3 && body.path("id").isString()) {
            known.add(path[2], body.path("id").asString());
        }
        if (body.path("latest_charge").isString()) {
            known.add("charges", body.path("latest_charge").asString());
        }
    }

    private static String shown(byte[] request) {
        String text = new String(request, 0, Math.min(request.length, 3000), StandardCharsets.ISO_8859_1);
        return text.replace("\r\n", "\n").replaceAll("[^\\n -~]", "?") + (request.length > 3000 ? "... " + request.length + " bytes" : "");
    }
}
