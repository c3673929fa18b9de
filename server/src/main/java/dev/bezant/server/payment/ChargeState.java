package dev.bezant.server.payment;

import java.util.Arrays;
import java.util.Locale;

/** How one attempt at one provider stands. */
public enum ChargeState {
    /** Sent, or about to be; the outcome is not known yet. */
    PENDING,
    REQUIRES_ACTION,
    /** The payer came back; the completion is on its way. */
    COMPLETING,
    AUTHORIZED,
    CAPTURED,
    VOIDED,
    FAILED,
    /** Approved after its intent stopped wanting it; being given back. */
    REVERSING,
    REVERSED,
    /** The issuer said yes to an amount of zero: nothing is held. */
    VERIFIED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ChargeState of(String wireName) {
        return Arrays.stream(values()).filter(state -> state.wireName().equals(wireName)).findFirst().orElseThrow();
    }

    /** Whether the provider may still be working on it. */
    public boolean inFlight() {
        return this == PENDING || this == COMPLETING || this == REQUIRES_ACTION;
    }

    /** {@code succeeded}, {@code pending} or {@code failed}, as the API tells it. */
    public String apiStatus() {
        return switch (this) {
            case PENDING, REQUIRES_ACTION, COMPLETING -> "pending";
            case AUTHORIZED, CAPTURED, VOIDED, REVERSING, REVERSED, VERIFIED -> "succeeded";
            case FAILED -> "failed";
        };
    }
}
