package dev.bezant.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.RequestJournal.Seen;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/** What every other test relies on: an answer that is not as described is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {
    private PaymentWorld world;

    @BeforeAll
    void start() {
        world = PaymentWorld.setup().withoutSettling().start();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void an_answer_as_described_is_none() {
        assertThatCode(() -> answered("GET", "/v1/customers/{id}", 200, "native", Caller.KeyKind.SECRET, customer())).doesNotThrowAnyException();
    }

    @Test
    void a_member_that_is_missing_is_found() {
        refused(it -> it.remove("email"), "'email'");
    }

    @Test
    void a_member_that_is_not_described_is_found_at_every_level() {
        refused(it -> it.put("emial", "x"), "emial");
        refused(it -> it.withObjectProperty("address").put("planet", "Earth"), "planet");
    }

    @Test
    void a_member_of_another_type_is_found() {
        refused(it -> it.put("created", "yesterday"), "/created");
        refused(it -> it.putNull("livemode"), "/livemode");
    }

    @Test
    void a_value_that_is_not_known_is_found() {
        refused(it -> it.put("tax_exempt", "sometimes"), "/tax_exempt");
    }

    @Test
    void an_object_in_the_place_of_an_id_is_held_against_its_own_description() {
        ObjectNode method = Json.readObject(Json.write(world.post("/v1/payment_methods", "type=card&card[token]=tok_visa").body()));
        method.set("customer", customer());
        assertThatCode(() -> answered("GET", "/v1/payment_methods/{id}", 200, "native", Caller.KeyKind.SECRET, method)).doesNotThrowAnyException();
        method.withObjectProperty("customer").remove("email");
        assertThatThrownBy(() -> answered("GET", "/v1/payment_methods/{id}", 200, "native", Caller.KeyKind.SECRET, method)).hasMessageContaining("/customer");
        method.put("customer", 7);
        assertThatThrownBy(() -> answered("GET", "/v1/payment_methods/{id}", 200, "native", Caller.KeyKind.SECRET, method)).hasMessageContaining("/customer");
    }

    @Test
    void what_a_caller_does_not_see_is_not_missed() {
        ObjectNode intent = Json.readObject(Json.write(world.post("/v1/payment_intents", "amount=2000&currency=eur").body()));
        intent.remove("customer_id");
        assertThatThrownBy(() -> answered("GET", "/v1/payment_intents/{id}", 200, "native", Caller.KeyKind.SECRET, intent)).hasMessageContaining("customer_id");
        assertThatCode(() -> answered("GET", "/v1/payment_intents/{id}", 200, "stripe", Caller.KeyKind.SECRET, intent)).doesNotThrowAnyException();
        intent.remove("metadata");
        assertThatThrownBy(() -> answered("GET", "/v1/payment_intents/{id}", 200, "stripe", Caller.KeyKind.SECRET, intent)).hasMessageContaining("metadata");
        assertThatCode(() -> answered("GET", "/v1/payment_intents/{id}", 200, "native", Caller.KeyKind.PUBLISHABLE, intent)).doesNotThrowAnyException();
    }

    @Test
    void a_status_a_code_and_an_operation_that_are_not_described_are_found() {
        assertThatThrownBy(() -> answered("GET", "/v1/customers/{id}", 418, "native", Caller.KeyKind.SECRET, customer())).hasMessageContaining("status 418");
        assertThatThrownBy(() -> answered("GET", "/v1/customers/{id}", 400, "native", Caller.KeyKind.SECRET, error("charge_not_refundable")))
                .hasMessageContaining("charge_not_refundable");
        assertThatCode(() -> answered("GET", "/v1/customers/{id}", 400, "native", Caller.KeyKind.SECRET, error("parameter_unknown"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> answered("GET", "/v1/things", 200, "native", Caller.KeyKind.SECRET, customer())).hasMessageContaining("things.json");
    }

    @Test
    void a_parameter_that_is_not_described_is_found() {
        var undescribed = new Conformance(List.of(Route.get("/v1/refunds/{id}", request -> Json.object())));
        var seen = seen("GET", "/v1/refunds/{id}", 200, "native", Caller.KeyKind.SECRET, Json.object());
        var params = Params.empty();
        params.text("colour");
        undescribed.seen(new Seen(seen.requestId(), seen.began(), 0, 0, seen.method(), seen.path(), seen.route(), seen.caller(), params, null, false, "native",
                null, seen.ip(), null, 200, seen.answer()));
        assertThatThrownBy(undescribed::check).hasMessageContaining("colour");
    }

    @Test
    void a_value_that_is_taken_and_not_described_is_found() {
        DescribedParams described = DescribedParams.of(world.conformance().document().at("/paths/~1v1~1payment_intents/post"), world.conformance().document());
        assertThat(SentValues.wrong(Map.of("amount", "1999", "currency", "eur", "confirm", "True", "description", "", "payment_method_types", List.of("card"),
                "shipping", Map.of("address", Map.of("country", "lt"))), described, world.conformance().document())).isEmpty();
        assertThat(SentValues.wrong(Map.of("amount", "0", "confirm", "yes", "capture_method", "later", "description", "x".repeat(1001), "payment_method_types",
                List.of("card", "cash"), "shipping", Map.of("address", Map.of("country", "Lithuania"))), described, world.conformance().document()))
                .map(wrong -> wrong.split("=")[0])
                .containsExactlyInAnyOrder("amount", "confirm", "capture_method", "description", "payment_method_types", "shipping[address][country]");
    }

    @Test
    void every_harness_tells() {
        world.conformance().seen(seen("GET", "/v1/customers/{id}", 200, "native", Caller.KeyKind.SECRET, Json.object()));
        assertThatThrownBy(() -> world.get("/v1/customers")).isInstanceOf(AssertionError.class).hasMessageContaining("Not as the API's description says");
        assertThat(world.get("/v1/customers").status()).isEqualTo(200);
    }

    private ObjectNode customer() {
        return Json.readObject(Json.write(world.post("/v1/customers", "name=Ada&address[city]=London").body()));
    }

    private static ObjectNode error(String code) {
        ObjectNode answer = Json.object();
        answer.putObject("error").put("type", "invalid_request_error").put("code", code).put("message", "x").put("request_id", "req_1");
        return answer;
    }

    private void refused(Consumer<ObjectNode> spoil, String told) {
        ObjectNode spoilt = customer();
        spoil.accept(spoilt);
        assertThatThrownBy(() -> answered("GET", "/v1/customers/{id}", 200, "native", Caller.KeyKind.SECRET, spoilt))
                .isInstanceOf(AssertionError.class).hasMessageContaining("GET /v1/customers/x").hasMessageContaining(told);
    }

    private void answered(String method, String route, int status, String dialect, Caller.KeyKind kind, ObjectNode answer) {
        world.conformance().seen(seen(method, route, status, dialect, kind, answer));
        world.conformance().check();
    }

    private static Seen seen(String method, String route, int status, String dialect, Caller.KeyKind kind, ObjectNode answer) {
        var caller = new Caller("acct_1", Mode.TEST, kind, "key_1", "...", Permissions.ALL, null, null);
        return new Seen("req_1", Instant.EPOCH, 0, 0, method, route.replace("{id}", "x"), route, caller, null, null, false, dialect, null, "127.0.0.1", null,
                status, Json.write(answer));
    }
}
