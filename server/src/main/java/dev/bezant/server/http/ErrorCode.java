package dev.bezant.server.http;

import java.util.Locale;

/**
 * Every {@code code} an error of the API can carry, with its HTTP status, its type and when it is given.
 *
 * <p>Declines have codes of their own, in {@link dev.bezant.server.kernel.DeclineCode}.
 *
 * @see "docs/protocols/payments-api.md, section 5"
 */
public enum ErrorCode {
    PARAMETER_MISSING(400, Type.INVALID_REQUEST, "A required parameter is absent."),
    PARAMETER_UNKNOWN(400, Type.INVALID_REQUEST, "The endpoint has no parameter of that name."),
    PARAMETER_INVALID(400, Type.INVALID_REQUEST, "A parameter has a value or a shape that is not allowed."),
    PARAMETER_INVALID_EMPTY(400, Type.INVALID_REQUEST, "A parameter that needs a value is empty."),
    PARAMETER_INVALID_INTEGER(400, Type.INVALID_REQUEST, "A parameter that must be a whole number is not, or is out of range."),
    PARAMETERS_EXCLUSIVE(400, Type.INVALID_REQUEST, "Two parameters exclude each other."),
    AMOUNT_TOO_SMALL(400, Type.INVALID_REQUEST, "The amount is below the currency's minimum."),
    AMOUNT_TOO_LARGE(400, Type.INVALID_REQUEST, "The amount is above what is allowed or left."),
    INVALID_CHARACTERS(400, Type.INVALID_REQUEST, "A text has characters that are not allowed."),
    URL_INVALID(400, Type.INVALID_REQUEST, "A URL is not an absolute http or https URL."),
    EMAIL_INVALID(400, Type.INVALID_REQUEST, "An e-mail address is not one."),
    COUNTRY_CODE_INVALID(400, Type.INVALID_REQUEST, "A country is not an ISO 3166-1 alpha-2 code."),
    PAYMENT_INTENT_UNEXPECTED_STATE(400, Type.INVALID_REQUEST, "The intent's status does not allow this; the error carries the intent."),
    SETUP_INTENT_UNEXPECTED_STATE(400, Type.INVALID_REQUEST, "The setup intent's status does not allow this; the error carries it."),
    PAYMENT_METHOD_UNEXPECTED_STATE(400, Type.INVALID_REQUEST, "The payment method cannot be used this way any more."),
    PAYMENT_METHOD_UNSUPPORTED_TYPE(400, Type.INVALID_REQUEST, "The type of payment method is not supported."),
    PAYMENT_METHOD_NOT_AVAILABLE(400, Type.INVALID_REQUEST, "No connected provider can take this payment."),
    CHARGE_ALREADY_CAPTURED(400, Type.INVALID_REQUEST, "The charge is captured already."),
    CHARGE_ALREADY_REFUNDED(400, Type.INVALID_REQUEST, "The charge is refunded wholly already."),
    CHARGE_DISPUTED(400, Type.INVALID_REQUEST, "The charge was charged back, so there is nothing to refund."),
    CHARGE_NOT_REFUNDABLE(400, Type.INVALID_REQUEST, "The charge has nothing that could be refunded."),
    STATUS_TRANSITION_INVALID(400, Type.INVALID_REQUEST, "The object's status does not allow this change."),
    BILLING_INVALID_MANDATE(400, Type.INVALID_REQUEST, "There is no such active mandate."),
    RESOURCE_ALREADY_EXISTS(400, Type.INVALID_REQUEST, "An object of that name exists already."),
    INVALID_API_KEY(401, Type.AUTHENTICATION, "The API key is absent, malformed, unknown or revoked."),
    API_KEY_EXPIRED(401, Type.AUTHENTICATION, "The API key has expired."),
    UNAUTHORIZED(403, Type.INVALID_REQUEST, "The key's account may not do this."),
    SECRET_KEY_REQUIRED(403, Type.INVALID_REQUEST, "A publishable key was used where a secret key is needed."),
    ACCOUNT_INVALID(403, Type.INVALID_REQUEST, "The account is suspended, or the request is for an account that is not the key's."),
    RESOURCE_MISSING(404, Type.INVALID_REQUEST, "No object of the account and mode has that id."),
    IDEMPOTENCY_KEY_IN_USE(409, Type.INVALID_REQUEST, "The first request with this Idempotency-Key is still running."),
    LOCK_TIMEOUT(409, Type.INVALID_REQUEST, "Another operation on the same object is still running; try again."),
    RATE_LIMIT(429, Type.RATE_LIMIT, "Too many requests with this key."),
    PAYMENT_INTENT_RATE_LIMIT_EXCEEDED(429, Type.RATE_LIMIT, "Too many writes of payment intents with this key."),
    INVALID_NUMBER(402, Type.CARD, "The card number is not a number of a known length."),
    INCORRECT_NUMBER(402, Type.CARD, "The card number fails its check digit."),
    INVALID_EXPIRY_MONTH(402, Type.CARD, "The expiry month is not 1 to 12."),
    INVALID_EXPIRY_YEAR(402, Type.CARD, "The expiry year is past or not a year."),
    INVALID_CVC(402, Type.CARD, "The CVC has the wrong length for the card's brand.");

    /** The {@code type} of an error: which reaction it wants. */
    public enum Type {
        INVALID_REQUEST("invalid_request_error"),
        AUTHENTICATION("authentication_error"),
        CARD("card_error"),
        RATE_LIMIT("rate_limit_error"),
        IDEMPOTENCY("idempotency_error"),
        API("api_error");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    private final int status;
    private final Type type;
    private final String meaning;

    ErrorCode(int status, Type type, String meaning) {
        this.status = status;
        this.type = type;
        this.meaning = meaning;
    }

    public int status() {
        return status;
    }

    public Type type() {
        return type;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
