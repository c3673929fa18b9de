package dev.bezant.server.dispute;

import dev.bezant.server.connector.ReportsDisputes.Word;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a dispute stands: an inquiry, which moved no money, on the {@code warning_} track, a chargeback on the other.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, disputes"
 */
public enum DisputeStatus {
    WARNING_NEEDS_RESPONSE,
    WARNING_UNDER_REVIEW,
    WARNING_CLOSED,
    NEEDS_RESPONSE,
    UNDER_REVIEW,
    WON,
    LOST;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DisputeStatus of(String wireName) {
        return Arrays.stream(values()).filter(status -> status.wireName().equals(wireName)).findFirst().orElseThrow();
    }

    boolean inquiry() {
        return this == WARNING_NEEDS_RESPONSE || this == WARNING_UNDER_REVIEW || this == WARNING_CLOSED;
    }

    boolean open() {
        return this != WARNING_CLOSED && this != WON && this != LOST;
    }

    /** Whether evidence is still taken. */
    boolean needsResponse() {
        return this == WARNING_NEEDS_RESPONSE || this == NEEDS_RESPONSE;
    }

    /** Whether the disputed amount is gone from the merchant's balance. */
    boolean moneyTaken() {
        return switch (this) {
            case NEEDS_RESPONSE, UNDER_REVIEW, LOST -> true;
            case WARNING_NEEDS_RESPONSE, WARNING_UNDER_REVIEW, WARNING_CLOSED, WON -> false;
        };
    }

    /** Of a dispute that nobody here has known before. */
    static DisputeStatus firstHeard(Word word) {
        return switch (word) {
            case INQUIRY -> WARNING_NEEDS_RESPONSE;
            case TAKEN -> NEEDS_RESPONSE;
            // Over before it was seen: whatever moved has come back.
            case RETURNED -> WARNING_CLOSED;
        };
    }

    /** After the provider has changed its word. It knows about the money, so it is believed also where we thought it was over. */
    DisputeStatus heard(Word word) {
        return switch (word) {
            case INQUIRY -> this;
            case TAKEN -> switch (this) {
                case WARNING_NEEDS_RESPONSE, WARNING_UNDER_REVIEW, WARNING_CLOSED -> NEEDS_RESPONSE;
                case WON -> LOST;
                case NEEDS_RESPONSE, UNDER_REVIEW, LOST -> this;
            };
            case RETURNED -> switch (this) {
                case WARNING_NEEDS_RESPONSE, WARNING_UNDER_REVIEW, WARNING_CLOSED -> WARNING_CLOSED;
                case NEEDS_RESPONSE, UNDER_REVIEW, LOST, WON -> WON;
            };
        };
    }

    /** After evidence was sent in. */
    DisputeStatus submitted() {
        return this == WARNING_NEEDS_RESPONSE ? WARNING_UNDER_REVIEW : UNDER_REVIEW;
    }

    /** After the merchant gave up. */
    DisputeStatus givenUp() {
        return this == WARNING_NEEDS_RESPONSE ? WARNING_CLOSED : LOST;
    }

    /** After the banks decided. An inquiry is only ever closed: if it is lost, a chargeback follows, which says so itself. */
    DisputeStatus decided(boolean won) {
        return inquiry() ? WARNING_CLOSED : won ? WON : LOST;
    }
}
