package dev.bezant.server.openapi;

import dev.bezant.server.dialect.ApiVersion;
import dev.bezant.server.dialect.Dialect;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.openapi.Fragments.Fragment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an operation of OpenAPI out of a route and what a fragment says of it. */
final class Operations {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
    static final String JSON = "application/json";

    private static final String FORM = "application/x-www-form-urlencoded";
    static final String MULTIPART = "multipart/form-data";

    private final Fragments fragments;
    private final Responses responses;

    Operations(Fragments fragments) {
        this.fragments = fragments;
        this.responses = new Responses(fragments);
    }

    ObjectNode operation(Route route, ObjectNode written, Fragment of) {
        boolean post = route.method().equals("POST");
        ObjectNode operation = Json.object();
        operation.put("operationId", written.path("id").asString(route.endpoint()));
        operation.set("tags", Json.texts(List.of(of.tag())));
        operation.put("summary", written.path("summary").asString(""));
        operation.put("description", written.path("description").asString(""));
        ObjectNode params = params(written, of);
        ArrayNode parameters = operation.putArray("parameters");
        placeholders(route, written).forEach(parameters::add);
        if (!post) {
            query(params, written.path("example")).forEach(parameters::add);
        }
        headers(post, of).forEach(parameters::add);
        if (post) {
            operation.set("requestBody", body(route, params, written));
        }
        operation.set("responses", responses.of(route, written, of));
        operation.set("security", of.enveloped() ? Json.array(List.of(Json.object().set("keyPair", Json.array()))) : security(route));
        operation.put("x-permission", route.family() + (post || route.method().equals("DELETE") ? ":write" : ":read"));
        operation.set("x-key-kinds", Json.texts(publishable(route) ? List.of("secret", "restricted", "publishable") : List.of("secret", "restricted")));
        operation.put("x-idempotent-with-key", post);
        operation.set("x-ignored", written.path("ignored").isArray() ? written.path("ignored") : Json.array());
        operation.set("x-ignored-in-stripe-dialect",
                Json.texts(Dialect.stripe(ApiVersion.STANDARD).ignored(route.endpoint()).stream().map(Operations::bracketed).toList()));
        operation.set("x-refused", refused(written, of));
        return operation;
    }

    /** What an operation answers when it did what was asked. */
    static JsonNode success(JsonNode operation) {
        JsonNode responses = operation.path("responses");
        return responses.has("200") ? responses.path("200") : responses.path("201");
    }

    /** {@code card.networks} as it is sent: {@code card[networks]}. */
    private static String bracketed(String dotPath) {
        String[] steps = dotPath.split("\\.");
        return steps[0] + Arrays.stream(steps).skip(1).map(step -> "[" + step + "]").collect(Collectors.joining());
    }

    /** The endpoint's own parameters, those of the groups it names, and {@code expand}, which everything of our own has. */
    private ObjectNode params(ObjectNode written, Fragment of) {
        ObjectNode all = Json.object();
        if (written.path("params").isObject()) {
            all.setAll((ObjectNode) written.path("params"));
        }
        written.path("with").forEach(group -> all.setAll(group(group.stringValue(), of)));
        if (!of.enveloped()) {
            all.setAll(group("expand", of));
        }
        ObjectNode schema = Json.object();
        schema.set("params", all);
        return Shorthand.schema(schema);
    }

