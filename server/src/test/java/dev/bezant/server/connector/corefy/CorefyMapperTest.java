package dev.bezant.server.connector.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.corefy.NewInvoice;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.connector.Connector.Browser;
import dev.bezant.server.connector.Connector.Card;
import dev.bezant.server.connector.Connector.Instrument;
import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.Payer;
import dev.bezant.server.connector.Connector.Payment;
import dev.bezant.server.connector.Connector.Redirect;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.corefy.CorefyMapper.Way;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorefyMapperTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");
    private static final String REFERENCE = "b-0VZk3xQa1b2C3d4E5f6G";
    private static final String TOKEN = "b-1234567890123456789:0123456789abcdef0123456789abcdef";
    private static final String CREDENTIALS = "{\"account_id\":\"coma_1\",\"api_key\":\"hidden\",\"callback_secret\":\"sk_test_hidden\"}";
    private static final String ADDRESSES = "\"url\":\"https://api.example.com\",\"card_gate_url\":\"https://checkout.example.com/\"";

    private static CorefyConfig config(String more) {
        return config(false, "{" + ADDRESSES + more + "}", CREDENTIALS);
    }

    private static CorefyConfig config(boolean live, String settings, String credentials) {
        return CorefyConfig.of(new ProviderAccount("acct", "pa_1", live, "corefy", "main", Json.readObject(settings), Secret.of(credentials)),
                Duration.ofSeconds(9));
    }

    private static Card card(@Nullable String cvc) {
        return new Card(Secret.of("5519283812030000"), "mastercard", 4, 2030, cvc == null ? null : Secret.of(cvc));
    }

    private static Payment payment(Money amount, boolean capture, Instrument instrument, @Nullable String credential, boolean offSession) {
        return new Payment(REFERENCE, amount, capture, instrument, credential, false, false,
                new Payer("Ona Petraite", "not an address", null, "Street 1", "Flat 2", null, null, "01100", "lt"), "two books", "SHOP 42",
                Browser.UNKNOWN, "https://back.example/1", "https://notice.example/1", offSession);
    }

    private static NewInvoice mapped(Payment payment) throws CorefyMapper.Unmappable {
        return CorefyMapper.invoice(payment, config(""), NOW);
    }

    @Test
    void an_invoice_has_our_reference_and_the_amount_in_major_units() throws Exception {
        NewInvoice invoice = mapped(payment(Money.of(12_30, "eur"), true, card("123"), null, false));
        assertThat(invoice.referenceId()).isEqualTo(REFERENCE);
        assertThat(invoice.amount()).isEqualTo(new BigDecimal("12.30"));
        assertThat(invoice.toString()).contains("payment_card_eur_hpp");
    }

    /** The API counts Icelandic krónur in hundredths, which nobody else has. */
    @ParameterizedTest
    @CsvSource({"eur, 1234, 12.34", "jpy, 1234, 1234", "kwd, 12340, 12.340", "isk, 5000, 50"})
    void amounts_are_exact_both_ways(String currency, long ours, BigDecimal theirs) throws Exception {
        NewInvoice invoice = mapped(payment(Money.of(ours, currency), true, card("123"), null, false));
        assertThat(invoice.amount()).isEqualTo(theirs);
        assertThat(CorefyMapper.money(theirs, invoice.currency(), Currency.of(currency))).contains(Money.of(ours, currency));
        assertThat(CorefyMapper.money(theirs, invoice.currency(), Currency.of("usd"))).isEmpty();
        assertThat(CorefyMapper.money(new BigDecimal("0.00001"), invoice.currency(), Currency.of(currency))).isEmpty();
    }

    @Test
    void what_cannot_be_said_is_refused_before_it_is_sent() {
        assertThatThrownBy(() -> mapped(payment(Money.of(200, "eur"), false, card("123"), null, false)))
                .isInstanceOf(CorefyMapper.Unmappable.class).hasMessageContaining("captured at once");
        assertThatThrownBy(() -> mapped(payment(Money.of(200, "eur"), true, new Redirect(RedirectMethod.BANCONTACT), null, false)))
                .isInstanceOf(CorefyMapper.Unmappable.class).hasMessageContaining("Bancontact");
        assertThatThrownBy(() -> CorefyMapper.invoice(payment(Money.of(2_50, "eur"), true, card("123"), null, false), config(",\"whole_amounts\":\"true\""), NOW))
                .isInstanceOf(CorefyMapper.Unmappable.class).hasMessageContaining("2.50 EUR");
    }

    @Test
    void whole_amounts_pass_where_only_they_do() throws Exception {
        assertThat(CorefyMapper.invoice(payment(Money.of(2_00, "eur"), true, card("123"), null, false), config(",\"whole_amounts\":\"true\""), NOW).amount())
                .isEqualByComparingTo("2");
    }

    @Test
    void services_have_the_names_of_the_account() throws Exception {
        var own = config(",\"card_service\":\"cards_{currency}\"");
        assertThat(CorefyMapper.invoice(payment(Money.of(200, "eur"), true, card("123"), null, false), own, NOW).toString()).contains("cards_eur");
        assertThat(mapped(payment(Money.of(200, "eur"), true, new Redirect(RedirectMethod.IDEAL), null, false)).toString()).contains("ideal_eur_hpp");
    }

    @Test
    void only_an_absent_payer_without_a_security_code_is_charged_by_token() {
        assertThat(Way.of(payment(Money.of(200, "eur"), true, card(null), TOKEN, true))).isEqualTo(Way.TOKEN);
        assertThat(Way.of(payment(Money.of(200, "eur"), true, card(null), TOKEN, false))).isEqualTo(Way.GATE);
        assertThat(Way.of(payment(Money.of(200, "eur"), true, card("123"), TOKEN, true))).isEqualTo(Way.GATE);
        assertThat(Way.of(payment(Money.of(200, "eur"), true, card(null), "cpi_0000000000000001", true))).as("an invoice's id is no token").isEqualTo(Way.GATE);
        assertThat(Way.of(payment(Money.of(200, "eur"), true, new Redirect(RedirectMethod.IDEAL), null, false))).isEqualTo(Way.PAGE);
        assertThat(CorefyMapper.credential("b-1", SecretText.of("t"))).isEqualTo("b-1:t");
    }

    @Test
    void what_the_browser_does_not_tell_is_filled() {
        var usual = CorefyMapper.browser(Browser.UNKNOWN);
        assertThat(usual.colorDepth()).isEqualTo(24);
        assertThat(usual.language()).isEqualTo("en-US");
        var odd = CorefyMapper.browser(new Browser("text/html", "lt,en;q=0.5", -1, 900, "Agent", 64, 9000, "192.0.2.7"));
        assertThat(odd.language()).isEqualTo("en-US");
        assertThat(odd.screenWidth()).isEqualTo(1920);
        assertThat(odd.screenHeight()).isEqualTo(900);
        assertThat(odd.colorDepth()).isEqualTo(24);
        assertThat(odd.timeZone()).isZero();
        assertThat(odd.ip()).isEqualTo("192.0.2.7");
    }

    @Test
    void a_refund_has_our_reference() {
        var refund = CorefyMapper.refund(new Movement("cpi_1", REFERENCE, Money.of(1_50, "eur"), true));
        assertThat(refund.referenceId()).isEqualTo(REFERENCE);
        assertThat(refund.amount()).isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void settings_have_standards_and_every_mistake_is_told() {
        CorefyConfig config = config("");
        assertThat(config.testMode()).isTrue();
        assertThat(config.cardGateUrl().toString()).isEqualTo("https://checkout.example.com");
        assertThat(config.callsPerMinute()).isEqualTo(600);
        assertThat(config(true, "{" + ADDRESSES + "}", "{\"account_id\":\"coma_1\",\"api_key\":\"k\"}").testMode()).isFalse();
        assertThatThrownBy(() -> config(true, "{\"url\":\"nowhere\",\"calls_per_minute\":0,\"processing_time_max_ms\":-1,\"card_service\":\" \"}",
                "{\"account_id\":\"a:b\",\"callback_secret\":\"sk_test_hidden\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("api_key", "account_id", "callback_secret", "settings.url is not", "card_gate_url is missing", "calls_per_minute",
                        "processing_time_max_ms", "card_service")
                .hasMessageNotContaining("hidden");
    }
}
