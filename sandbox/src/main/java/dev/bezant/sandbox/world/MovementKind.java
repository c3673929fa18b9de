package dev.bezant.sandbox.world;

import java.util.Locale;
import java.util.Optional;

/** The kinds of money movement in the truth ledger. */
public enum MovementKind {
    AUTHORIZATION, SALE, CAPTURE, VOID, REFUND, PAYOUT, CHARGEBACK,
    /** Of a chargeback that was withdrawn, or that the merchant won: the money comes back. */
    CHARGEBACK_REVERSAL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MovementKind> of(String wireName) {
        for (var kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
