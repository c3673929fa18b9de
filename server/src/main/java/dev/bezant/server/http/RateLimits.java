package dev.bezant.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests per minute and key: one figure for all, another for writes of payment intents.
 *
 * @see "docs/protocols/payments-api.md, sections 1.1 and 1.8"
 */
public final class RateLimits {
    /** Where payments are written and read. */
    private static final List<String> PAYMENTS = List.of("/payment_intents", "/payment-intent", "/confirm-payment", "/payment-status");

    private final Buckets buckets;
    private final boolean countsReads;

    /** @param countsReads whether reading payment intents counts as writing them does: then a polling client can use up the writes */
    public RateLimits(Buckets buckets, boolean countsReads) {
        this.buckets = buckets;
        this.countsReads = countsReads;
    }

    /**
     * Takes one request from what the key has left.
     *
     * @return headers that tell how much is left; empty where there is no limit
     * @throws ApiException 429, with when to come back
     */
    Map<String, String> check(Caller caller, String method, String path) {
        Map<String, String> told = take(caller, caller.limitRequests(), "all", ErrorCode.RATE_LIMIT, "requests");
        if (PAYMENTS.stream().noneMatch(path::contains) || !(countsReads || method.equals("POST"))) {
            return told;
        }
        // The headers tell the tighter one.
        Map<String, String> payments = take(caller, caller.limitPayments(), "payments", ErrorCode.PAYMENT_INTENT_RATE_LIMIT_EXCEEDED,
                "calls for payment intents");
        return payments.isEmpty() ? told : payments;
    }

    private Map<String, String> take(Caller caller, @Nullable Integer limit, String what, ErrorCode code, String told) {
        if (limit == null) {
            return Map.of();
        }
        // By the key's id: the key itself is nowhere but in the request.
        Buckets.Taken taken = buckets.take(caller.keyId() + "/" + what, limit);
        String seconds = String.valueOf(Math.max(1, taken.untilFull().plusMillis(999).toSeconds()));
        var headers = Map.of("RateLimit-Limit", String.valueOf(limit), "RateLimit-Remaining", String.valueOf(Math.max(0, taken.left())),
                "RateLimit-Reset", seconds);
        if (!taken.taken()) {
            var refused = new ApiException(code, null, "Too many " + told + ": this key may make " + limit + " per minute. Try again in "
                    + seconds + " s.").header("Retry-After", seconds);
            headers.forEach(refused::header);
            throw refused;
        }
        return headers;
    }
}
