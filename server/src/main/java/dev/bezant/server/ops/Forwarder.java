package dev.bezant.server.ops;

import dev.bezant.server.kernel.Secret;
import dev.bezant.server.webhook.Signature;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes an event to a program on this machine, as a server would send it. */
final class Forwarder {
    /** Long enough to look at a breakpoint. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ANSWER_KEPT = 4000;

    private final URI target;
    private final Map<String, String> headers;
    private final Secret secret;
    private final Clock clock = Clock.systemUTC();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    Forwarder(URI target, Map<String, String> headers, Secret secret) {
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.secret = secret;
    }

    /**
     * How it went.
     *
     * @param status null if there was no answer
     * @param error null if there was one
     */
    record Answer(@Nullable Integer status, String body, @Nullable String error, Duration took) {
        static Answer none(String error, Duration took) {
            return new Answer(null, "", error, took);
        }
    }

    /** @param payload signed and sent as it is */
    Answer forward(String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        String signature = Signature.header(clock.instant(), body, List.of(secret));
        long began = System.nanoTime();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofByteArray(body));
            Map.of("Content-Type", "application/json; charset=utf-8", "User-Agent", "Bezant/1.0 (+webhooks)", "Payments-Signature", signature,
                    "Stripe-Signature", signature).forEach(request::setHeader);
            headers.forEach(request::setHeader);
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String answer = response.body();
            return new Answer(response.statusCode(), answer.substring(0, Math.min(answer.length(), ANSWER_KEPT)), null, since(began));
        } catch (ConnectException e) {
            return Answer.none("nobody listens at " + target, since(began));
        } catch (IOException | IllegalArgumentException e) {
            return Answer.none(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), since(began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted", since(began));
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
