package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.Refusal;
import dev.bezant.sandbox.worldlinedirect.ApiError.Category;

/**
 * Why a payment or payout is rejected, in this provider's words.
 *
 * <p>Known (section 5): 30511001, 30591001, 30041001, 40001134 with AUTHENTICATION_FAILURE, 30171001 with CANCELLED_BY_CUSTOMER. The
 * others, and all other ids, are the simulator's choice: 30, the schemes' two-digit response code (ISO 8583, field 39), 1001. Nobody should
 * build on those; expect any. The advice is known by its words (section 2.3), which decline carries which is the simulator's choice.
 */
enum Decline {
    ISSUER_REJECTED("30041001", "ISSUER_REJECTED", Advice.NONE),
    INSUFFICIENT_FUNDS("30511001", "INSUFFICIENT_FUNDS", Advice.RETRY_LATER),
    SUSPECTED_FRAUD("30591001", "SUSPECTED_FRAUD", Advice.NEVER_RETRY),
    AUTHENTICATION_FAILED("40001134", "AUTHENTICATION_FAILURE", Advice.NONE),
    CANCELLED_BY_CUSTOMER("30171001", "CANCELLED_BY_CUSTOMER", Advice.NONE),

    /** Soft: with 3-D Secure it may pass. */
    AUTHENTICATION_REQUIRED("40001139", "AUTHENTICATION_REQUIRED", Advice.NONE),
    AUTHENTICATION_UNAVAILABLE("40001135", "AUTHENTICATION_UNAVAILABLE", Advice.RETRY_LATER),
    LOST_CARD("30411001", "LOST_CARD", Advice.NEVER_RETRY),
    STOLEN_CARD("30431001", "STOLEN_CARD", Advice.NEVER_RETRY),
    EXPIRED_CARD("30541001", "EXPIRED_CARD", Advice.UPDATE_BEFORE_RETRY),
    INVALID_NUMBER("30141001", "INVALID_CARD_NUMBER", Advice.UPDATE_BEFORE_RETRY),
    FREQUENCY_EXCEEDED("30651001", "FREQUENCY_EXCEEDED", Advice.RETRY_LATER),
    INCORRECT_CVV("30821001", "INCORRECT_CVV", Advice.UPDATE_BEFORE_RETRY),
    SYSTEM_MALFUNCTION("30961001", "SYSTEM_MALFUNCTION", Advice.RETRY_LATER),
    EXPIRED_SESSION("30171002", "SESSION_EXPIRED", Advice.NONE),
    REFUND_REFUSED("30131001", "REFUND_REFUSED", Advice.NONE);

    /** The {@code reattemptInstructions.indicator}. */
    enum Advice {
        NONE(""), RETRY_LATER("retryLater"), UPDATE_BEFORE_RETRY("updateBeforeRetry"), NEVER_RETRY("neverRetry");

        private final String wireName;

        Advice(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    private final String errorCode;
    private final String id;
    private final Advice advice;

    Decline(String errorCode, String id, Advice advice) {
        this.errorCode = errorCode;
        this.id = id;
        this.advice = advice;
    }

    static Decline of(Refusal refusal) {
        return switch (refusal) {
            case GENERIC -> ISSUER_REJECTED;
            case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
            case LOST_CARD -> LOST_CARD;
            case STOLEN_CARD -> STOLEN_CARD;
            case VELOCITY_EXCEEDED -> FREQUENCY_EXCEEDED;
            case EXPIRED_CARD -> EXPIRED_CARD;
            case INCORRECT_CVC -> INCORRECT_CVV;
            case PROCESSING_ERROR -> SYSTEM_MALFUNCTION;
            case FRAUDULENT -> SUSPECTED_FRAUD;
        };
    }

    Advice advice() {
        return advice;
    }

    ApiError error() {
        return new ApiError(402, id, errorCode, "9999", id, Category.PAYMENT_PLATFORM_ERROR, null);
    }
}
