package dev.bezant.sandbox.worldlinedirect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of 3-D Secure (section 2.3).
 *
 * @param asked whether the payer shall be authenticated here
 * @param external whether the merchant has authenticated the payer elsewhere
 */
record ThreeDsRequest(boolean asked, boolean external, @Nullable String challengeIndicator) {
    static final ThreeDsRequest NONE = new ThreeDsRequest(false, false, null);

    private static final Set<String> INDICATORS = Set.of("no-preference", "no-challenge-requested", "challenge-requested", "challenge-required",
            "no-challenge-requested-risk-analysis-performed", "no-challenge-requested-data-share-only",
            "no-challenge-requested-consumer-authentication-performed", "no-challenge-requested-use-whitelist-exemption",
            "challenge-requested-whitelist-prompt-requested", "request-scoring-without-connecting-to-acs");
    private static final Set<String> EXEMPTIONS = Set.of("none", "transaction-risk-analysis", "low-value", "whitelist");
    private static final Set<String> SIZES = Set.of("250x400", "390x400", "500x600", "600x400", "full-screen");

    /**
     * @param card {@code cardPaymentMethodSpecificInput}
     * @param standard whether authentication is asked for if nothing is said of it
     */
    static ThreeDsRequest read(Input card, boolean standard) {
        if (!card.has("threeDSecure")) {
            return new ThreeDsRequest(standard && !card.flag("skipAuthentication", false), false, null);
        }
        var input = card.object("threeDSecure");
        var indicator = input.choice("challengeIndicator", INDICATORS);
        input.choice("exemptionRequest", EXEMPTIONS);
        input.choice("challengeCanvasSize", SIZES);
        boolean skip = input.flag("skipAuthentication", card.flag("skipAuthentication", false));
        boolean external = input.has("externalCardholderAuthenticationData");
        return new ThreeDsRequest(!skip && !external, external, indicator);
    }
}
