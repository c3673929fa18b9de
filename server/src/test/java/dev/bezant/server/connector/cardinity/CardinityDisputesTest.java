package dev.bezant.server.connector.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.cardinity.Chargeback;
import dev.bezant.server.connector.ReportsDisputes.ReportedDispute;
import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

class CardinityDisputesTest {
    private static final Instant CREATED = Instant.parse("2026-01-15T10:00:00Z");

    private static Chargeback chargeback(String amount, String currency, String status, @Nullable String reason) {
        return new Chargeback("cb_1", new BigDecimal(amount), currency, CREATED, false, "pay_1", status, reason, null);
    }

    private static ReportedDispute read(String status, @Nullable String reason) {
        return CardinityDisputes.read(chargeback("10.00", "EUR", status, reason), null).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"initiated, INQUIRY", "approved, TAKEN", "declined, RETURNED"})
    void a_status_says_where_the_money_is(String status, Word word) {
        assertThat(read(status, "10.4: Fraud").word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"processing", "APPROVED", "''"})
    void a_status_that_is_not_known_says_nothing(String status) {
        assertThat(CardinityDisputes.read(chargeback("10.00", "EUR", status, null), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.4: Fraud, FRAUDULENT, 10.4, Fraud", "13.1: Merchandise not received, PRODUCT_NOT_RECEIVED, 13.1, Merchandise not received",
        "4853: Cardholder dispute, GENERAL, 4853, Cardholder dispute", "c08:Goods not received, PRODUCT_NOT_RECEIVED, c08, Goods not received",
        "UA02 : Card not present, FRAUDULENT, UA02, Card not present", "12.6.1: Duplicate: twice, DUPLICATE, 12.6.1, Duplicate: twice",
        "99.9: New, GENERAL, 99.9, New", "No code at all, GENERAL, , No code at all"
    })
    void a_reason_is_a_code_and_words(String reason, String expected, @Nullable String code, String text) {
        ReportedDispute read = read("approved", reason);
        assertThat(read.reason().name()).isEqualTo(expected);
        assertThat(read.reasonCode()).isEqualTo(code);
        assertThat(read.reasonText()).isEqualTo(text);
    }

    @Test
    void without_a_reason_there_is_none() {
        ReportedDispute read = read("approved", null);
        assertThat(read.reason().name()).isEqualTo("GENERAL");
        assertThat(read.reasonCode()).isNull();
        assertThat(read.reasonText()).isNull();
    }

    @Test
    void an_amount_is_exact_or_nothing() {
        assertThat(CardinityDisputes.read(chargeback("1234.5", "EUR", "approved", null), null).orElseThrow().amount()).isEqualTo(Money.of(1234_50, "eur"));
        assertThat(CardinityDisputes.read(chargeback("500.00", "JPY", "approved", null), null).orElseThrow().amount()).isEqualTo(Money.of(500, "jpy"));
        assertThat(CardinityDisputes.read(chargeback("500.50", "JPY", "approved", null), null)).isEmpty();
        assertThat(CardinityDisputes.read(chargeback("0.00", "EUR", "approved", null), null)).isEmpty();
        assertThat(CardinityDisputes.read(chargeback("-1.00", "EUR", "approved", null), null)).isEmpty();
        assertThat(CardinityDisputes.read(chargeback("1.00", "XYZ", "approved", null), null)).isEmpty();
    }

    @Test
    void evidence_is_due_when_the_merchant_says() {
        assertThat(read("approved", null).dueBy()).isNull();
        assertThat(CardinityDisputes.read(chargeback("1.00", "EUR", "approved", null), 7).orElseThrow().dueBy()).isEqualTo(Instant.parse("2026-01-22T10:00:00Z"));
    }
}
