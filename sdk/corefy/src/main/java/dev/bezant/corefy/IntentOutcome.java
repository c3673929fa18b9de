package dev.bezant.corefy;

import org.jspecify.annotations.Nullable;

/** What a payment intent, or the answer to its confirmation, means. Exactly one of these, never a guess. */
public sealed interface IntentOutcome {
    record Succeeded(PaymentIntent intent) implements IntentOutcome {}

    /** The payer must authenticate or pay elsewhere; afterwards read the intent. */
    record ActionRequired(PaymentIntent intent, Challenge challenge) implements IntentOutcome {}

    /** Not decided: ask again. */
    record Processing(PaymentIntent intent) implements IntentOutcome {}

    /** Nobody has tried to pay yet. */
    record Open(PaymentIntent intent) implements IntentOutcome {}

    /** The last attempt was refused; another card may follow. */
    record Declined(@Nullable PaymentIntent intent, PaymentIntent.LastError error) implements IntentOutcome {}

    record Canceled(PaymentIntent intent) implements IntentOutcome {}

    /** A word that this version does not know: neither success nor failure. */
    record Unrecognized(PaymentIntent intent) implements IntentOutcome {}

    static IntentOutcome of(PaymentIntent intent) {
        return switch (intent.status()) {
            case SUCCEEDED -> new Succeeded(intent);
            case REQUIRES_ACTION -> intent.nextAction() == null ? new Processing(intent) : new ActionRequired(intent, intent.nextAction());
            case PROCESSING -> new Processing(intent);
            case REQUIRES_PAYMENT_METHOD -> intent.lastError() == null ? new Open(intent) : new Declined(intent, intent.lastError());
            case REQUIRES_CONFIRMATION -> new Open(intent);
            case CANCELED -> new Canceled(intent);
            case UNRECOGNIZED -> new Unrecognized(intent);
        };
    }
}
