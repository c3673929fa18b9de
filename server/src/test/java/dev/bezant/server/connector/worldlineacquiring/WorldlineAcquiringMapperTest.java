package dev.bezant.server.connector.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.connector.Connector.Card;
import dev.bezant.server.connector.Connector.Instrument;
import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.connector.Connector.Payment;
import dev.bezant.server.connector.Connector.Redirect;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import dev.bezant.worldline.acquiring.model.AmountData;
import dev.bezant.worldline.acquiring.model.ApiPaymentRequest;
import dev.bezant.worldline.acquiring.model.AuthorizationType;
import dev.bezant.worldline.acquiring.model.Brand;
import dev.bezant.worldline.acquiring.model.CardOnFileData;
import dev.bezant.worldline.acquiring.model.CardOnFileInitiator;
import dev.bezant.worldline.acquiring.model.CardPaymentData;
import dev.bezant.worldline.acquiring.model.CardholderVerificationMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class WorldlineAcquiringMapperTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");
    private static final String REFERENCE = "b-0VZk3xQa1b2C3d4E5f6G";

    private static Card card(String brand, @Nullable String cvc) {
        return new Card(Secret.of("4176669999000104"), brand, 12, 2031, cvc == null ? null : Secret.of(cvc));
    }

    private static Payment payment(Money amount, boolean capture, Instrument instrument, @Nullable String credential, boolean keep, boolean offSession) {
        return new Payment(REFERENCE, amount, capture, instrument, credential, keep, false,
                new Payer(null, null, null, "1 High Street", null, null, null, "AB1 2CD", "GB"), null, "SHOP 42", Browser.UNKNOWN, "https://back.example",
                "https://notice.example", offSession);
    }

    private static ApiPaymentRequest mapped(Payment payment) throws WorldlineAcquiringMapper.Unmappable {
        return WorldlineAcquiringMapper.payment(payment, NOW);
    }

    private static CardPaymentData cardOf(ApiPaymentRequest request) {
        return request.cardPaymentData().orElseThrow();
    }

    @Test
    void a_sale_says_who_and_what_and_takes_it_at_once() throws Exception {
        ApiPaymentRequest request = mapped(payment(Money.of(200, "gbp"), true, card("visa", "012"), null, false, false));
        assertThat(request.operationId()).contains(REFERENCE);
        assertThat(request.references().orElseThrow().merchantReference()).contains(REFERENCE);
        assertThat(request.references().orElseThrow().dynamicDescriptor()).contains("SHOP 42");
        assertThat(request.transactionTimestamp().orElseThrow().toString()).isEqualTo("2026-03-04T05:06:07Z");
        assertThat(request.authorizationType()).isEmpty();
        CardPaymentData card = cardOf(request);
        assertThat(card.captureImmediately()).contains(true);
        assertThat(card.allowPartialApproval()).contains(false);
        assertThat(card.brand()).contains(Brand.VISA);
        assertThat(card.cardholderVerificationMethod()).contains(CardholderVerificationMethod.CARD_SECURITY_CODE);
        assertThat(card.cardData().orElseThrow().expiryDate().orElseThrow().wire()).isEqualTo("122031");
        assertThat(card.cardOnFileData()).isEmpty();
        var address = card.ecommerceData().orElseThrow().addressVerificationData().orElseThrow();
        assertThat(address.cardholderAddress()).contains("1 High Street");
        assertThat(address.cardholderPostalCode()).contains("AB12CD");
    }

    @Test
    void what_is_to_be_captured_later_is_a_pre_authorization() throws Exception {
        ApiPaymentRequest request = mapped(payment(Money.of(200, "gbp"), false, card("mastercard", null), null, false, false));
        assertThat(request.authorizationType()).contains(AuthorizationType.PRE_AUTHORIZATION);
        assertThat(cardOf(request).captureImmediately()).contains(false);
        assertThat(cardOf(request).cardholderVerificationMethod()).contains(CardholderVerificationMethod.NONE);
    }

    /** The API counts Icelandic krónur in hundredths, which nobody else has. */
    @ParameterizedTest
    @CsvSource({"eur, 1234, 1234, 2", "jpy, 1234, 1234, 0", "kwd, 12340, 12340, 3", "isk, 5000, 50, 0"})
    void amounts_have_the_decimals_of_their_currency(String currency, long ours, long theirs, int decimals) throws Exception {
        AmountData amount = mapped(payment(Money.of(ours, currency), true, card("visa", "012"), null, false, false)).amount().orElseThrow();
        assertThat(amount.amount()).contains(theirs);
        assertThat(amount.numberOfDecimals()).contains(decimals);
        assertThat(WorldlineAcquiringMapper.money(Optional.of(amount), Currency.of(currency))).contains(Money.of(ours, currency));
        assertThat(WorldlineAcquiringMapper.money(Optional.of(amount), Currency.of("usd"))).isEmpty();
    }

    @Test
    void what_has_no_words_there_is_refused_before_it_is_sent() {
        assertThatThrownBy(() -> mapped(payment(Money.of(200, "eur"), true, card("amex", "1234"), null, false, false)))
                .isInstanceOf(WorldlineAcquiringMapper.Unmappable.class).hasMessageContaining("amex");
        assertThatThrownBy(() -> mapped(payment(Money.of(200, "eur"), true, new Redirect(RedirectMethod.IDEAL), null, false, false)))
                .isInstanceOf(WorldlineAcquiringMapper.Unmappable.class).hasMessageContaining("iDEAL");
    }

    private static CardOnFileData onFile(@Nullable String credential, boolean keep, boolean offSession) throws Exception {
        return cardOf(mapped(payment(Money.of(200, "eur"), true, card("visa", null), credential, keep, offSession))).cardOnFileData().orElseThrow();
    }

    @Test
    void a_kept_card_belongs_to_the_payment_it_was_kept_with() throws Exception {
        assertThat(onFile(null, true, false).isInitialTransaction()).contains(true);
        var alone = onFile("scheme:123456789012345", true, true).subsequentCardOnFileData().orElseThrow();
        assertThat(alone.cardOnFileInitiator()).contains(CardOnFileInitiator.MERCHANT);
        assertThat(alone.initialSchemeTransactionId()).contains("123456789012345");
        assertThat(onFile("scheme:123456789012345", false, false).subsequentCardOnFileData().orElseThrow().cardOnFileInitiator())
                .contains(CardOnFileInitiator.CARDHOLDER);
        // A payment's id is not the scheme's number of it.
        assertThat(cardOf(mapped(payment(Money.of(200, "eur"), true, card("visa", null), "a-payment", false, true))).cardOnFileData()).isEmpty();
    }

    @Test
    void only_parts_are_numbered() throws Exception {
        var part = new Movement("pay-1", REFERENCE, Money.of(100, "eur"), false);
        var first = WorldlineAcquiringMapper.capture(part, 1, NOW);
        assertThat(first.captureSequenceNumber()).contains(1);
        assertThat(first.isFinal()).contains(false);
        var whole = WorldlineAcquiringMapper.capture(new Connector.Movement("pay-1", REFERENCE, Money.of(100, "eur"), true), null, NOW);
        assertThat(whole.captureSequenceNumber()).isEmpty();
        assertThat(whole.isFinal()).isEmpty();
        assertThat(WorldlineAcquiringMapper.release(part, NOW).reversalAmount()).isEmpty();
        assertThat(WorldlineAcquiringMapper.refund(part, NOW).captureImmediately()).contains(true);
    }

    private static WorldlineAcquiringConfig config(boolean live, String settings, String credentials) {
        ObjectNode read = Json.readObject(settings);
        return WorldlineAcquiringConfig.of(new ProviderAccount("acct", "pa_1", live, "worldline-acquiring", "main", read, Secret.of(credentials)), Duration.ofSeconds(9));
    }

    @Test
    void settings_have_standards_in_test_mode_and_every_mistake_is_told() {
        String credentials = "{\"acquirer_id\":\"1\",\"merchant_id\":\"2\",\"client_id\":\"c\",\"client_secret\":\"s\"}";
        assertThat(config(false, "{}", credentials).url().getHost()).contains("preprod");
        assertThat(config(false, "{\"scopes\":\"a b\"}", credentials).scopes()).containsExactly("a", "b");
        assertThatThrownBy(() -> config(true, "{\"processing_time_max_ms\":-1}", "{\"acquirer_id\":\"1\",\"client_secret\":\"hidden\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("merchant_id", "client_id", "settings.url", "credentials.token_url", "processing_time_max_ms")
                .hasMessageNotContaining("hidden");
    }
}
