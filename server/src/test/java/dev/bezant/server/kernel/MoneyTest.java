package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"2000,eur,20.00", "5,eur,0.05", "500,jpy,500", "5120,kwd,5.120", "5000,isk,50", "5000,ugx,50", "17500,huf,175.00", "0,usd,0.00"})
    void providers_get_the_digits_of_iso_4217(long amount, String currency, String decimal) {
        Money money = Money.of(amount, currency);

        assertThat(money.toDecimal()).isEqualTo(new BigDecimal(decimal));
        assertThat(Money.fromDecimal(money.toDecimal(), money.currency())).isEqualTo(money);
        assertThat(money.toMinorUnits()).isEqualTo(new BigDecimal(decimal).unscaledValue().longValueExact());
        assertThat(Money.ofMinorUnits(money.toMinorUnits(), money.currency())).isEqualTo(money);
    }

    @Test
    void nothing_is_ever_rounded() {
        assertThatThrownBy(() -> Money.of(5050, "isk").toDecimal()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.fromDecimal(new BigDecimal("20.005"), Currency.of("eur"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.fromDecimal(new BigDecimal("0.5"), Currency.of("jpy"))).isInstanceOf(ArithmeticException.class);
        assertThat(Money.fromDecimal(new BigDecimal("20.5000"), Currency.of("eur"))).isEqualTo(Money.of(2050, "eur"));
    }

    @Test
    void every_amount_of_every_currency_survives_the_way_to_a_provider_and_back() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (String code : Currency.codes()) {
            Currency currency = Currency.of(code);
            for (int i = 0; i < 50; i++) {
                Money money = new Money(random.nextLong(0, 1_000_000) * currency.step(), currency);
                assertThat(Money.fromDecimal(money.toDecimal(), currency)).as("seed %d, %s", seed, code).isEqualTo(money);
            }
        }
    }

    @Test
    void sums_stay_in_their_currency() {
        assertThat(Money.of(150, "eur").plus(Money.of(50, "eur"))).isEqualTo(Money.of(200, "eur"));
        assertThat(Money.of(150, "eur").minus(Money.of(150, "eur"))).isEqualTo(Money.of(0, "eur"));
        assertThatThrownBy(() -> Money.of(1, "eur").plus(Money.of(1, "usd"))).hasMessageContaining("0.01 EUR").hasMessageContaining("0.01 USD");
    }

    @Test
    void there_is_no_negative_money_and_no_overflow() {
        assertThatThrownBy(() -> Money.of(-1, "eur")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of(1, "eur").minus(Money.of(2, "eur"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of(Long.MAX_VALUE, "eur").plus(Money.of(1, "eur"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void people_read_decimals() {
        assertThat(Money.of(4210, "eur")).hasToString("42.10 EUR");
        assertThat(Money.of(500, "jpy")).hasToString("500 JPY");
        assertThat(Money.of(5120, "kwd")).hasToString("5.120 KWD");
    }
}
