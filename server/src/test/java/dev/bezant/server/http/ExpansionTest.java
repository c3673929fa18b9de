package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            .field("person", "home.owner", "person")
            .field("parcel", "from", "person", "shop")
            .field("shop", "keeper", "person")
            .list("order", "lines", "line")
            .list("person", "orders", "order", (caller, ids) -> ids.stream().collect(Collectors.toMap(id -> id, id -> list(order(id)))))
            .field("line", "buyer", "person")
            .loader("shop", (caller, ids) -> ids.contains("the shop")
                    ? Map.of("the shop", Json.object().put("object", "shop").put("id", "the shop").put("keeper", "ada"))
                    : Map.of())
            .loader("person", (caller, ids) -> {
                loads.add(Set.copyOf(ids));
                return ids.stream().filter(id -> !id.equals("gone") && !id.equals("the shop")).collect(Collectors.toMap(id -> id, ExpansionTest::person));
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
    void paths_of_a_write_are_checked_before_there_is_an_answer() {
        assertThatCode(() -> expansion.check("order", List.of("buyer.boss"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> expansion.check("order", List.of("buyer.shoes"))).isInstanceOf(ApiException.class);
    }

    @Test
    void a_list_in_an_object_is_walked_through() {
        ObjectNode order = order("ada");
        order.set("lines", list(Json.object().put("object", "line").put("buyer", "ben"), Json.object().put("object", "line").putNull("buyer")));
        expansion.apply(CALLER, order, List.of("lines.data.buyer.boss"));

        assertThat(order.at("/lines/data/0/buyer/boss/id").asString()).isEqualTo("boss of ben");
        assertThat(order.at("/lines/data/1/buyer").isNull()).isTrue();
        assertThat(order.path("buyer").asString()).isEqualTo("ada");
    }

    @Test
    void a_list_that_is_shown_only_when_asked_for_is_loaded() {
        ObjectNode order = order("ada");
        expansion.apply(CALLER, order, List.of("buyer.orders", "buyer.orders.data.buyer"));

        assertThat(order.at("/buyer/orders/object").asString()).isEqualTo("list");
        assertThat(order.at("/buyer/orders/data/0/buyer/id").asString()).isEqualTo("ada");
    }

    @Test
    void a_list_that_is_not_there_unasked_is_left_out() {
        ObjectNode order = order("ada");
        expansion.apply(CALLER, order, List.of("lines"));

        assertThat(order.has("lines")).isFalse();
    }

    @Test
    void a_field_may_lie_in_a_nested_map() {
        ObjectNode owner = person("ada");
        owner.putObject("home").put("owner", "ben");
        expansion.apply(CALLER, owner, List.of("home.owner.boss"));

        assertThat(owner.at("/home/owner/boss/id").asString()).isEqualTo("boss of ben");
        assertThatThrownBy(() -> expansion.apply(CALLER, owner, List.of("home"))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> expansion.apply(CALLER, owner, List.of("home.garden"))).isInstanceOf(ApiException.class);
    }

    @Test
    void a_field_may_name_things_of_several_kinds() {
        ObjectNode parcels = list(Json.object().put("object", "parcel").put("from", "the shop"), Json.object().put("object", "parcel").put("from", "ben"));
        expansion.apply(CALLER, parcels, List.of("data.from.keeper", "data.from.boss"));

        assertThat(parcels.at("/data/0/from/keeper/id").asString()).isEqualTo("ada");
        assertThat(parcels.at("/data/1/from/boss/id").asString()).isEqualTo("boss of ben");
    }

    @Test
    void paths_into_lists_name_their_data() {
        assertThatThrownBy(() -> expansion.check("order", List.of("lines.buyer"))).hasMessageContaining(".data.");
        assertThatThrownBy(() -> expansion.check("order", List.of("lines.data"))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> expansion.apply(CALLER, list(order("ada")), List.of("buyer"))).hasMessageContaining("data.");
        assertThatThrownBy(() -> expansion.apply(CALLER, list(order("ada")), List.of("data"))).isInstanceOf(ApiException.class);
        assertThatCode(() -> expansion.check("order", List.of("lines", "lines.data.buyer"))).doesNotThrowAnyException();
    }

    @Test
    void a_member_of_the_envelope_that_is_there_needs_no_expansion() {
        ObjectNode found = list(order("ada")).put("object", "search_result").put("total_count", 1);
        expansion.apply(CALLER, found, List.of("total_count", "data.buyer"));

        assertThat(found.at("/data/0/buyer/id").asString()).isEqualTo("ada");
        assertThatThrownBy(() -> expansion.apply(CALLER, list(order("ada")), List.of("total_count"))).isInstanceOf(ApiException.class);
    }

    @Test
    void a_route_names_what_it_answers_with() {
        assertThat(Route.get("/v1/orders/{id}/pay", request -> Json.object()).answers()).isEqualTo("order");
        assertThat(Route.get("/v1/orders/{id}/lines", request -> Json.object()).answering("line").answers()).isEqualTo("line");
    }

    @Test
    void four_levels_are_enough() {
        assertThat(Expansion.paths(Decoder.form("expand[]=a.b.c.d"))).containsExactly("a.b.c.d");
        assertThatThrownBy(() -> Expansion.paths(Decoder.form("expand[]=a.b.c.d.e"))).hasMessageContaining("4 levels");
    }
}
