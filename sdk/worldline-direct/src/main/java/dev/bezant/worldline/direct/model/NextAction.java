package dev.bezant.worldline.direct.model;

import dev.bezant.sdk.SecretText;
import java.net.URI;
import java.util.Optional;

/**
 * What must happen next for a payment to go on. Exactly one of these.
 *
 * @see "docs/protocols/worldline-direct.md, section 11"
 */
public sealed interface NextAction {
    /** Nothing: the payment's status tells the rest. */
    record None() implements NextAction {}

    /**
     * Send the payer's browser there, by GET; compare what comes back with {@code BrowserReturn}.
     *
     * @param address http or https
     * @param returnMac to be kept until the payer comes back
     */
    record Redirect(URI address, SecretText returnMac) implements NextAction {
        /** The address is as good as the payer's session. */
        @Override
        public String toString() {
            return "Redirect[" + address.getHost() + "]";
        }
    }

    /** Show a form or a code: one of the data's products is there. */
    record ShowForm(ShowFormData data) implements NextAction {}

    /** Show this text. */
    record ShowInstructions(String text) implements NextAction {
        @Override
        public String toString() {
            return "ShowInstructions[" + text.length() + " characters]";
        }
    }

    /** Show the result of the payment. */
    record ShowResults() implements NextAction {}

    /** Show a 3-D Secure challenge in the app. */
    record AppChallenge(MobileThreeDSecureChallengeParameters parameters) implements NextAction {}

    /** Continue with a third party's own tools. */
    record ThirdParty() implements NextAction {}

    /** An action that this version does not know, or one without its data: neither none nor any of the others. */
    record Unrecognized(MerchantAction action) implements NextAction {}

    static NextAction of(MerchantAction action) {
        Optional<NextAction> known = action.actionType().flatMap(type -> switch (type) {
            case REDIRECT -> action.redirectData().flatMap(NextAction::redirect);
            case SHOW_FORM -> action.showFormData().map(ShowForm::new);
            case SHOW_INSTRUCTIONS -> action.showInstructionsData().flatMap(ShowInstructionsData::showData).map(ShowInstructions::new);
            case SHOW_TRANSACTION_RESULTS -> Optional.of(new ShowResults());
            case MOBILE_THREEDS_CHALLENGE -> action.mobileThreeDSecureChallengeParameters().map(AppChallenge::new);
            case CALL_THIRD_PARTY -> Optional.of(new ThirdParty());
            case UNRECOGNIZED -> Optional.empty();
        });
        return known.orElseGet(() -> new Unrecognized(action));
    }

    private static Optional<NextAction> redirect(RedirectData data) {
        return data.redirectUrl().flatMap(WebAddress::of)
                .flatMap(address -> data.returnMac().map(returnMac -> new Redirect(address, returnMac)));
    }
}
