package dev.bezant.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What browsers on other origins may do: call the endpoints that publishable keys open, without cookies.
 *
 * @see "docs/protocols/payments-api.md, section 7.5"
 */
final class Cors {
    private static final Map<String, String> PREFLIGHT = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "GET, POST",
            "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Stripe-Version, Payments-Version, Stripe-Account",
            "Access-Control-Max-Age", "600");
    private static final String EXPOSED = "Request-Id, Stripe-Should-Retry, Idempotent-Replayed, Retry-After";

    private Cors() {}

    /** Whether a browser asks if it may send a request. It has no key, so nothing is told of any. */
    static boolean isPreflight(RawRequest raw) {
        return raw.method().equals("OPTIONS") && raw.header("Origin") != null && raw.header("Access-Control-Request-Method") != null;
    }

    static ApiResponse preflight() {
        return new ApiResponse(200, "{}", PREFLIGHT, 0);
    }

    /**
     * Headers for an answer to a browser.
     *
     * @throws ApiException 403 if a secret key came from a browser, or a live one from an origin that is not known
     */
    static Map<String, String> allow(@Nullable String origin, Caller caller, Exposure exposure) {
        if (origin == null) {
            return Map.of();
        }
        if (!caller.publishable()) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, null, "This secret key came from a browser (" + shortened(origin)
                    + "), where everybody can read it. Revoke it, and use a publishable key (pk_...) there.");
        }
        if (caller.livemode() && !exposure.mayUseLiveKeys(origin)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, null, "Live keys may not be used from " + shortened(origin)
                    + ". Whoever runs this server adds it to the setting server.origins.");
        }
        return Map.of("Access-Control-Allow-Origin", caller.livemode() ? origin : "*", "Access-Control-Expose-Headers", EXPOSED, "Vary", "Origin");
    }

    private static String shortened(String origin) {
        String safe = origin.replaceAll("[^\\x21-\\x7e]", "?");
        return safe.length() <= 100 ? safe : safe.substring(0, 97) + "...";
    }
}