    private ObjectNode group(String name, Fragment of) {
        return Stream.of(of.written(), fragments.common())
                .map(where -> where.path("groups").path(name))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no group of parameters '" + name + "', neither in " + of.family()
                        + ".json nor in common.json"));
    }

    /** What is known and refused, with what to do instead; in the fragment itself, or by a name that several operations share. */
    private static JsonNode refused(ObjectNode written, Fragment of) {
        JsonNode refused = written.path("refused");
        JsonNode told = refused.isString() ? of.written().path("refusals").path(refused.stringValue()) : refused;
        return told.isObject() ? told : Json.object();
    }

    private static Stream<ObjectNode> placeholders(Route route, ObjectNode written) {
        return PLACEHOLDER.matcher(route.pattern()).results().map(found -> {
            ObjectNode parameter = Json.object();
            parameter.put("name", found.group(1));
            parameter.put("in", "path");
            parameter.put("required", true);
            parameter.put("description", written.path("path").path(found.group(1)).asString("The " + found.group(1) + " of the object."));
            parameter.putObject("schema").put("type", "string").put("maxLength", 255);
            return parameter;
        });
    }

    private static Stream<ObjectNode> query(ObjectNode params, JsonNode example) {
        Set<String> required = required(params);
        return params.path("properties").properties().stream().map(member -> {
            ObjectNode schema = (ObjectNode) member.getValue().deepCopy();
            ObjectNode parameter = Json.object();
            parameter.put("name", member.getKey());
            parameter.put("in", "query");
            parameter.put("description", schema.path("description").asString(""));
            schema.remove("description");
            parameter.put("required", required.contains(member.getKey()));
            if (nested(schema)) {
                parameter.put("style", "deepObject").put("explode", true);
            }
            parameter.set("schema", schema);
            if (example.has(member.getKey())) {
                parameter.set("example", example.get(member.getKey()));
            }
            return parameter;
        });
    }

    private static Stream<ObjectNode> headers(boolean post, Fragment of) {
        Stream<String> versions = of.enveloped() ? Stream.empty() : Stream.of("StripeVersion", "PaymentsVersion");
        return Stream.concat(post ? Stream.of("IdempotencyKey") : Stream.empty(), versions)
                .map(name -> Json.object().put("$ref", "#/components/parameters/" + name));
    }

    private static ObjectNode body(Route route, ObjectNode params, ObjectNode written) {
        ObjectNode body = Json.object();
        body.put("required", !required(params).isEmpty());
        ObjectNode content = body.putObject("content");
        for (String type : route.terms().takesFiles() ? List.of(MULTIPART) : List.of(FORM, JSON)) {
            ObjectNode media = content.putObject(type);
            media.set("schema", params);
            if (type.equals(FORM)) {
                media.set("encoding", encoding(params));
            }
            examples(written, media);
        }
        return body;
    }

    /** One alone, or the usual one and others by what they show. */
    private static void examples(ObjectNode written, ObjectNode media) {
        if (!written.has("examples")) {
            media.setAll(written.has("example") ? Json.object().set("example", written.get("example")) : Json.object());
            return;
        }
        ObjectNode all = media.putObject("examples");
        all.putObject("usual").set("value", written.path("example"));
        written.path("examples").properties().forEach(example -> all.putObject(example.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .put("summary", example.getKey()).set("value", example.getValue()));
    }

    /** Everything that is more than a value is written with brackets: {@code metadata[order]=7}, {@code expand[0]=customer}. */
    private static ObjectNode encoding(ObjectNode params) {
        ObjectNode encoding = Json.object();
        params.path("properties").properties().stream().filter(member -> nested(member.getValue()))
                .forEach(member -> encoding.putObject(member.getKey()).put("style", "deepObject").put("explode", true));
        return encoding;
    }

    /** Whether a value may have members or items. */
    private static boolean nested(JsonNode schema) {
        return schema.has("properties") || schema.has("items") || schema.has("$ref") || schema.has("additionalProperties")
                || schema.path("anyOf").valueStream().anyMatch(Operations::nested);
    }

    private static ArrayNode security(Route route) {
        ArrayNode security = Json.array();
        for (String scheme : publishable(route) ? List.of("secretKey", "publishableKey", "basic") : List.of("secretKey", "basic")) {
            security.addObject().putArray(scheme);
        }
        return security;
    }

    private static boolean publishable(Route route) {
        return route.access() == Route.Access.PUBLISHABLE_TOO;
    }

    private static Set<String> required(ObjectNode params) {
        return params.path("required").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
    }
}
