package dev.bezant.server.payment;

import java.util.Locale;

/** What an intent is for. Both go the same way; they differ in what they are called and in what is left when they succeed. */
public enum Purpose {
    /** To be paid: {@code payment_intent}. */
    PAYMENT,
    /** To have a card verified and kept for later: {@code setup_intent}. Its amount is zero. */
    SETUP;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As {@code object} and in the names of events and error codes: {@code payment_intent}. */
    String object() {
        return wireName() + "_intent";
    }

    /** As people call it: {@code PaymentIntent}. */
    String word() {
        return switch (this) {
            case PAYMENT -> "PaymentIntent";
            case SETUP -> "SetupIntent";
        };
    }

    /** Of its ids: {@code pi}. */
    String idPrefix() {
        return switch (this) {
            case PAYMENT -> "pi";
            case SETUP -> "seti";
        };
    }
}
