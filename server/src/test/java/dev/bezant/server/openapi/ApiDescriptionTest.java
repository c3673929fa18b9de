package dev.bezant.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bezant.server.PaymentWorld;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document says all there is and nothing else, and is what it claims to be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionTest {
    private PaymentWorld world;
    private List<Route> routes;
    private ObjectNode document;

    @BeforeAll
    void start() {
        world = PaymentWorld.setup().withoutSettling().start();
        routes = world.api().routes();
        document = new ApiDescription(routes).document();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void every_route_is_described() {
        for (Route route : routes) {
            JsonNode operation = operation(route);
            assertThat(operation.isObject()).as("%s: describe it in %s.json", route.endpoint(), route.family()).isTrue();
            assertThat(operation.path("summary").asString()).as("summary of %s", route.endpoint()).isNotBlank().doesNotEndWith(".");
            assertThat(operation.path("operationId").asString()).as("id of %s", route.endpoint()).matches("[a-z][A-Za-z]+");
            assertThat(operation.path("x-permission").asString()).isEqualTo(route.family() + (route.method().equals("GET") ? ":read" : ":write"));
            assertThat(Permissions.FAMILIES).contains(route.family());
            assertThat(operation.path("x-key-kinds").toString().contains("publishable")).as("publishable keys at %s", route.endpoint())
                    .isEqualTo(route.access() == Route.Access.PUBLISHABLE_TOO);
            assertThat(operation.path("security").toString().contains("publishableKey")).isEqualTo(route.access() == Route.Access.PUBLISHABLE_TOO);
        }
        assertThat(routes.stream().map(route -> operation(route).path("operationId").asString())).doesNotHaveDuplicates();
    }

    @Test
    void nothing_is_described_that_is_not_there() {
        List<String> endpoints = routes.stream().map(Route::endpoint).toList();
        for (Fragments.Fragment fragment : Fragments.load().resources()) {
            assertThat(endpoints).as("operations of %s.json", fragment.family()).containsAll(fragment.written().path("operations").propertyNames());
        }
        int described = document.path("paths").valueStream().mapToInt(JsonNode::size).sum();
        assertThat(described).isEqualTo(routes.size());
    }

    @Test
    void it_is_a_document_of_openapi_3_1_and_its_schemas_are_schemas() {
        Map<String, String> published = new HashMap<>();
        for (String part : List.of("schema/2022-10-07", "schema-base/2022-10-07", "dialect/base", "meta/base")) {
            published.put("https://spec.openapis.org/oas/3.1/" + part, resource("/spec.openapis.org/oas/3.1/" + part));
        }
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(published));
        var schema = registry.getSchema(SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07"));
        assertThat(schema.validate(document)).isEmpty();
        ObjectNode broken = document.deepCopy();
        broken.withObjectProperty("paths").put("customers", "no slash, no object");
        ((ObjectNode) broken.at("/components/schemas/customer")).put("type", "thing");
        assertThat(schema.validate(broken)).as("the check can fail").isNotEmpty();
        everySchema(document, (at, it) -> assertThat(registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")).validate(it))
                .as("schema at %s", at).isEmpty());
    }

    @Test
    void every_reference_leads_somewhere() {
        everyObject(document, "", (at, it) -> {
            if (it.path("$ref").isString()) {
                assertThat(document.at(it.path("$ref").stringValue().substring(1)).isMissingNode()).as("%s refers to %s", at, it.path("$ref")).isFalse();
            }
        });
    }

    @Test
    void every_object_has_an_example_that_is_valid() {
        var strict = new StrictDocument(document, false, false);
        document.path("components").path("schemas").properties().forEach(schema -> {
            boolean object = schema.getValue().at("/properties/object").has("const") && !schema.getValue().path("properties").has("deleted")
                    && schema.getValue().path("properties").has("livemode");
            if (object) {
                assertThat(schema.getValue().path("examples").size()).as("example of %s", schema.getKey()).isPositive();
            }
            schema.getValue().path("examples").forEach(example ->
                    assertThat(strict.check("/components/schemas/" + schema.getKey(), example)).as("example of %s", schema.getKey()).isEmpty());
        });
    }

    @Test
    void every_operation_has_examples_that_are_valid() {
        var strict = new StrictDocument(document, false, false);
        for (Route route : routes) {
            String at = "/paths/" + route.pattern().replace("/", "~1").replace("{", "%7B").replace("}", "%7D") + "/" + route.method().toLowerCase(Locale.ROOT);
            JsonNode media = operation(route).path("requestBody").path("content").path("application/json");
            if (media.path("schema").path("properties").size() > 1) {
                assertThat(examples(media)).as("examples of the parameters of %s", route.endpoint()).isNotEmpty().allSatisfy(example ->
                        assertThat(strict.check(at + "/requestBody/content/application~1json/schema", example)).isEmpty());
            }
            operation(route).path("parameters").valueStream()
                    .filter(parameter -> parameter.path("in").asString("").equals("query") && parameter.path("required").asBoolean())
                    .forEach(parameter -> assertThat(parameter.has("example")).as("example of %s of %s", parameter.path("name"), route.endpoint()).isTrue());
            String status = operation(route).path("responses").has("200") ? "200" : "201";
            JsonNode answer = operation(route).path("responses").path(status).path("content").path("application/json");
            if (answer.has("example")) {
                assertThat(strict.check(at + "/responses/" + status + "/content/application~1json/schema", answer.path("example")))
                        .as("example of the answer of %s", route.endpoint()).isEmpty();
            }
        }
    }

    @Test
    void what_is_said_to_be_expandable_is() {
        var described = new TreeMap<String, String>();
        document.path("components").path("schemas").properties().stream().filter(schema -> schema.getValue().at("/properties/object").has("const"))
                .forEach(schema -> expandable(schema.getValue(), schema.getKey(), described));
        var registered = new TreeMap<String, String>();
        world.api().expandable().forEach((object, fields) -> fields.forEach((field, kinds) -> registered.put(object + "." + field, String.join("|", kinds))));
        assertThat(described).isEqualTo(registered);
    }

    /** Also what lies in objects inside, but for those that are expandable themselves. */
    private void expandable(JsonNode schema, String path, Map<String, String> found) {
        schema.path("properties").properties().forEach(member -> {
            String at = path + "." + member.getKey();
            if (member.getValue().has(Shorthand.EXPANDS)) {
                found.put(at, member.getValue().path(Shorthand.EXPANDS).asString());
            } else {
                JsonNode inner = DescribedParams.resolved(member.getValue(), document);
                if (!inner.at("/properties/object").has("const")) {
                    expandable(inner, at, found);
                }
            }
        });
    }

    @Test
    void what_the_stripe_dialect_ignores_is_not_said_to_have_an_effect() {
        for (Route route : routes) {
            JsonNode operation = operation(route);
            var read = new TreeSet<>(DescribedParams.of(operation, document).read().keySet());
            operation.path("x-ignored-in-stripe-dialect").forEach(name -> assertThat(read)
                    .as("%s is dropped in the Stripe dialect at %s", name.stringValue(), route.endpoint()).doesNotContain(name.stringValue()));
        }
    }

    @Test
    void both_are_served_without_a_key() {
        var json = world.browse("GET", world.url() + "/openapi.json", null);
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Json.read(json.body())).isEqualTo(document);
        var page = world.browse("GET", world.url() + "/docs", null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void the_page_tells_of_every_operation_and_needs_nothing_from_elsewhere() {
        String page = world.browse("GET", world.url() + "/docs", null).body();
        var wanted = new ArrayList<String>();
        for (Route route : routes) {
            wanted.add("id=\"" + operation(route).path("operationId").asString() + "\"");
            wanted.add("<code>" + route.pattern() + "</code>");
        }
        document.path("components").path("schemas").propertyNames().forEach(name -> wanted.add("id=\"schema-" + name + "\""));
        Pattern.compile("href=\"#([^\"]+)\"").matcher(page).results().forEach(link -> wanted.add("id=\"" + link.group(1) + "\""));
        wanted.add("curl &quot;$BEZANT_URL/v1/payment_intents&quot;");
        wanted.add("-F file=@receipt.pdf");
        wanted.add("-G \\\n  --data-urlencode &quot;query=email:\\&quot;ada@example.com\\&quot;&quot;");
        assertThat(wanted).allMatch(page::contains);
        assertThat(List.of("<script", "src=", "url(", "@import", "href=\"http")).noneMatch(page::contains);
    }

    @Test
    void a_fragment_that_names_what_is_not_there_is_told_so() {
        var fragments = Fragments.load();
        var written = Json.readObject("{\"id\":\"x\",\"errors\":[\"no_such_code\"]}");
        var operations = new Operations(fragments);
        var fragment = fragments.resources().getFirst();
        assertThatThrownBy(() -> operations.operation(routes.getFirst(), written, fragment)).hasMessageContaining("no_such_code");
        assertThatThrownBy(() -> operations.operation(routes.getFirst(), Json.readObject("{\"with\":[\"no_group\"]}"), fragment))
                .hasMessageContaining("no_group");
    }

    private static List<JsonNode> examples(JsonNode media) {
        return media.has("example") ? List.of(media.path("example")) : media.path("examples").valueStream().map(example -> example.path("value")).toList();
    }

    private JsonNode operation(Route route) {
        return document.path("paths").path(route.pattern()).path(route.method().toLowerCase(Locale.ROOT));
    }

    private static void everySchema(JsonNode document, BiConsumer<String, JsonNode> check) {
        document.path("components").path("schemas").properties().forEach(schema -> check.accept(schema.getKey(), schema.getValue()));
        everyObject(document.path("paths"), "", (at, it) -> {
            if (it.has("schema")) {
                check.accept(at, it.path("schema"));
            }
        });
    }

    private static void everyObject(JsonNode node, String at, BiConsumer<String, JsonNode> check) {
        if (node.isObject()) {
            check.accept(at, node);
            node.properties().forEach(member -> everyObject(member.getValue(), at + "/" + member.getKey(), check));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                everyObject(node.get(i), at + "/" + i, check);
            }
        }
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(ApiDescriptionTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
