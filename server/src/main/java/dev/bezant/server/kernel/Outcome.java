package dev.bezant.server.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call to a provider ended. Exactly one of these; an exception is never thrown for something a provider said.
 *
 * @see "docs/architecture.md, Outcomes"
 */
public sealed interface Outcome {
    /**
     * It happened.
     *
     * @param providerId the provider's id of what happened
     * @param amount what the provider says it authorized, captured or refunded
     * @param details what else is worth keeping; see the constants
     */
    record Approved(String providerId, Money amount, Map<String, String> details) implements Outcome {
        /** What stands for this payment when the same card is charged again; the payment's id where it is absent. */
        public static final String CREDENTIAL = "credential";
        /** Of a payment: {@code true} or {@code false}, where the provider tells whether it is captured; else it is as was asked. */
        public static final String CAPTURED = "captured";

        /** Whether a payment that was to be captured at once, or not, has become what was asked for. */
        public boolean isAsAsked(Money asked, boolean capture) {
            return amount.equals(asked) && details.getOrDefault(CAPTURED, String.valueOf(capture)).equals(String.valueOf(capture));
        }
    }

    /**
     * The payer must act.
     *
     * @param action null where the provider, asked again, only says that it waits for him
     */
    record ActionRequired(String providerId, @Nullable PayerAction action) implements Outcome {}

    /** The provider says that it is working on it. */
    record Pending(String providerId) implements Outcome {}

    /**
     * The issuer or the provider said no.
     *
     * @param hard whether trying again, here or elsewhere, is forbidden
     * @param providerId the provider's id of the declined attempt, where it made one
     */
    record Declined(DeclineCode code, boolean hard, ProviderSays says, @Nullable String providerId) implements Outcome {}

    /**
     * The provider refused our request or our credentials; nothing happened.
     *
     * @param elsewhere whether another provider account may be asked
     * @param told what the payer is told if no other account takes it
     */
    record Rejected(String reason, boolean elsewhere, ProviderSays says, DeclineCode told) implements Outcome {
        public Rejected(String reason, boolean elsewhere, ProviderSays says) {
            this(reason, elsewhere, says, DeclineCode.PROVIDER_UNAVAILABLE);
        }
    }

    /** No byte of the request left; nothing happened. */
    record NotSent(String reason) implements Outcome {}

    /** It may have happened. Only settling can tell; never ask another provider. */
    record Unknown(String reason) implements Outcome {}

    /**
     * The provider's own words beside ours.
     *
     * @param code the provider's code, such as {@code 3000}
     * @param text its text, free of card data
     * @param adviceCode the scheme's advice, such as {@code 03}
     */
    record ProviderSays(@Nullable String code, @Nullable String text, @Nullable String adviceCode) {
        public static final ProviderSays NOTHING = new ProviderSays(null, null, null);
    }

    /**
     * What the payer's browser must do: go to this address, and come back.
     *
     * @param kind {@link #REDIRECT} by GET; any other posts the fields. After {@link #REDIRECT} and {@link #FORM} the provider goes on by itself
     * @param echo what the way back must bring, where the provider says so beforehand
     */
    record PayerAction(String kind, String url, Map<String, String> fields, Map<String, String> echo) {
        public static final String REDIRECT = "redirect";
        public static final String FORM = "form";

        public PayerAction(String kind, String url, Map<String, String> fields) {
            this(kind, url, fields, Map.of());
        }

        public static PayerAction redirect(String url, Map<String, String> echo) {
            return new PayerAction(REDIRECT, url, Map.of(), echo);
        }
    }
}
