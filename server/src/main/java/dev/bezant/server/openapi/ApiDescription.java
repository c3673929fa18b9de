package dev.bezant.server.openapi;

import dev.bezant.server.http.HttpServer.Probe;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.http.PageRoute.PageResponse;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.openapi.Fragments.Fragment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of some routes. Made when somebody first asks for it: a start has better things to do. Thread-safe. */
public final class ApiDescription {
    private final List<Route> routes;
    private @Nullable ObjectNode document;
    private @Nullable String json;
    private @Nullable String page;

    public ApiDescription(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The OpenAPI document; not to be changed. */
    public synchronized ObjectNode document() {
        if (document == null) {
            document = written(Fragments.load());
        }
        return document;
    }

    /** {@code /openapi.json}. */
    public Map<String, Supplier<Probe>> probes() {
        return Map.of("/openapi.json", () -> new Probe(200, "application/json", json()));
    }

    /** {@code /docs}. */
    public List<PageRoute> pages() {
        return List.of(new PageRoute("GET", "/docs", request -> PageResponse.html(200, page())));
    }

    private synchronized String json() {
        if (json == null) {
            json = Json.write(document());
        }
        return json;
    }

    private synchronized String page() {
        if (page == null) {
            page = new DocsPage(document()).html();
        }
        return page;
    }

    private ObjectNode written(Fragments fragments) {
        ObjectNode document = (ObjectNode) fragments.common().path("document").deepCopy();
        ((ObjectNode) document.get("info")).put("version", Fragments.version());
        Set<String> tags = new LinkedHashSet<>();
        ArrayNode described = document.putArray("tags");
        ObjectNode paths = document.putObject("paths");
        var operations = new Operations(fragments);
        for (Fragment fragment : fragments.resources()) {
            for (Route route : routes) {
                Optional<ObjectNode> written = fragment.operation(route.endpoint());
                if (written.isPresent()) {
                    if (tags.add(fragment.tag())) {
                        described.addObject().put("name", fragment.tag()).put("description", fragment.written().path("description").asString(""));
                    }
                    paths.withObjectProperty(route.pattern())
                            .set(route.method().toLowerCase(Locale.ROOT), operations.operation(route, written.get(), fragment));
                }
            }
        }
        ObjectNode schemas = document.withObjectProperty("components").putObject("schemas");
        fragments.common().path("schemas").properties().forEach(schema -> schemas.set(schema.getKey(), Shorthand.schema(schema.getValue())));
        fragments.resources().forEach(fragment ->
                fragment.schemas().properties().forEach(schema -> schemas.set(schema.getKey(), Shorthand.schema(schema.getValue()))));
        ((ObjectNode) schemas.path("error").path("properties").path("code")).set(Shorthand.KNOWN,
                Json.texts(ErrorCatalogue.codes().stream().map(ErrorCatalogue.Code::name).toList()));
        return document;
    }
}
