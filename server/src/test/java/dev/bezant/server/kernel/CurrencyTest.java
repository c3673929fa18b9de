package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The facts of docs/protocols/payments-api.md, section 3.7, written down a second time. */
class CurrencyTest {
    private static final List<String> ZERO_DECIMAL =
            List.of("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final List<String> THREE_DECIMAL = List.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final List<String> WHOLE_ONLY = List.of("isk", "ugx");
    private static final Map<String, Long> MINIMUMS = Map.ofEntries(
            Map.entry("usd", 50L), Map.entry("aed", 200L), Map.entry("aud", 50L), Map.entry("bgn", 100L), Map.entry("brl", 50L),
            Map.entry("cad", 50L), Map.entry("chf", 50L), Map.entry("czk", 1500L), Map.entry("dkk", 250L), Map.entry("eur", 50L),
            Map.entry("gbp", 30L), Map.entry("hkd", 400L), Map.entry("huf", 17500L), Map.entry("inr", 50L), Map.entry("jpy", 50L),
            Map.entry("mxn", 1000L), Map.entry("myr", 200L), Map.entry("nok", 300L), Map.entry("nzd", 50L), Map.entry("pln", 200L),
            Map.entry("ron", 200L), Map.entry("sek", 300L), Map.entry("sgd", 50L), Map.entry("thb", 1000L));

    @Test
    void every_currency_has_the_digits_and_step_it_should() {
        for (String code : Currency.codes()) {
            Currency currency = Currency.of(code);
            int digits = ZERO_DECIMAL.contains(code) ? 0 : THREE_DECIMAL.contains(code) ? 3 : 2;
            int step = WHOLE_ONLY.contains(code) ? 100 : THREE_DECIMAL.contains(code) ? 10 : 1;
            assertThat(currency).as(code).isEqualTo(
                    new Currency(code, digits, WHOLE_ONLY.contains(code) ? 0 : digits, step, MINIMUMS.getOrDefault(code, 0L)));
        }
        assertThat(Currency.codes()).containsAll(ZERO_DECIMAL).containsAll(THREE_DECIMAL).containsAll(WHOLE_ONLY).containsAll(MINIMUMS.keySet());
    }

    /** ISK and UGX of the JDK's table agree with ours; what differs here differs for a reason that belongs in this list. */
    @Test
    void the_digits_of_iso_4217_are_those_the_jdk_knows() {
        var differing = new TreeSet<String>();
        for (String code : Currency.codes()) {
            int known = java.util.Currency.getInstance(code.toUpperCase(java.util.Locale.ROOT)).getDefaultFractionDigits();
            if (known != Currency.of(code).isoDigits()) {
                differing.add(code);
            }
        }
        assertThat(differing).isSubsetOf("afn", "all", "lak", "lbp", "mga", "mmk", "rsd", "sos", "yer", "cop", "idr", "pkr", "std", "sle");
    }

    @Test
    void steps_divide_amounts() {
        assertThat(Currency.of("isk").divides(5000)).isTrue();
        assertThat(Currency.of("isk").divides(5050)).isFalse();
        assertThat(Currency.of("kwd").divides(5124)).isFalse();
        assertThat(Currency.of("eur").divides(1)).isTrue();
    }

    @Test
    void codes_are_lower_case() {
        assertThat(Currency.find("EUR")).isEmpty();
        assertThat(Currency.codes()).allMatch(code -> code.matches("[a-z]{3}"));
    }
}
