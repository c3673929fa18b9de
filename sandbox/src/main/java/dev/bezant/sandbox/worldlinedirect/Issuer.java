package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.card.TestCard.Sca;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The simulated issuer: what it says to a card payment, by the card and the amount (sections 1.1, 2.5). */
final class Issuer {
    /** Declined as a sale in euro; of cards that are not in the common table. */
    static final long DECLINED = 1302;
    /** The authorization waits, or is uncertain, in euro: the simulator's own. */
    static final long WAITS = 1251;
    static final long UNCERTAIN = 1252;

    private static final Set<String> CHALLENGE_WANTED = Set.of("challenge-requested", "challenge-required",
            "challenge-requested-whitelist-prompt-requested");

    /** What the issuer is told. */
    record Question(CardFacts card, Money money, boolean sale, ThreeDsRequest threeDs, boolean payerAbsent, Instant now) {}

    /** What it says. */
    sealed interface Verdict {
        record Approved(Authentication authentication) implements Verdict {}

        record Challenge() implements Verdict {}

        record Declined(Decline reason, Authentication authentication) implements Verdict {}
    }

    private Issuer() {}

    static Verdict ask(Question question) {
        var sca = question.card().sca();
        if (question.payerAbsent()) {
            return sca == Sca.REQUIRED_ALWAYS
                    ? new Verdict.Declined(Decline.AUTHENTICATION_REQUIRED, Authentication.NONE)
                    : decided(question, Authentication.NONE);
        }
        if (question.threeDs().external()) {
            return decided(question, Authentication.EXTERNAL);
        }
        boolean asked = question.threeDs().asked();
        return switch (sca) {
            case NONE -> asked ? unforced(question) : decided(question, Authentication.NONE);
            case WHEN_ASKED -> asked ? new Verdict.Challenge() : decided(question, Authentication.NONE);
            case REQUIRED, REQUIRED_ALWAYS -> asked
                    ? new Verdict.Challenge() : new Verdict.Declined(Decline.AUTHENTICATION_REQUIRED, Authentication.NONE);
            case REQUIRED_LOOKUP_FAILS -> asked
                    ? new Verdict.Declined(Decline.AUTHENTICATION_UNAVAILABLE, Authentication.UNAVAILABLE)
                    : new Verdict.Declined(Decline.AUTHENTICATION_REQUIRED, Authentication.NONE);
            case LOOKUP_FAILS_WHEN_ASKED -> asked
                    ? new Verdict.Declined(Decline.AUTHENTICATION_UNAVAILABLE, Authentication.UNAVAILABLE)
                    : decided(question, Authentication.NONE);
        };
    }

    /** 3-D Secure with a card that does not insist: any other card does what the merchant prefers. */
    private static Verdict unforced(Question question) {
        var shared = question.card().shared();
        if (shared == null) {
            return CHALLENGE_WANTED.contains(String.valueOf(question.threeDs().challengeIndicator()))
                    ? new Verdict.Challenge() : decided(question, Authentication.FRICTIONLESS);
        }
        return decided(question, shared == TestCard.FRICTIONLESS ? Authentication.FRICTIONLESS
                : shared == TestCard.WITHOUT_3DS ? Authentication.UNAVAILABLE : Authentication.ATTEMPTED);
    }

    /** Once the payer has passed the challenge. */
    static Verdict afterChallenge(Question question) {
        return decided(question, Authentication.CHALLENGED);
    }

    private static Verdict decided(Question question, Authentication authentication) {
        var reason = declineOf(question.card(), question.money(), question.sale(), question.now());
        return reason == null ? new Verdict.Approved(authentication) : new Verdict.Declined(reason, authentication);
    }

    /** Why the card is declined once authentication is out of the way, or null. */
    static @Nullable Decline declineOf(CardFacts card, Money money, boolean sale, Instant now) {
        if (card.ownRefusal() != null) {
            return card.ownRefusal();
        }
        if (card.isExpired(now)) {
            return Decline.EXPIRED_CARD;
        }
        if (card.shared() != null) {
            var refusal = card.shared().refusalOf(money.amount());
            return refusal == null ? null : Decline.of(refusal);
        }
        return sale && isEuro(money, DECLINED) ? Decline.ISSUER_REJECTED : null;
    }

    static boolean isEuro(Money money, long amount) {
        return money.amount() == amount && money.currency().equals("EUR");
    }
}
