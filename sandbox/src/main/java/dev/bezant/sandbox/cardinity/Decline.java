package dev.bezant.sandbox.cardinity;

import org.jspecify.annotations.Nullable;

/**
 * Why a payment is declined, in Cardinity's words.
 *
 * <p>Known from the provider: 3000, 3001, 3013, 3014, 33333, and the texts of the advice code and the 3-D Secure reason (section 2.3).
 * Everything below the line is the simulator's own choice, because the provider's full list is not known: 30 followed by the card
 * schemes' two-digit response code (ISO 8583, field 39), in the same shape. Nobody should build on those; parse the number, expect any.
 *
 * <table>
 * <caption>Codes</caption>
 * <tr><th>error</th><th>advice code</th><th>evidence</th></tr>
 * <tr><td>3000: Do not Honor</td><td></td><td>known</td></tr>
 * <tr><td>3000: Do not Honor</td><td>03: Do not try again</td><td>known</td></tr>
 * <tr><td>3001: Insufficient funds</td><td></td><td>known</td></tr>
 * <tr><td>3013: Invalid CVV</td><td></td><td>known</td></tr>
 * <tr><td>3014: SCA Required</td><td></td><td>known</td></tr>
 * <tr><td>33333: 3D Secure Authorization Failed.</td><td></td><td>known</td></tr>
 * <tr><td>3041: Lost Card</td><td>03: Do not try again</td><td>own choice</td></tr>
 * <tr><td>3043: Stolen Card</td><td>03: Do not try again</td><td>own choice</td></tr>
 * <tr><td>3054: Expired Card</td><td></td><td>own choice</td></tr>
 * <tr><td>3059: Suspected Fraud</td><td>03: Do not try again</td><td>own choice</td></tr>
 * <tr><td>3065: Exceeds Frequency Limit</td><td></td><td>own choice</td></tr>
 * <tr><td>3096: System Malfunction</td><td></td><td>own choice</td></tr>
 * </table>
 */
enum Decline {
    DO_NOT_HONOR("3000: Do not Honor", null, null),
    DO_NOT_TRY_AGAIN("3000: Do not Honor", Advice.DO_NOT_TRY_AGAIN, null),
    INSUFFICIENT_FUNDS("3001: Insufficient funds", null, null),
    INVALID_CVV("3013: Invalid CVV", null, null),
    SCA_REQUIRED("3014: SCA Required", null, null),
    AUTHENTICATION_FAILED("33333: 3D Secure Authorization Failed.", null, null),
    CARD_AUTHENTICATION_FAILED("33333: 3D Secure Authorization Failed.", null, "01: Card authentication failed"),

    /** The look-up with the issuer failed; the reason is EMV's number 14. */
    AUTHENTICATION_UNAVAILABLE("3000: Do not Honor", null, "14: Transaction timed out at the ACS"),
    LOST_CARD("3041: Lost Card", Advice.DO_NOT_TRY_AGAIN, null),
    STOLEN_CARD("3043: Stolen Card", Advice.DO_NOT_TRY_AGAIN, null),
    EXPIRED_CARD("3054: Expired Card", null, null),
    SUSPECTED_FRAUD("3059: Suspected Fraud", Advice.DO_NOT_TRY_AGAIN, null),
    FREQUENCY_EXCEEDED("3065: Exceeds Frequency Limit", null, null),
    SYSTEM_MALFUNCTION("3096: System Malfunction", null, null);

    private static final class Advice {
        static final String DO_NOT_TRY_AGAIN = "03: Do not try again";
    }

    private final String error;
    private final @Nullable String merchantAdviceCode;
    private final @Nullable String threedsStatusReason;

    Decline(String error, @Nullable String merchantAdviceCode, @Nullable String threedsStatusReason) {
        this.error = error;
        this.merchantAdviceCode = merchantAdviceCode;
        this.threedsStatusReason = threedsStatusReason;
    }

    String error() {
        return error;
    }

    @Nullable String merchantAdviceCode() {
        return merchantAdviceCode;
    }

    @Nullable String threedsStatusReason() {
        return threedsStatusReason;
    }
}
