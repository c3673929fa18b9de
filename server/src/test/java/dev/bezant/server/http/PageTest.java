package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Json;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PageTest {
    private static Page page(String query) {
        return Page.of(Decoder.form(query));
    }

    private static ObjectNode answered(Page page, List<Integer> rows) {
        return page.respond("/v1/things", rows, number -> Json.object().put("id", number));
    }

    private static List<Integer> ids(ObjectNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false).map(item -> item.path("id").intValue()).toList();
    }

    @Test
    void ten_are_shown_unless_asked_otherwise() {
        assertThat(page("").limit()).isEqualTo(10);
        assertThat(page("limit=").limit()).isEqualTo(10);
        assertThat(page("limit=100").rows()).isEqualTo(101);
    }

    @Test
    void one_row_more_than_shown_tells_of_more() {
        assertThat(answered(page("limit=2"), List.of(3, 2, 1)).path("has_more").booleanValue()).isTrue();
        assertThat(ids(answered(page("limit=2"), List.of(3, 2, 1)))).containsExactly(3, 2);
        assertThat(answered(page("limit=2"), List.of(2, 1)).path("has_more").booleanValue()).isFalse();
    }

    @Test
    void going_back_is_read_upwards_and_shown_newest_first() {
        Page back = page("limit=2&ending_before=x");

        assertThat(back.sql("id")).contains("id > :cursor").contains("asc");
        assertThat(ids(answered(back, List.of(4, 5, 6)))).containsExactly(5, 4);
        assertThat(back.cursorParam()).isEqualTo("ending_before");
    }

    @Test
    void an_empty_list_is_a_list() {
        assertThat(Json.write(answered(page(""), List.of()))).isEqualTo("{\"object\":\"list\",\"url\":\"/v1/things\",\"has_more\":false,\"data\":[]}");
    }
}
