package dev.bezant.acceptance;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A POST with an idempotency key that is repeated until it is answered; remembers what was told, and objects to another answer. */
final class Call {
    /** Where the API is, and the key to it. */
    record Endpoint(String url, String key) {}

    private final String path;
    private final Map<String, String> form;
    private final String key = UUID.randomUUID().toString();
    private volatile Http.@Nullable Answer told;
    private volatile Http.@Nullable Answer last;

    Call(String path, Map<String, String> form) {
        this.path = path;
        this.form = Map.copyOf(form);
    }

    String path() {
        return path;
    }

    /** What was told for good: the first answer that is neither "still running" nor a failure of the server's. */
    Optional<Http.Answer> told() {
        return Optional.ofNullable(told);
    }

    /**
     * Sends it once.
     *
     * @return the answer, if it is one for good
     * @throws IOException if the server died meanwhile
     */
    Optional<Http.Answer> send(Endpoint endpoint) throws IOException {
        Http.Answer answer = Http.post(endpoint.url() + path, form, endpoint.key(), key);
        last = answer;
        boolean running = answer.status() == 409 && answer.member("/error/message").contains("Idempotency-Key");
        // With the object in it, it is how the operation ended: proved not to have reached the provider.
        boolean broken = answer.status() >= 500 && answer.member("/error/payment_intent/id").isEmpty() && answer.member("/error/refund/id").isEmpty();
        if (running || broken) {
            return Optional.empty();
        }
        remember(answer);
        return Optional.of(answer);
    }

    private synchronized void remember(Http.Answer answer) {
        if (told != null && !told.equals(answer)) {
            throw new AssertionError("Two answers to one idempotency key, POST " + path + " " + form + ":\n" + told + "\n" + answer);
        }
        told = answer;
    }

    @Override
    public String toString() {
        return "POST " + path + " " + form + " " + key + " -> " + (told == null ? last : told);
    }
}
