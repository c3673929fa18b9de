package dev.bezant.sandbox.card;

/** Why an issuer says no. */
public enum Refusal {
    GENERIC, INSUFFICIENT_FUNDS, LOST_CARD, STOLEN_CARD, VELOCITY_EXCEEDED, EXPIRED_CARD, INCORRECT_CVC, PROCESSING_ERROR, FRAUDULENT
}
