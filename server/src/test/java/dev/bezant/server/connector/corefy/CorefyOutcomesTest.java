package dev.bezant.server.connector.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.corefy.Challenge;
import dev.bezant.corefy.Decline;
import dev.bezant.corefy.PaymentInvoice.Acquirer;
import dev.bezant.corefy.PaymentInvoice.Attempt;
import dev.bezant.corefy.PaymentInvoice.Times;
import dev.bezant.corefy.PaymentInvoice.Totals;
import dev.bezant.corefy.PaymentInvoice;
import dev.bezant.corefy.Refund;
import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.FieldError;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.Problem;
import dev.bezant.sdk.error.RateLimitException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorefyOutcomesTest {
    private static final String ID = "cpi_0000000000000001";
    private static final Inquiry ASKED = new Inquiry(ID, "b-1", Money.of(15_00, "eur"), "https://back.example");
    private static final Attempt BEGUN = new Attempt.Begun("pay_1", null, null);

    private record Told(String status, @Nullable String resolution, Attempt attempt, Map<String, String> metadata, boolean moderated,
            @Nullable BigDecimal processed, String currency, String reference, boolean testMode) {
        static Told of(String status) {
            return new Told(status, "ok", BEGUN, Map.of("bezant_way", "gate"), false, null, "EUR", "b-1", true);
        }

        Told because(String word) {
            return new Told(status, word, attempt, metadata, moderated, processed, currency, reference, testMode);
        }

        Told with(Attempt other) {
            return new Told(status, resolution, other, metadata, moderated, processed, currency, reference, testMode);
        }

        Told by(@Nullable String way) {
            return new Told(status, resolution, attempt, way == null ? Map.of() : Map.of("bezant_way", way), moderated, processed, currency, reference, testMode);
        }

        Told moderation() {
            return new Told(status, resolution, attempt, metadata, true, processed, currency, reference, testMode);
        }

        Told paying(String amount, String otherCurrency) {
            return new Told(status, resolution, attempt, metadata, moderated, new BigDecimal(amount), otherCurrency, reference, testMode);
        }

        Told about(String otherReference, boolean test) {
            return new Told(status, resolution, attempt, metadata, moderated, processed, currency, otherReference, test);
        }

        Outcome read() {
            var invoice = new PaymentInvoice(ID, status, resolution, null, reference, new BigDecimal("15"), currency, testMode, moderated,
                    new Totals(processed, null, null, null, null), new Times(null, null, null, null, null, null), null, null,
                    URI.create("https://pay.example/1"), attempt, null, new Acquirer(null, null, null, null, null), metadata, Map.of());
            return CorefyOutcomes.payment(invoice, ASKED, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"processed", "refund_pending", "partially_refunded", "refunded", "refund_failed", "charged_back"})
    void what_was_paid_is_approved_whatever_became_of_it_since(String status) {
        assertThat(Told.of(status).read()).isEqualTo(new Outcome.Approved(ID, Money.of(15_00, "eur"), Map.of("captured", "true")));
    }

    @Test
    void less_than_was_asked_is_told_as_it_is_and_another_currency_is_nobodys_guess() {
        assertThat(Told.of("partially_processed").paying("7.5", "EUR").read())
                .isEqualTo(new Outcome.Approved(ID, Money.of(7_50, "eur"), Map.of("captured", "true")));
        assertThat(Told.of("partially_processed").read()).isEqualTo(new Outcome.Pending(ID));
        assertThat(Told.of("processed").paying("15", "USD").read()).isEqualTo(new Outcome.Pending(ID));
    }

    @Test
    void an_invoice_of_another_reference_or_mode_says_nothing() {
        assertThat(Told.of("processed").about("b-2", true).read()).isInstanceOf(Outcome.Unknown.class);
        assertThat(Told.of("processed").about("b-1", false).read()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void only_an_invoice_of_the_gate_that_says_that_nobody_began_is_not_begun() {
        Told untouched = Told.of("process_pending").with(new Attempt.None());
        assertThat(untouched.read()).isInstanceOf(Outcome.NotSent.class);
        assertThat(untouched.by("token").read()).isEqualTo(new Outcome.Pending(ID));
        assertThat(untouched.by(null).read()).as("not known to be ours").isEqualTo(new Outcome.Pending(ID));
        assertThat(untouched.moderation().read()).isEqualTo(new Outcome.Pending(ID));
        assertThat(untouched.with(new Attempt.NotTold()).read()).isEqualTo(new Outcome.Pending(ID));
        assertThat(untouched.with(BEGUN).read()).isEqualTo(new Outcome.Pending(ID));
        assertThat(untouched.by("page").read()).isInstanceOfSatisfying(Outcome.ActionRequired.class,
                waits -> assertThat(waits.action()).isEqualTo(Outcome.PayerAction.redirect("https://pay.example/1", Map.of())));
    }

    @Test
    void a_payment_that_waits_for_its_issuer_waits_for_the_payer() {
        assertThat(Told.of("process_pending").with(new Attempt.Begun("pay_1", "authorize_required", null)).read())
                .isEqualTo(new Outcome.ActionRequired(ID, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "processing", "process_error", "a_word_of_tomorrow"})
    void what_is_under_way_or_not_understood_is_neither_paid_nor_refused(String status) {
        assertThat(Told.of(status).read()).isEqualTo(new Outcome.Pending(ID));
    }

    @ParameterizedTest
    @CsvSource({
        "insufficient_funds, INSUFFICIENT_FUNDS, false", "lost_or_stolen_card, STOLEN_CARD, true", "card_is_lost, LOST_CARD, true",
        "antifraud_error, FRAUDULENT, true", "invalid_cvv, INCORRECT_CVC, false", "card_expired, EXPIRED_CARD, true",
        "client_auth_failed, AUTHENTICATION_FAILURE, true", "card_is_3ds_enrolled, AUTHENTICATION_REQUIRED, false",
        "card_restricted, DO_NOT_TRY_AGAIN, true", "general_fatal_error, GENERIC_DECLINE, false", "a_word_of_tomorrow, GENERIC_DECLINE, false"})
    void refusals_are_told_in_our_words(String resolution, DeclineCode code, boolean hard) {
        assertThat(Told.of("process_failed").because(resolution).read()).isInstanceOfSatisfying(Outcome.Declined.class, declined -> {
            assertThat(declined.code()).isEqualTo(code);
            assertThat(declined.hard()).isEqualTo(hard);
            assertThat(declined.says().code()).isEqualTo(resolution);
            assertThat(declined.providerId()).isEqualTo(ID);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "terminated"})
    void what_the_payer_did_not_pay_has_failed(String status) {
        assertThat(Told.of(status).read()).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void an_account_without_a_route_leaves_it_to_the_next() {
        assertThat(CorefyOutcomes.refused(new Decline("no_routes_by_condition", null, null), ID))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.elsewhere()).isTrue());
        assertThat(CorefyOutcomes.refused(new Decline("declined", null, null), ID)).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void a_challenge_is_handed_on_as_it_came() {
        var form = (Outcome.ActionRequired) CorefyOutcomes.challenge(new Challenge(URI.create("https://acs.example/c"), "POST", Map.of("creq", "abc")), ID);
        assertThat(form.action()).isEqualTo(new Outcome.PayerAction("form", "https://acs.example/c", Map.of("creq", "abc")));
        var link = (Outcome.ActionRequired) CorefyOutcomes.challenge(new Challenge(URI.create("https://acs.example/c"), "GET", Map.of("creq", "abc")), ID);
        assertThat(link.action()).isEqualTo(Outcome.PayerAction.redirect("https://acs.example/c?creq=abc", Map.of()));
    }

    private static Outcome refund(String status, @Nullable String amount) {
        var refund = new Refund("ref_1", status, "b-2", ID, null, amount == null ? null : new BigDecimal(amount), null, "EUR", null, Map.of());
        return CorefyOutcomes.refund(refund, "EUR", Currency.of("eur")).outcome();
    }

    @Test
    void a_refund_is_done_when_it_says_so_with_its_amount() {
        assertThat(refund("processed", "1.5")).isEqualTo(new Outcome.Approved("ref_1", Money.of(1_50, "eur"), Map.of()));
        assertThat(refund("processed", null)).isEqualTo(new Outcome.Pending("ref_1"));
        assertThat(refund("process_pending", "1.5")).isEqualTo(new Outcome.Pending("ref_1"));
        assertThat(refund("a_word_of_tomorrow", "1.5")).isEqualTo(new Outcome.Pending("ref_1"));
        assertThat(refund("process_failed", "1.5")).isInstanceOf(Outcome.Declined.class);
    }

    private static Problem problem(int status, String field) {
        return new Problem("POST", status, null, null, null, null, List.of(new FieldError(field, null, "is wrong")));
    }

    @Test
    void whatever_may_have_paid_is_unknown_and_an_invoice_alone_pays_nothing() {
        for (SdkException doubt : List.of(new PlatformException(problem(503, "")), new RateLimitException(problem(429, ""), null))) {
            assertThat(CorefyOutcomes.failure(doubt)).isInstanceOf(Outcome.Unknown.class);
            assertThat(CorefyOutcomes.notMade(doubt)).isInstanceOf(Outcome.NotSent.class);
        }
    }

    @Test
    void refusals_of_the_account_go_to_the_next_and_those_of_the_request_do_not() {
        assertThat(elsewhere(new AuthenticationException(problem(401, ""), null))).isTrue();
        assertThat(elsewhere(new ValidationException(problem(422, "service")))).isTrue();
        assertThat(elsewhere(new ValidationException(problem(422, "customer.email")))).isFalse();
    }

    private static boolean elsewhere(SdkException e) {
        return CorefyOutcomes.notMade(e) instanceof Outcome.Rejected rejected && rejected.elsewhere();
    }
}
