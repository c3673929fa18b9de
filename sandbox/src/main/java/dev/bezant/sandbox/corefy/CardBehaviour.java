package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.card.TestCard.Aftermath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated issuer does with a card. Stored with a payment in place of the card number, so that no number is ever written down.
 *
 * @param shared one of the test cards every simulated provider knows; null if it is none of these
 * @param own what this provider does with any other card
 */
record CardBehaviour(@Nullable TestCard shared, Own own) {
    /** Corefy's own test cards (section 12); their expiry says how they fail. */
    enum Own {
        /** Approved: any number that is not listed. */
        ORDINARY,
        CHALLENGE_THEN_SUCCESS,
        SUCCESS,
        CHALLENGE_THEN_FAILURE,
        FAILURE
    }

    /** The issuer's word once 3-D Secure is out of the way. */
    sealed interface Verdict {
        record Approved() implements Verdict {}

        record Pending(String resolution) implements Verdict {}

        record Refused(String resolution) implements Verdict {}
    }

    private static final Map<String, Own> BY_PAN = Map.of(
            "5123817234060000", Own.CHALLENGE_THEN_SUCCESS, "5519283812030000", Own.SUCCESS,
            "4412397212080000", Own.CHALLENGE_THEN_FAILURE, "4302912837020000", Own.FAILURE);
    /** On a card that succeeds: stays pending. */
    private static final String PENDING_EXPIRY = "0777";

    static CardBehaviour of(String pan) {
        return new CardBehaviour(TestCard.of(pan), BY_PAN.getOrDefault(pan, Own.ORDINARY));
    }

    Aftermath aftermath() {
        return shared == null ? Aftermath.NONE : shared.aftermath();
    }

    /** Whether the payer, who is there, must authenticate. Nothing in the API asks for it: the card alone decides. */
    boolean challengesPayer() {
        if (shared == null) {
            return own == Own.CHALLENGE_THEN_SUCCESS || own == Own.CHALLENGE_THEN_FAILURE;
        }
        return switch (shared.sca()) {
            case REQUIRED, REQUIRED_ALWAYS -> true;
            case WHEN_ASKED -> shared == TestCard.CHALLENGE_ON_SESSION;
            case NONE, REQUIRED_LOOKUP_FAILS, LOOKUP_FAILS_WHEN_ASKED -> false;
        };
    }

    /**
     * @param expiry two digits of the month, two of the year
     * @param payerPresent false when a saved card is charged at once
     */
    Verdict verdict(long amount, String expiry, boolean expired, boolean payerPresent) {
        if (shared != null) {
            return ofShared(shared, amount, expired, payerPresent);
        }
        return switch (own) {
            case ORDINARY -> expired ? new Verdict.Refused(Resolution.CARD_EXPIRED) : new Verdict.Approved();
            case SUCCESS -> expiry.equals(PENDING_EXPIRY) ? new Verdict.Pending(Resolution.OK) : new Verdict.Approved();
            case CHALLENGE_THEN_SUCCESS ->
                    expiry.equals(PENDING_EXPIRY) ? new Verdict.Pending(Resolution.AUTHENTICATION_REQUIRED) : new Verdict.Approved();
            case CHALLENGE_THEN_FAILURE, FAILURE -> new Verdict.Refused(Resolution.byExpiry(expiry));
        };
    }

    private static Verdict ofShared(TestCard card, long amount, boolean expired, boolean payerPresent) {
        if (expired) {
            return new Verdict.Refused(Resolution.CARD_EXPIRED);
        }
        boolean lookupFails = payerPresent && card.sca() == TestCard.Sca.REQUIRED_LOOKUP_FAILS;
        if (lookupFails) {
            return new Verdict.Refused(Resolution.LOOKUP_FAILED);
        }
        if (!payerPresent && card.sca() == TestCard.Sca.REQUIRED_ALWAYS) {
            return new Verdict.Refused(Resolution.CARD_IS_ENROLLED);
        }
        var refusal = card.refusalOf(amount);
        return refusal == null ? new Verdict.Approved() : new Verdict.Refused(Resolution.of(refusal));
    }
}
