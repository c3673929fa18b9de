package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.card.Refusal;

/**
 * Why something is declined. That codes are numbers as text is known (section 2.7), 5 and 51 with their meanings; the others are the schemes'
 * usual ones (ISO 8583, field 39), and who responds and what is advised is the simulator's choice.
 */
enum Decline {
    DO_NOT_HONOUR("5", "Do not honour", Responder.ISSUER, Advice.NONE),
    INVALID_NUMBER("14", "Invalid card number", Responder.ISSUER, Advice.NEW_DATA),
    LOST_CARD("41", "Lost card", Responder.ISSUER, Advice.NEVER),
    STOLEN_CARD("43", "Stolen card", Responder.ISSUER, Advice.NEVER),
    INSUFFICIENT_FUNDS("51", "Insufficient funds", Responder.ISSUER, Advice.LATER),
    EXPIRED_CARD("54", "Expired card", Responder.ISSUER, Advice.NEW_DATA),
    INCORRECT_PIN("55", "Incorrect PIN", Responder.ISSUER, Advice.NONE),
    SUSPECTED_FRAUD("59", "Suspected fraud", Responder.ISSUER, Advice.NEVER),
    LIMIT_EXCEEDED("61", "Exceeds the withdrawal limit", Responder.ISSUER, Advice.LATER),
    /** Soft: with 3-D Secure it may pass. */
    AUTHENTICATION_REQUIRED("65", "Strong customer authentication required", Responder.ISSUER, Advice.NONE),
    /** Soft: the terminal asks for the PIN and repeats. */
    PIN_REQUIRED("70", "PIN required", Responder.ISSUER, Advice.NONE),
    INCORRECT_SECURITY_CODE("82", "Incorrect security code", Responder.ISSUER, Advice.NEW_DATA),
    ISSUER_UNAVAILABLE("91", "Issuer unavailable", Responder.SCHEME, Advice.LATER),
    SYSTEM_MALFUNCTION("96", "System malfunction", Responder.SCHEME, Advice.LATER);

    /** Who decided (section 2.7). */
    enum Responder { WORLDLINE, ISSUER, SCHEME }

    /** The schemes' advice. */
    enum Advice {
        NONE("", ""), NEW_DATA("01", "New account information available"), LATER("02", "Try again later"), NEVER("03", "Do not try again");

        private final String code;
        private final String text;

        Advice(String code, String text) {
            this.code = code;
            this.text = text;
        }

        String code() {
            return code;
        }

        String text() {
            return text;
        }
    }

    private final String code;
    private final String text;
    private final Responder responder;
    private final Advice advice;

    Decline(String code, String text, Responder responder, Advice advice) {
        this.code = code;
        this.text = text;
        this.responder = responder;
        this.advice = advice;
    }

    static Decline of(Refusal refusal) {
        return switch (refusal) {
            case GENERIC -> DO_NOT_HONOUR;
            case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
            case LOST_CARD -> LOST_CARD;
            case STOLEN_CARD -> STOLEN_CARD;
            case VELOCITY_EXCEEDED -> LIMIT_EXCEEDED;
            case EXPIRED_CARD -> EXPIRED_CARD;
            case INCORRECT_CVC -> INCORRECT_SECURITY_CODE;
            case PROCESSING_ERROR -> SYSTEM_MALFUNCTION;
            case FRAUDULENT -> SUSPECTED_FRAUD;
        };
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }

    Responder responder() {
        return responder;
    }

    Advice advice() {
        return advice;
    }
}
