package dev.bezant.server.openapi;

import dev.bezant.server.http.Permissions;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was written about the API, as it was written.
 *
 * @param common what all resources share: the frame of the document, groups of parameters, schemas
 */
record Fragments(ObjectNode common, List<Fragment> resources) {
    /** What is written about one family of routes. */
    record Fragment(String family, ObjectNode written) {
        String tag() {
            return written.path("tag").asString(family);
        }

        /** What is written about an endpoint, such as {@code POST /v1/customers}. */
        Optional<ObjectNode> operation(String endpoint) {
            return written.path("operations").path(endpoint) instanceof ObjectNode operation ? Optional.of(operation) : Optional.empty();
        }

        /** What its answers and failures are put into where they are not as the rest of the API's. */
        JsonNode envelope() {
            return written.path("envelope");
        }

        boolean enveloped() {
            return envelope().isObject();
        }

        JsonNode schemas() {
            return written.path("schemas");
        }
    }

    /** Those that are there, one per family at most. */
    static Fragments load() {
        ObjectNode common = Json.readObject(read("common.json").orElseThrow());
        // In the order of a payment's life, then what nobody has put in order.
        var families = new LinkedHashSet<String>();
        common.path("order").forEach(family -> families.add(family.stringValue()));
        families.addAll(Permissions.FAMILIES);
        var resources = new ArrayList<Fragment>();
        families.forEach(family -> read(family + ".json").ifPresent(text -> resources.add(new Fragment(family, Json.readObject(text)))));
        return new Fragments(common, List.copyOf(resources));
    }

    /** This release's. */
    static String version() {
        try (InputStream in = Fragments.class.getResourceAsStream("build.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> read(String name) {
        try (InputStream in = Fragments.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
