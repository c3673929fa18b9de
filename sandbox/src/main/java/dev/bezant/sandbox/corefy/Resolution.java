package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.card.Refusal;
import java.util.Map;

/** Corefy's words for why not (section 11). */
final class Resolution {
    static final String OK = "ok";
    static final String AUTHENTICATION_REQUIRED = "auth_3ds_required";
    static final String CARD_IS_ENROLLED = "card_is_3ds_enrolled";
    static final String AUTHENTICATION_FAILED = "client_auth_failed";
    static final String AUTHENTICATION_ERROR = "auth_fatal_error";
    static final String LOOKUP_FAILED = "unable_to_determine_3ds_enrolment";
    static final String CARD_EXPIRED = "card_expired";
    static final String DECLINED = "declined";
    static final String INSUFFICIENT_FUNDS = "insufficient_funds";
    static final String OTHER = "general_fatal_error";

    /** What a failing test card says, by its expiry (section 12). */
    private static final Map<String, String> BY_EXPIRY = Map.ofEntries(
            Map.entry("0856", "access_denied"), Map.entry("0440", "fatal_error"), Map.entry("0755", "error"),
            Map.entry("0339", "unable_to_reconcile"), Map.entry("0654", "provider_error"), Map.entry("0238", "invalid_amount"),
            Map.entry("0553", "unknown"), Map.entry("0137", "limit_violation"), Map.entry("0452", "duplicated_transaction"),
            Map.entry("1236", "functionality_is_not_permitted"), Map.entry("0351", AUTHENTICATION_ERROR), Map.entry("1135", "invalid_request"),
            Map.entry("0250", LOOKUP_FAILED), Map.entry("1034", "lost_or_stolen_card"), Map.entry("0149", CARD_IS_ENROLLED),
            Map.entry("0933", DECLINED), Map.entry("1248", "card_is_not_3ds_enrolled"), Map.entry("0832", "invalid_otp"),
            Map.entry("1147", "issuer_decline"), Map.entry("0731", "invalid_3ds_code"), Map.entry("1046", AUTHENTICATION_FAILED),
            Map.entry("0630", "invalid_card_status"), Map.entry("0945", "provider_fatal_error"), Map.entry("0529", INSUFFICIENT_FUNDS),
            Map.entry("0844", "invalid_details"), Map.entry("0428", CARD_EXPIRED), Map.entry("0743", "invalid_pin"),
            Map.entry("0327", "invalid_cvv"), Map.entry("0642", "antifraud_error"), Map.entry("0226", "invalid_pan"),
            Map.entry("0541", "invalid_card"), Map.entry("0125", "invalid_credentials"));

    private Resolution() {}

    /**
     * @param expiry two digits of the month, two of the year
     */
    static String byExpiry(String expiry) {
        return BY_EXPIRY.getOrDefault(expiry, OTHER);
    }

    static String of(Refusal refusal) {
        return switch (refusal) {
            case GENERIC -> DECLINED;
            case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
            case LOST_CARD -> "card_is_lost";
            case STOLEN_CARD -> "card_is_stolen";
            case VELOCITY_EXCEEDED -> "limit_violation";
            case EXPIRED_CARD -> CARD_EXPIRED;
            case INCORRECT_CVC -> "invalid_cvv";
            case PROCESSING_ERROR -> "provider_error";
            case FRAUDULENT -> "antifraud_error";
        };
    }
}
