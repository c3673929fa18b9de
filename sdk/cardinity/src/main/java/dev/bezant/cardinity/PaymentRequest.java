package dev.bezant.cardinity;

/** A payment to be created: with a card, or with the card of an earlier approved payment. */
public sealed interface PaymentRequest permits CardPayment, RecurringPayment {
    PaymentTerms terms();
}
