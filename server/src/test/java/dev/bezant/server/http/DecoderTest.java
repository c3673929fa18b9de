package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
    private static Params form(String text) {
        return Decoder.body("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Params json(String text) {
        return Decoder.body("application/json;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "list[0]=a&list[1]=b&list[2]=c",
        "list[]=a&list[]=b&list[]=c",
        "list[20]=c&list[3]=a&list[10]=b",
        "list[1]=a&list[]=b&list[]=c",
        "list%5B0%5D=a&list%5B%5D=b&list%5b2%5d=c",
        "&&list[]=a&list[]=b&list[]=c&",
    })
    void lists_may_be_indexed_appended_sparse_or_mixed(String text) {
        assertThat(form(text).texts("list", 10, 10)).isEqualTo(List.of("a", "b", "c"));
    }

    @Test
    void a_form_and_json_of_the_same_say_the_same() {
        String form = form("b[y]=2&b[x]=text&a[0]=one&a[1]=two&empty=").canonical();
        String json = json("{\"a\":[\"one\",\"two\"],\"empty\":\"\",\"b\":{\"x\":\"text\",\"y\":\"2\"}}").canonical();

        assertThat(json("{\"empty\":\"\",\"b\":{\"y\":\"2\",\"x\":\"text\"},\"a\":[\"one\",\"two\"]}").canonical()).isEqualTo(json);
        assertThat(form("a[1]=two&a[0]=one&empty=&b[x]=text&b[y]=2").canonical()).isEqualTo(form);
    }

    @Test
    void different_requests_never_have_the_same_canonical_text() {
        assertThat(form("a=1&b=2").canonical()).isNotEqualTo(form("a=1b&=2".replace("=2", "c=2")).canonical());
        assertThat(form("a[b]=c").canonical()).isNotEqualTo(form("a=b&c=").canonical());
        assertThat(json("{\"a\":null}").canonical()).isNotEqualTo(json("{}").canonical());
        assertThat(json("{\"a\":\"n\"}").canonical()).isNotEqualTo(json("{\"a\":null}").canonical());
    }

    @Test
    void expand_is_no_part_of_what_was_asked() {
        assertThat(form("a=1&expand[]=customer").canonical()).isEqualTo(form("a=1").canonical());
        assertThat(form("a[expand]=1").canonical()).isNotEqualTo(form("a[other]=1").canonical());
    }

    @Test
    void the_last_of_two_scalars_wins() {
        assertThat(form("a=1&a=2").text("a")).isEqualTo("2");
    }

    @Test
    void text_survives_its_encoding() {
        assertThat(form("a=%C5%A0iauliai+%26+co%2B").text("a")).isEqualTo("Šiauliai & co+");
        assertThat(form("a=Šiauliai").text("a")).isEqualTo("Šiauliai");
        assertThat(form("a=b=c").text("a")).isEqualTo("b=c");
        assertThat(json("{\"a\":\"\\ud83d\\ude00\"}").text("a")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void a_name_without_a_value_is_unset() {
        Params params = form("a&b=");

        assertThat(params.has("a")).isTrue();
        assertThat(params.text("a")).isNull();
        assertThat(params.text("b")).isNull();
    }

    @Test
    void maps_nest() {
        Params inner = Objects.requireNonNull(Objects.requireNonNull(form("a[b][c]=deep").map("a")).map("b"));

        assertThat(inner.text("c")).isEqualTo("deep");
    }

    @Test
    void no_body_is_no_parameters_whatever_its_type() {
        assertThat(Decoder.body("text/plain", new byte[0]).canonical()).isEqualTo(Params.empty().canonical());
    }

    @Test
    void a_body_without_a_type_is_a_form() {
        assertThat(Decoder.body(null, "a=1".getBytes(StandardCharsets.UTF_8)).text("a")).isEqualTo("1");
    }

    @Test
    void a_mix_of_value_and_members_names_the_parameter() {
        for (String text : List.of("card=x&card[number]=1", "card[number]=1&card=x")) {
            assertThatThrownBy(() -> form(text)).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.param()).isEqualTo("card"));
        }
    }

    @Test
    void numbers_of_json_keep_their_kind() {
        Params params = json("{\"whole\":7,\"large\":99999999999999999999,\"decimal\":7.0}");

        assertThat(params.integer("whole", 0, 10)).isEqualTo(7);
        assertThatThrownBy(() -> params.amount("large")).hasMessageContaining("out of range");
        assertThatThrownBy(() -> params.integer("decimal", 0, 10)).hasMessageContaining("whole number");
    }

    @Test
    void an_empty_map_is_a_map() {
        assertThat(json("{\"metadata\":{}}").textMap("metadata", 1, 1, 1)).isEqualTo(new Params.TextMap(false, Map.of()));
        assertThat(form("metadata=").textMap("metadata", 1, 1, 1)).isEqualTo(new Params.TextMap(true, Map.of()));
    }
}
