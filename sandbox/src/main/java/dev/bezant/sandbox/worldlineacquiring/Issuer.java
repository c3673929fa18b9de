package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.worldlineacquiring.CardUse.Pin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The simulated issuer: what it says, by the card and the amount. The amounts are the simulator's own (section 16). */
final class Issuer {
    /** Half is approved, if that will do; else declined. */
    static final long PARTLY = 9910;
    /** Nobody knows for an hour of the sandbox's clock. */
    static final long PENDING = 9977;
    /** Declined, whatever it is: payments, increments, captures, refunds. */
    static final long REFUSED = 9905;
    private static final long AUTHENTICATION = 9965;
    private static final long PIN = 9970;

    /** What it says to an authorization. */
    sealed interface Verdict {
        /** @param amount minor units; less than asked for in a partial approval */
        record Approved(long amount) implements Verdict {}

        record Pending() implements Verdict {}

        record Declined(Decline reason) implements Verdict {}
    }

    private Issuer() {}

    static Verdict ask(CardUse use, Money money, Instant now) {
        var reason = declineOf(use, money.amount(), now);
        if (reason != null) {
            return new Verdict.Declined(reason);
        }
        if (use.card().shared() == null && money.amount() == PARTLY) {
            return use.allowPartialApproval() ? new Verdict.Approved(PARTLY / 2) : new Verdict.Declined(Decline.INSUFFICIENT_FUNDS);
        }
        return use.card().shared() == null && money.amount() == PENDING ? new Verdict.Pending() : new Verdict.Approved(money.amount());
    }

    /**
     * Why the card is declined, or null.
     *
     * @param amount minor units; 0 to verify the card
     */
    static @Nullable Decline declineOf(CardUse use, long amount, Instant now) {
        var card = use.card();
        if (!card.isNumber()) {
            return Decline.INVALID_NUMBER;
        }
        if (card.isExpired(now)) {
            return Decline.EXPIRED_CARD;
        }
        boolean other = card.shared() == null;
        boolean insists = (other && amount == AUTHENTICATION) || switch (card.sca()) {
            case NONE, WHEN_ASKED, LOOKUP_FAILS_WHEN_ASKED -> false;
            case REQUIRED, REQUIRED_LOOKUP_FAILS -> !use.payerAbsent();
            case REQUIRED_ALWAYS -> true;
        };
        if (insists && !use.authenticated()) {
            return Decline.AUTHENTICATION_REQUIRED;
        }
        if (use.pin() == Pin.WRONG) {
            return Decline.INCORRECT_PIN;
        }
        return other && amount == PIN && use.pin() == Pin.NONE ? Decline.PIN_REQUIRED : declineOf(card, amount);
    }

    /** Of a card that was accepted before: an increment, a capture or a refund. */
    static @Nullable Decline declineOf(CardFacts card, long amount) {
        if (card.shared() != null) {
            var refusal = card.shared().refusalOf(amount);
            return refusal == null ? null : Decline.of(refusal);
        }
        return switch ((int) Math.min(amount, Integer.MAX_VALUE)) {
            case (int) REFUSED -> Decline.DO_NOT_HONOUR;
            case 9914 -> Decline.INVALID_NUMBER;
            case 9951 -> Decline.INSUFFICIENT_FUNDS;
            case 9954 -> Decline.EXPIRED_CARD;
            case 9959 -> Decline.SUSPECTED_FRAUD;
            case 9991 -> Decline.ISSUER_UNAVAILABLE;
            case 9996 -> Decline.SYSTEM_MALFUNCTION;
            default -> null;
        };
    }
}
