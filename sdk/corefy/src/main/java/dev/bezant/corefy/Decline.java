package dev.bezant.corefy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment was refused.
 *
 * @param resolution Corefy's word, such as {@code insufficient_funds}; null when it said none
 * @param message for people, where Corefy sent one
 * @param originalResolution the acquirer's own word, where Corefy shows it
 * @see "docs/protocols/corefy.md, section 11"
 */
public record Decline(@Nullable String resolution, @Nullable String message, @Nullable String originalResolution) {
    /** What may be done next. */
    public enum Kind {
        /** May succeed later, with another card, or elsewhere. */
        SOFT,
        /** Do not try this card again. */
        HARD,
        /** Authentication failed: a new attempt by the payer is needed. */
        AUTHENTICATION_FAILED,
        /** The issuer wants the payer to authenticate, and the payer was not asked. */
        NEEDS_AUTHENTICATION,
        /** No route of the account takes this payment; another account may. */
        NOT_ROUTED
    }

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("lost_or_stolen_card", Kind.HARD),
            Map.entry("card_is_lost", Kind.HARD),
            Map.entry("card_is_stolen", Kind.HARD),
            Map.entry("card_restricted", Kind.HARD),
            Map.entry("antifraud_error", Kind.HARD),
            Map.entry("fatal_card_expired", Kind.HARD),
            Map.entry("fatal_decline", Kind.HARD),
            Map.entry("fatal_invalid_card", Kind.HARD),
            Map.entry("card_expired", Kind.HARD),
            Map.entry("invalid_pan", Kind.HARD),
            Map.entry("invalid_card", Kind.HARD),
            Map.entry("invalid_card_status", Kind.HARD),
            Map.entry("auth_fatal_error", Kind.AUTHENTICATION_FAILED),
            Map.entry("unable_to_determine_3ds_enrolment", Kind.AUTHENTICATION_FAILED),
            Map.entry("card_is_not_3ds_enrolled", Kind.AUTHENTICATION_FAILED),
            Map.entry("client_auth_failed", Kind.AUTHENTICATION_FAILED),
            Map.entry("invalid_otp", Kind.AUTHENTICATION_FAILED),
            Map.entry("invalid_3ds_code", Kind.AUTHENTICATION_FAILED),
            Map.entry("card_is_3ds_enrolled", Kind.NEEDS_AUTHENTICATION),
            Map.entry("auth_3ds_required", Kind.NEEDS_AUTHENTICATION),
            Map.entry("no_routes_by_condition", Kind.NOT_ROUTED));

    /** Soft for every word that is not known to be more. */
    public Kind kind() {
        return resolution == null ? Kind.SOFT : KINDS.getOrDefault(resolution, Kind.SOFT);
    }
}
