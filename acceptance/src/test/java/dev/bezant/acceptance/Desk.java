package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One payment, capture, void, refund, payout and 3-D Secure completion each, made ready so that only the call itself is left to make. */
final class Desk {
    static final String PAYMENT = "payment";
    static final String CAPTURE = "capture";
    static final String VOID = "void";
    static final String REFUND = "refund";
    static final String PAYOUT = "payout";
    static final String COMPLETION = "complete";
    static final List<String> OPERATIONS = List.of(PAYMENT, CAPTURE, VOID, REFUND, PAYOUT, COMPLETION);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private final CrashWorld world;
    private final Clients clients;
    private final Map<String, Call> calls;
    private final @Nullable JsonNode challenged;
    private final Payer.@Nullable Way wayBack;

    /** @param operations those that the provider has */
    Desk(CrashWorld world, Clients clients, List<String> operations) throws IOException {
        this(world, clients, operations, Map.of("payment_method", "pm_card_authenticationRequired"));
    }

    /** @param away what a payer pays with who is sent away, and comes back to have the payment completed */
    Desk(CrashWorld world, Clients clients, List<String> operations, Map<String, String> away) throws IOException {
        this.world = world;
        this.clients = clients;
        calls = new HashMap<>();
        for (String operation : operations) {
            switch (operation) {
                case PAYMENT -> ready(PAYMENT, payment("pm_card_visa", "automatic"));
                case CAPTURE -> ready(CAPTURE, new Call("/v1/payment_intents/" + paid("manual") + "/capture", Map.of()));
                case VOID -> ready(VOID, new Call("/v1/payment_intents/" + paid("manual") + "/cancel", Map.of()));
                case REFUND -> ready(REFUND, new Call("/v1/refunds", Map.of("payment_intent", paid("automatic"))));
                case PAYOUT -> ready(PAYOUT, new Call("/v1/payouts", Map.of("amount", "1500", "currency", "eur", "destination", "pm_card_visa")));
                case COMPLETION -> {}
                default -> throw new AssertionError("No operation " + operation);
            }
        }
        challenged = operations.contains(COMPLETION) ? pay(payment(away, "automatic")) : null;
        wayBack = challenged == null ? null : Payer.wayBack(challenged);
    }

    private void ready(String operation, Call call) {
        calls.put(operation, clients.known(call));
    }

    private String paid(String capture) throws IOException {
        return pay("pm_card_visa", capture).path("id").asString();
    }

    /** Sends it and returns while it is under way; how it ends is not of interest. */
    CompletableFuture<Void> begin(String operation) {
        return CompletableFuture.runAsync(() -> {
            try {
                send(operation);
            } catch (IOException e) {
                // The server died or was stopped: that is the test.
            }
        }, Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Repeats it until it is answered for good. @return the status that the answer shows, {@code error 402} for a failure */
    String outcome(String operation) {
        try {
            if (operation.equals(COMPLETION)) {
                return intent();
            }
            Call call = call(operation);
            await(call.toString()).atMost(ANSWERED_WITHIN).pollInterval(Duration.ofMillis(100)).until(() -> call.send(world.endpoint()).isPresent());
            Http.Answer answer = call.told().orElseThrow();
            // Once more: the call itself objects to another answer.
            assertThat(call.send(world.endpoint())).isPresent();
            return answer.status() == 200 ? answer.member("/status") : "error " + answer.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void send(String operation) throws IOException {
        if (operation.equals(COMPLETION)) {
            comeBack();
        } else {
            Call call = call(operation);
            call.send(world.endpoint());
        }
    }

    /** The payer's browser posts once more, then the merchant looks. */
    private String intent() throws IOException {
        return Http.get(world.url() + "/v1/payment_intents/" + comeBack().path("id").asString(), world.key()).member("/status");
    }

    /** @return the intent whose payer came back */
    private JsonNode comeBack() throws IOException {
        if (challenged == null || wayBack == null) {
            throw new AssertionError("Nobody was challenged");
        }
        wayBack.go();
        return challenged;
    }

    private Call call(String operation) {
        @Nullable Call call = calls.get(operation);
        if (call == null) {
            throw new AssertionError("No call for " + operation);
        }
        return call;
    }

    private JsonNode pay(String method, String capture) throws IOException {
        return pay(payment(method, capture));
    }

    private JsonNode pay(Call payment) throws IOException {
        return clients.known(payment).send(world.endpoint()).orElseThrow().json();
    }

    private static Call payment(String method, String capture) {
        return payment(Map.of("payment_method", method), capture);
    }

    private static Call payment(Map<String, String> with, String capture) {
        var params = new HashMap<>(with);
        params.putAll(Map.of("amount", "2000", "currency", "eur", "confirm", "true", "capture_method", capture,
                "metadata[call]", java.util.UUID.randomUUID().toString()));
        return new Call("/v1/payment_intents", params);
    }
}
