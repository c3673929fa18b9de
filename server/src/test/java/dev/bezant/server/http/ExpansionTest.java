package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ExpansionTest {
    private static final Caller CALLER = new Caller("acct_1", Mode.TEST, Caller.KeyKind.SECRET, "key_1", "sk_test_...", Permissions.ALL, null, null);

    private final List<Set<String>> loads = new ArrayList<>();
    private final Expansion expansion = new Expansion()
            .field("order", "buyer", "person")
            .field("person", "boss", "person")
            .loader("person", (caller, ids) -> {
                loads.add(Set.copyOf(ids));
                return ids.stream().filter(id -> !id.equals("gone")).collect(Collectors.toMap(id -> id, ExpansionTest::person));
            });

    private static ObjectNode order(String buyer) {
        return Json.object().put("object", "order").put("buyer", buyer);
    }

    private static ObjectNode person(String id) {
        return Json.object().put("object", "person").put("id", id).put("boss", "boss of " + id);
    }

    private static ObjectNode list(ObjectNode... items) {
        ObjectNode list = Json.object().put("object", "list");
        list.set("data", Json.array(List.of(items)));
        return list;
    }

    @Test
    void an_id_becomes_its_object() {
        ObjectNode order = order("ada");
        expansion.apply(CALLER, order, List.of("buyer"));

        assertThat(order.at("/buyer/id").asString()).isEqualTo("ada");
        assertThat(order.at("/buyer/boss").asString()).isEqualTo("boss of ada");
    }

    @Test
    void paths_go_deeper_and_may_overlap() {
        ObjectNode order = order("ada");
        expansion.apply(CALLER, order, List.of("buyer", "buyer.boss", "buyer.boss.boss"));

        assertThat(order.at("/buyer/boss/boss/id").asString()).isEqualTo("boss of boss of ada");
    }

    @Test
    void a_list_is_loaded_at_once_each_object_once() {
        expansion.apply(CALLER, list(order("ada"), order("ben"), order("ada")), List.of("data.buyer"));

        assertThat(loads).isEqualTo(List.of(Set.of("ada", "ben")));
    }

    @Test
    void what_is_gone_stays_an_id() {
        ObjectNode order = order("gone");
        expansion.apply(CALLER, order, List.of("buyer"));

        assertThat(order.path("buyer").asString()).isEqualTo("gone");
    }

    @Test
    void what_is_null_stays_null() {
        ObjectNode order = Json.object().put("object", "order").putNull("buyer");
        expansion.apply(CALLER, order, List.of("buyer.boss"));

        assertThat(order.path("buyer").isNull()).isTrue();
        assertThat(loads).isEmpty();
    }

    @Test
    void an_unknown_path_is_refused_even_behind_a_null() {
        ObjectNode order = Json.object().put("object", "order").putNull("buyer");

        assertThatThrownBy(() -> expansion.apply(CALLER, order, List.of("buyer.shoes"))).hasMessageContaining("'shoes' of a person");
        assertThatThrownBy(() -> expansion.apply(CALLER, order("ada"), List.of("seller"))).hasMessageContaining("seller");
    }

    @Test
    void paths_of_a_write_are_checked_by_its_route() {
        assertThatCode(() -> expansion.check("/v1/orders/{id}/pay", List.of("buyer.boss"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> expansion.check("/v1/orders/{id}/pay", List.of("buyer.shoes"))).isInstanceOf(ApiException.class);
    }

    @Test
    void four_levels_are_enough() {
        assertThat(Expansion.paths(Decoder.form("expand[]=a.b.c.d"))).containsExactly("a.b.c.d");
        assertThatThrownBy(() -> Expansion.paths(Decoder.form("expand[]=a.b.c.d.e"))).hasMessageContaining("4 levels");
    }
}
