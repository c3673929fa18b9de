package dev.bezant.server.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.TestApi;
import dev.bezant.server.testing.TestApi.Answer;
import dev.bezant.server.vault.Brands;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every test token of section 8. */
class TestTokensTest {
    private static final MethodWorld world = new MethodWorld();

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "visa, 4242424242424242", "visa_debit, 4000056655665556", "mastercard, 5555555555554444", "mastercard_debit, 5200828282828210",
        "mastercard_prepaid, 5105105105105100", "amex, 378282246310005", "discover, 6011111111111117", "diners, 3056930009020004",
        "jcb, 3566002020360505", "unionpay, 6200000000000005", "us, 4242424242424242", "br, 4000000760000002", "ca, 4000001240000000",
        "mx, 4000004840008001", "gb, 4000008260000000", "gb_debit, 4000058260000005", "de, 4000002760000016", "fr, 4000002500000003",
        "lt, 4000004400000000", "jp, 4000003920000003", "au, 4000000360000006", "bypassPending, 4000000000000077",
        "bypassPendingInternational, 4000003720000278", "visa_chargeDeclined, 4000000000000002", "chargeDeclined, 4000000000000002",
        "visa_chargeDeclinedInsufficientFunds, 4000000000009995", "chargeDeclinedInsufficientFunds, 4000000000009995",
        "visa_chargeDeclinedLostCard, 4000000000009987", "visa_chargeDeclinedStolenCard, 4000000000009979",
        "visa_chargeDeclinedVelocityLimitExceeded, 4000000000006975", "chargeDeclinedExpiredCard, 4000000000000069",
        "chargeDeclinedIncorrectCvc, 4000000000000127", "chargeDeclinedProcessingError, 4000000000000119", "radarBlock, 4100000000000019",
        "chargeDeclinedFraudulent, 4100000000000019", "chargeCustomerFail, 4000000000000341", "authenticationRequiredOnSetup, 4000002500003155",
        "authenticationRequired, 4000002760003184", "authenticationRequiredSetupForOffSession, 4000003800000446",
        "authenticationRequiredChargeDeclinedInsufficientFunds, 4000008260003178", "threeDSecure2Required, 4000000000003220",
        "threeDSecureRequiredChargeDeclined, 4000008400001629", "threeDSecureRequiredProcessingError, 4000008400001280",
        "threeDSecureOptional, 4000000000003055", "threeDSecureOptionalProcessingError, 4000000000003097",
        "amex_threeDSecureNotSupported, 378282246310005", "createDispute, 4000000000000259", "createDisputeProductNotReceived, 4000000000002685",
        "createDisputeInquiry, 4000000000001976", "createIssuerFraudRecord, 4000000000005423", "createMultipleDisputes, 4000000404000079",
        "createCe3EligibleDispute, 4000000404000038", "createComplianceDispute, 4000008400000779",
        "createMastercardComplianceDispute, 5105008400000002", "pendingRefund, 4000000000007726", "refundFail, 4000000000005126",
        "riskLevelHighest, 4000000000004954", "riskLevelElevated, 4000000000009235", "cvcCheckFail, 4000000000000101",
        "avsZipFail, 4000000000000036", "avsLine1Fail, 4000000000000028", "avsFail, 4000000000000010", "avsUnchecked, 4000000000000044"
    })
    void a_token_makes_a_fresh_method_with_its_number(String token, String number) {
        assertThat(TestTokens.find("pm_card_" + token)).contains(Secret.of(number));
        assertThat(TestTokens.find("tok_" + token)).contains(Secret.of(number));
        assertThat(Brands.luhn(number)).isTrue();

        Answer answer = world.api.post("/v1/payment_methods", "type=card&card[token]=tok_" + token);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/card/last4")).isEqualTo(number.substring(number.length() - 4));
        var card = (PaymentMethod.Card) world.methods.find(world.database(), "acct_a", false, answer.id()).orElseThrow().instrument();
        byte[] pan = world.database().sql("select pan from vault_card where account_id = 'acct_a' and id = :id").bind("id", card.id())
                .one(row -> row.bytes("pan")).orElseThrow();
        assertThat(world.vault.open("acct_a", false, card.id(), pan)).isEqualTo(Secret.of(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pm_card_none", "tok_none", "visa", "pm_card_", "", "4242424242424242"})
    void other_names_are_none(String name) {
        assertThat(TestTokens.find(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"visa, credit, US", "visa_debit, debit, ", "mastercard_prepaid, prepaid, ", "gb_debit, debit, GB", "lt, unknown, LT", "mastercard, unknown, "})
    void funding_and_country_are_as_far_as_the_page_tells(String token, String funding, String country) {
        Answer answer = world.api.post("/v1/payment_methods", "type=card&card[token]=tok_" + token);

        assertThat(answer.text("/card/funding")).isEqualTo(funding);
        assertThat(answer.text("/card/country")).isEqualTo(country);
    }

    @Test
    void attaching_a_token_makes_a_new_method_each_time() {
        String customer = world.customer();

        Answer first = world.api.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer);
        Answer second = world.api.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer);

        assertThat(first.id()).startsWith("pm_").isNotEqualTo("pm_card_visa").isNotEqualTo(second.id());
        assertThat(first.text("/customer")).isEqualTo(customer);
        assertThat(world.api.post("/v1/payment_methods/pm_card_none/attach", "customer=" + customer).status()).isEqualTo(404);
    }

    @Test
    void a_payment_makes_a_method_from_a_token_in_test_mode_only() {
        PaymentMethod method = world.methods.createFromToken(world.database(), TestApi.caller(TestApi.SECRET), "pm_card_mastercard");

        assertThat(world.methods.find(world.database(), "acct_a", false, method.id())).map(Object::toString).contains(method.toString());
        assertThat(world.methods.draftFromToken(TestApi.caller(TestApi.SECRET), method.id(), "payment_method")).isEmpty();
        assertThatThrownBy(() -> world.methods.draftFromToken(TestApi.caller(TestApi.LIVE), "pm_card_visa", "payment_method"))
                .isInstanceOf(ApiException.class).hasMessageContaining("No such PaymentMethod");
    }

    @Test
    void a_draft_is_stored_by_a_statement_of_somebody_else_only_if_that_has_a_row() {
        var caller = TestApi.caller(TestApi.SECRET);
        for (int rows : List.of(0, 1)) {
            var draft = world.methods.draftFromToken(caller, "pm_card_visa", "payment_method").orElseThrow();

            world.database().sql("with won as (select 1 from generate_series(1, :rows::int)), " + PaymentMethods.insertParts("from won", true) + " select 1 as one")
                    .bind(PaymentMethods.values(draft)).bind(Map.of("rows", rows)).list(row -> 1);

            assertThat(world.methods.find(world.database(), "acct_a", false, draft.method().id()).isPresent()).isEqualTo(rows == 1);
            if (rows == 1) {
                assertThat(PaymentMethods.render(world.methods.find(world.database(), "acct_a", false, draft.method().id()).orElseThrow()))
                        .isEqualTo(PaymentMethods.render(draft.method()));
            }
        }
    }
}
