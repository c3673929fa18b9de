package dev.bezant.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.Violation;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.MalformedJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private final JacksonMarshaller marshaller = JacksonMarshaller.plain();

    @Test
    void every_kind_is_read_and_written_as_it_came() {
        String json = "{\"name\":\"n\",\"weight\":2,\"price\":9007199254740993,\"fragile\":false,\"rate\":1.50,\"day\":\"2026-02-03\","
                + "\"sent\":\"2026-02-03T04:05:06.1234567+01:00\",\"PIN\":\"0042\",\"inner\":{\"name\":\"i\"},"
                + "\"parts\":[{\"weight\":1},{}],\"codes\":[1,2]}";
        Parcel parcel = read(json);
        assertThat(parcel.name()).contains("n");
        assertThat(parcel.weight()).contains(2);
        assertThat(parcel.price()).contains(9_007_199_254_740_993L);
        assertThat(parcel.fragile()).contains(false);
        assertThat(parcel.rate()).contains(new BigDecimal("1.50"));
        assertThat(parcel.day()).contains(LocalDate.of(2026, 2, 3));
        assertThat(parcel.pin()).contains(SecretText.of("0042"));
        assertThat(parcel.inner().flatMap(Parcel::name)).contains("i");
        assertThat(parcel.parts()).hasSize(2);
        assertThat(parcel.codes()).containsExactly(1, 2);
        assertThat(write(parcel)).isEqualTo(json);
    }

    @Test
    void unknown_fields_are_kept_at_every_depth_and_written_back() {
        String json = "{\"name\":\"n\",\"inner\":{\"new\":[1,{\"a\":null}]},\"extra\":{\"x\":1.10,\"y\":[true,12345678901234567890]},\"gone\":null}";
        Parcel parcel = read(json);
        assertThat(parcel.otherFields()).containsOnlyKeys("extra", "gone");
        assertThat(write(parcel)).isEqualTo(json);
        assertThat(write(parcel.toBuilder().name("m").build())).isEqualTo(json.replace("\"n\"", "\"m\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"weight\":\"heavy\"", "\"weight\":2147483648", "\"weight\":1.5", "\"price\":9223372036854775808",
        "\"price\":1e999999999", "\"rate\":\"1e5\"", "\"fragile\":\"maybe\"", "\"day\":\"2026-02-30\"", "\"sent\":\"2026-02-03T04:05:06\"",
        "\"sent\":\"2026-02-03\"", "\"sent\":\"\"", "\"inner\":\"text\"", "\"parts\":{}", "\"parts\":[{},1]", "\"codes\":[1,\"x\"]", "\"name\":{}"})
    void a_value_of_another_kind_is_absent_and_kept_and_the_rest_is_read(String member) {
        Parcel parcel = read("{" + member + ",\"label\":\"l\"}");
        String name = member.substring(1, member.indexOf('"', 1));
        assertThat(parcel.otherFields()).containsOnlyKeys(name);
        assertThat(parcel.toString()).isEqualTo("Parcel[label=l, other fields=[" + name + "]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"name\":7}|{\"name\":\"7\"}", "{\"name\":true}|{\"name\":\"true\"}", "{\"weight\":\"7\"}|{\"weight\":7}",
        "{\"weight\":7.0}|{\"weight\":7}", "{\"fragile\":\"True\"}|{\"fragile\":true}", "{\"rate\":\"2.5\"}|{\"rate\":2.5}",
        "{\"sent\":\"2026-03-26T12:34:56+01\"}|{\"sent\":\"2026-03-26T12:34:56+01:00\"}",
        "{\"sent\":\"2017-02-02T11:24:14.040+0100\"}|{\"sent\":\"2017-02-02T11:24:14.04+01:00\"}",
        "{\"sent\":\"2026-03-26T12:34:56Z\"}|{\"sent\":\"2026-03-26T12:34:56Z\"}", "{\"name\":null}|{}"})
    void what_can_be_mistaken_for_nothing_else_is_read(String given, String written) {
        assertThat(write(read(given))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"x\"", "", "{\"name\":", "{} {}"})
    void what_is_not_one_object_is_malformed(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void everything_wrong_is_told_at_once_with_its_place_and_without_the_value() {
        var parcel = Parcel.builder().weight(31).price(-1).pin(SecretText.of("12345"))
                .inner(Parcel.builder().label("l").weight(0).build())
                .parts(List.of(Parcel.builder().label("l").build(), Parcel.builder().build(), Parcel.builder().label("l").build())).build();
        assertThat(parcel.violations()).containsExactly(
                new Violation("weight", "is 31, expected 1 to 30"), new Violation("price", "is -1, expected 0 or more"),
                new Violation("PIN", "must be 4 digits"), new Violation("inner.weight", "is 0, expected 1 to 30"),
                new Violation("parts", "has 3 items, expected 0 to 2"), new Violation("parts[1].label", "is missing"),
                new Violation("label", "is missing"));
        assertThat(Parcel.builder().label("l").build().violations()).isEmpty();
    }

    @Test
    void nothing_hidden_is_shown() {
        var parcel = Parcel.builder().name("n").pin(SecretText.of("1234")).address("Main Street 1").otherField("cvv", "123")
                .inner(Parcel.builder().address("Side Street 2").build()).build();
        assertThat(parcel.toString()).isEqualTo("Parcel[name=n, PIN=****, address=****, inner=Parcel[address=****], other fields=[cvv]]");
    }

    @Test
    void equal_content_is_equal() {
        assertThat(read("{\"name\":\"n\",\"x\":1}")).isEqualTo(Parcel.builder().name("n").otherField("x", 1).build())
                .hasSameHashCodeAs(Parcel.builder().name("n").otherField("x", 1).build())
                .isNotEqualTo(Parcel.builder().name("n").build())
                .isNotEqualTo(Parcel.builder().name("m").otherField("x", 1).build());
    }

    @Test
    void other_fields_must_be_json_and_unknown() {
        var builder = Parcel.builder().otherField("a", Map.of("b", List.of(1, "c", true)));
        assertThat(write(builder.build())).isEqualTo("{\"a\":{\"b\":[1,\"c\",true]}}");
        assertThatThrownBy(() -> builder.otherField("name", "n")).hasMessage("Parcel.name is known: use its setter");
        assertThatThrownBy(() -> builder.otherField("x", new Object())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field x holds a java.lang.Object");
    }

    @Test
    void a_built_object_does_not_change() {
        var codes = new java.util.ArrayList<>(List.of(1));
        var builder = Parcel.builder().codes(codes).name("n");
        Parcel parcel = builder.build();
        codes.add(2);
        builder.name("m").otherField("x", 1);
        assertThat(write(parcel)).isEqualTo("{\"name\":\"n\",\"codes\":[1]}");
        assertThatThrownBy(() -> parcel.codes().add(3)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(write(parcel.toBuilder().name(null).build())).isEqualTo("{\"codes\":[1]}");
    }

    @Test
    void fields_become_query_parameters() {
        assertThat(Parcel.builder().weight(3).codes(List.of(1, 2)).build().parameters())
                .containsExactly(entry("weight", List.of("3")), entry("codes", List.of("1", "2")));
    }

    @Test
    void a_single_value_is_read_as_a_field_would_be() {
        assertThat(FieldType.DATE_TIME.parse("2017-02-02T11:24:14.040+0100")).contains(OffsetDateTime.parse("2017-02-02T11:24:14.040+01:00"));
        assertThat(FieldType.DATE_TIME.parse("yesterday")).isEmpty();
        assertThat(FieldType.LONG.parse("12")).contains(12L);
    }

    @Test
    void models_are_written_inside_maps_and_times_are_cut_to_the_millisecond() {
        var parcel = Parcel.builder().sent(OffsetDateTime.parse("2026-02-03T04:05:06.123456789Z")).build();
        assertThat(new String(marshaller.marshal(Map.of("p", parcel)), StandardCharsets.UTF_8))
                .isEqualTo("{\"p\":{\"sent\":\"2026-02-03T04:05:06.123Z\"}}");
    }

    private Parcel read(String json) {
        return marshaller.unmarshal(json.getBytes(StandardCharsets.UTF_8), Parcel.class);
    }

    private String write(Parcel parcel) {
        return new String(marshaller.marshal(parcel), StandardCharsets.UTF_8);
    }
}
