package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.card.Refusal;
import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.card.TestCard.Sca;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated issuer does with a card: one that every provider knows, one of Cardinity's own (section 6), or any other. Stored with
 * a payment in place of the card number.
 *
 * @param shared null for Cardinity's own and any other
 */
record CardBehaviour(@Nullable TestCard shared, Own own) {
    private static final Map<String, Own> BY_PAN = byPan();

    /** Cardinity's own test cards. */
    enum Own {
        /** Approved below 150.00, declined from there on. Any number that is not listed. */
        ORDINARY(Sca.NONE, null, "4111111111111111", "4222222222222"),
        /** Challenged when 3-D Secure data is given; then like an ordinary card. 4444333322221111 is named by one SDK's pages only. */
        CHALLENGE(Sca.WHEN_ASKED, null, "5454545454545454", "4444333322221111"),
        CHALLENGE_FAILS(Sca.WHEN_ASKED, Decline.AUTHENTICATION_FAILED, "4200000000000000"),
        AUTHENTICATION_FAILED(Sca.NONE, Decline.CARD_AUTHENTICATION_FAILED, "5454545454540109"),
        DO_NOT_TRY_AGAIN(Sca.NONE, Decline.DO_NOT_TRY_AGAIN, "5454545454540018");

        private final Sca sca;
        private final @Nullable Decline decline;
        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; Java has no type that says so.
        private final List<String> pans;

        Own(Sca sca, @Nullable Decline decline, String... pans) {
            this.sca = sca;
            this.decline = decline;
            this.pans = List.of(pans);
        }

        List<String> pans() {
            return pans;
        }
    }

    static CardBehaviour of(String pan) {
        return new CardBehaviour(TestCard.of(pan), BY_PAN.getOrDefault(pan, Own.ORDINARY));
    }

    Sca sca() {
        return shared == null ? own.sca : shared.sca();
    }

    Aftermath aftermath() {
        return shared == null ? Aftermath.NONE : shared.aftermath();
    }

    /**
     * The issuer's word on an amount once 3-D Secure is out of the way.
     *
     * @param cents hundredths of the currency
     * @param challenged whether the payer has just passed a challenge
     * @return null if approved
     */
    @Nullable Decline declineOf(long cents, boolean challenged) {
        if (shared != null) {
            var refusal = shared.refusalOf(cents);
            return refusal == null ? null : inOurWords(refusal);
        }
        return switch (own) {
            case ORDINARY, CHALLENGE -> byAmount(cents);
            case CHALLENGE_FAILS -> challenged ? own.decline : byAmount(cents);
            case AUTHENTICATION_FAILED, DO_NOT_TRY_AGAIN -> own.decline;
        };
    }

    private static Decline inOurWords(Refusal refusal) {
        return switch (refusal) {
            case GENERIC -> Decline.DO_NOT_HONOR;
            case INSUFFICIENT_FUNDS -> Decline.INSUFFICIENT_FUNDS;
            case LOST_CARD -> Decline.LOST_CARD;
            case STOLEN_CARD -> Decline.STOLEN_CARD;
            case VELOCITY_EXCEEDED -> Decline.FREQUENCY_EXCEEDED;
            case EXPIRED_CARD -> Decline.EXPIRED_CARD;
            case INCORRECT_CVC -> Decline.INVALID_CVV;
            case PROCESSING_ERROR -> Decline.SYSTEM_MALFUNCTION;
            case FRAUDULENT -> Decline.SUSPECTED_FRAUD;
        };
    }

    /** At exactly 150.00 the sources contradict each other; the simulator declines. */
    private static @Nullable Decline byAmount(long cents) {
        return cents >= 150_00 ? Decline.DO_NOT_HONOR : null;
    }

    private static Map<String, Own> byPan() {
        var map = new HashMap<String, Own>();
        for (var behaviour : Own.values()) {
            for (var pan : behaviour.pans) {
                map.put(pan, behaviour);
            }
        }
        return Map.copyOf(map);
    }
}
