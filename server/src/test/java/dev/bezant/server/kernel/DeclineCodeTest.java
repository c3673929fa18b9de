package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeclineCodeTest {
    /** Codes of docs/protocols/payments-api.md, section 5.4, that an error of a card may carry. */
    private static final List<String> ERROR_CODES = List.of("card_declined", "expired_card", "incorrect_cvc", "incorrect_number",
            "processing_error", "authentication_required", "payment_intent_authentication_failure", "payment_intent_payment_attempt_failed",
            "payment_method_provider_decline");

    @ParameterizedTest
    @EnumSource
    void every_decline_is_told_in_known_codes(DeclineCode decline) {
        assertThat(ERROR_CODES).contains(decline.errorCode());
        assertThat(decline.wireName()).matches("[a-z_]+");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_CARD", "STOLEN_CARD", "FRAUDULENT"})
    void what_a_thief_must_not_learn_reads_like_any_decline(DeclineCode decline) {
        assertThat(decline.message()).isEqualTo(DeclineCode.GENERIC_DECLINE.message());
    }

    @ParameterizedTest
    @EnumSource
    void messages_are_sentences_for_payers(DeclineCode decline) {
        assertThat(decline.message()).endsWith(".").doesNotContain("_");
    }
}
