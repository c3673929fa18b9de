package dev.bezant.sandbox.cardinity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Descriptions that steer a test payment (section 6). Those beginning with {@code sim-} are the simulator's own. */
final class Triggers {
    static final String MOTO_PREFIX = "CRD-MOTO";
    static final String V2_PASS = "3ds2-pass";
    static final String V2_FAIL = "3ds2-fail";
    static final String V1_PASS = "3d-pass";
    static final String V1_FAIL = "3d-fail";

    /** Declines a refund, settlement or void. */
    static final String CHILD_FAILS = "fail";

    /** The payment or refund stays in {@code processing} for an hour of the sandbox's clock, then is approved. */
    static final String PROCESSING = "sim-processing";

    /** A challenge whose first completion ends in a technical error, so that version 1 is offered. */
    static final String V2_FALLBACK = "sim-3ds2-fallback";

    /** The payment is made but never answered. */
    static final String TIMEOUT = "sim-timeout";

    /** Answered 500 or 503; nothing happens. */
    static final Map<String, Integer> ERRORS = Map.of("sim-500", 500, "sim-503", 503);

    private static final Map<String, Decline> DECLINES = Map.of("sim-insufficient", Decline.INSUFFICIENT_FUNDS,
            "sim-cvc", Decline.INVALID_CVV, "sim-sca", Decline.SCA_REQUIRED);

    private Triggers() {}

    static boolean isV1Word(String description) {
        return description.equals(V1_PASS) || description.equals(V1_FAIL);
    }

    static boolean isV2Word(String description) {
        return description.equals(V2_PASS) || description.equals(V2_FAIL);
    }

    /** The decline that a description asks for, or null. */
    static @Nullable Decline declineOf(String description) {
        return DECLINES.get(description);
    }
}
