package dev.bezant.server.kernel;

import java.util.Locale;

/**
 * Why an issuer or provider said no, in the API's words, with how a payer is told.
 *
 * @see "docs/protocols/payments-api.md, sections 5.4 and 5.5"
 */
public enum DeclineCode {
    GENERIC_DECLINE("card_declined", "Your card was declined."),
    DO_NOT_HONOR("card_declined", "Your card was declined."),
    DO_NOT_TRY_AGAIN("card_declined", "Your card was declined."),
    INSUFFICIENT_FUNDS("card_declined", "Your card has insufficient funds."),
    LOST_CARD("card_declined", "Your card was declined."),
    STOLEN_CARD("card_declined", "Your card was declined."),
    FRAUDULENT("card_declined", "Your card was declined."),
    CARD_VELOCITY_EXCEEDED("card_declined", "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."),
    CARD_NOT_SUPPORTED("card_declined", "Your card does not support this type of purchase."),
    TRY_AGAIN_LATER("card_declined", "Your card was declined. Try again later."),
    EXPIRED_CARD("expired_card", "Your card has expired."),
    INCORRECT_CVC("incorrect_cvc", "Your card's security code is incorrect."),
    INCORRECT_NUMBER("incorrect_number", "Your card number is incorrect."),
    PROCESSING_ERROR("processing_error", "An error occurred while processing your card. Try again in a little bit."),
    AUTHENTICATION_REQUIRED("authentication_required", "Your card was declined. This transaction requires authentication."),
    AUTHENTICATION_FAILURE("payment_intent_authentication_failure", "The payer could not be authenticated. Provide a new payment method to attempt the payment again."),
    /** A method without a card was declined, be it by its payer's bank or by whoever runs it. */
    PROVIDER_DECLINE("payment_method_provider_decline", "The payment was declined. Try again, or pay with another payment method."),
    /** No account could take the payment: each refused or could not be reached, and nothing happened anywhere. */
    PROVIDER_UNAVAILABLE("payment_intent_payment_attempt_failed", "The payment could not be attempted with any payment provider. Try again later.");

    private final String errorCode;
    private final String message;

    DeclineCode(String errorCode, String message) {
        this.errorCode = errorCode;
        this.message = message;
    }

    /** How the payer of a method without a card is told. */
    public DeclineCode withoutCard() {
        return this == AUTHENTICATION_FAILURE || this == PROVIDER_UNAVAILABLE ? this : PROVIDER_DECLINE;
    }

    /** The {@code code} of the error object. */
    public String errorCode() {
        return errorCode;
    }

    /** Safe to show to a payer. */
    public String message() {
        return message;
    }

    /** The {@code decline_code} of the error object. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
