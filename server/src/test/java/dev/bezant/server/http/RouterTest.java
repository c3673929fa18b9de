package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
    private record Place(String method, String pattern) {}

    private final Router<Place> router = new Router<>(List.of(
            new Place("GET", "/v1/things"),
            new Place("GET", "/v1/things/{id}"),
            new Place("POST", "/v1/things/{id}"),
            new Place("GET", "/v1/things/search"),
            new Place("GET", "/v1/things/{thing}/parts/{id}")), Place::method, Place::pattern);

    @Test
    void literal_segments_win_over_placeholders() {
        assertThat(router.find("GET", "/v1/things/search").route()).isEqualTo(new Place("GET", "/v1/things/search"));
        assertThat(router.find("GET", "/v1/things/other").pathParams()).isEqualTo(Map.of("id", "other"));
        // For another method the literal does not exist.
        assertThat(router.find("POST", "/v1/things/search").pathParams()).isEqualTo(Map.of("id", "search"));
    }

    @Test
    void placeholders_are_decoded() {
        assertThat(router.find("GET", "/v1/things/a%20b+c/parts/%C5%A1").pathParams()).isEqualTo(Map.of("thing", "a b+c", "id", "š"));
        assertThat(router.find("GET", "/v1/things/a%2Fb").pathParams()).isEqualTo(Map.of("id", "a/b"));
    }

    @Test
    void one_trailing_slash_is_forgiven() {
        assertThat(router.find("GET", "/v1/things/").route()).isEqualTo(new Place("GET", "/v1/things"));
        assertThat(router.find("GET", "/v1/things//").route()).isEqualTo(new Place("GET", "/v1/things/{id}"));
    }

    @Test
    void another_method_is_told_which_there_are() {
        assertThat(router.find("DELETE", "/v1/things/a").route()).isNull();
        assertThat(router.find("DELETE", "/v1/things/a").methods()).containsExactlyInAnyOrder("GET", "POST");
    }

    @Test
    void an_unknown_path_has_no_methods() {
        assertThat(router.find("GET", "/v1/other").methods()).isEmpty();
        assertThat(router.find("GET", "").methods()).isEmpty();
        assertThat(router.find("GET", "/v1/Things").methods()).isEmpty();
    }

    @Test
    void what_is_no_text_is_no_id() {
        for (String id : List.of("%zz", "%", "%ff", "%00", "%ed%a0%80", "x".repeat(256))) {
            assertThatThrownBy(() -> router.find("GET", "/v1/things/" + id)).as(id).isInstanceOf(ApiException.class);
        }
    }
}
