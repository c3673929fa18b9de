package dev.bezant.server.openapi;

import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.openapi.ErrorCatalogue.Code;
import dev.bezant.server.openapi.Fragments.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The responses of an operation: what it answers, and how it can be refused. */
final class Responses {
    private static final Map<String, String> HEADERS =
            Map.of("RequestId", "Request-Id", "ServerTiming", "Server-Timing", "IdempotentReplayed", "Idempotent-Replayed");

    private static final Pattern OF_RESOURCE = Pattern.compile("([a-z_]+)s/\\{([^}]+)}");

    private final Fragments fragments;

    Responses(Fragments fragments) {
        this.fragments = fragments;
    }

    /** Every status that an operation can be answered with. */
    ObjectNode of(Route route, ObjectNode written, Fragment of) {
        if (of.enveloped()) {
            return enveloped(route, written, of.envelope());
        }
        var refused = new TreeMap<Integer, List<Code>>();
        codes(route, written).forEach(code -> {
            List<Code> ofStatus = refused.computeIfAbsent(code.status(), status -> new ArrayList<>());
            if (ofStatus.stream().noneMatch(other -> other.name().equals(code.name()))) {
                ofStatus.add(code);
            }
        });
        var all = new TreeMap<String, ObjectNode>();
        all.put("200", success(route, written));
        refused.forEach((status, codes) -> all.put(String.valueOf(status), refusal(status, codes)));
        for (String status : route.method().equals("POST") ? List.of("408", "413", "415", "500", "503") : List.of("500", "503")) {
            all.put(status, Json.object().put("$ref", "#/components/responses/" + status));
        }
        ObjectNode responses = Json.object();
        responses.setAll(all);
        return responses;
    }

    /** Of endpoints whose failures are not as the rest of the API's: the codes of all, of those that are posted to, of those with an id, its own. */
    private ObjectNode enveloped(Route route, ObjectNode written, JsonNode envelope) {
        var codes = new TreeMap<String, Set<String>>();
        Stream.of(envelope.path("codes"), route.method().equals("POST") ? envelope.path("posts") : Json.object(),
                        Operations.PLACEHOLDER.matcher(route.pattern()).find() ? envelope.path("placed") : Json.object(), written.path("codes"))
                .flatMap(some -> some.properties().stream())
                .forEach(status -> status.getValue().forEach(code ->
                        codes.computeIfAbsent(status.getKey(), it -> new LinkedHashSet<>()).add(code.stringValue())));
        ObjectNode responses = Json.object();
        responses.set(written.path("status").asString("200"), success(route, written));
        codes.forEach((status, names) -> {
            ObjectNode refusal = responses.putObject(status);
            refusal.put("description", of(Integer.parseInt(status)) + "\n\n" + names.stream().map(name -> "- `" + name + "`").collect(Collectors.joining("\n")));
            refusal.set("headers", references("RequestId"));
            refusal.putObject("content").putObject(Operations.JSON).putObject("schema").put("$ref", Shorthand.SCHEMAS + envelope.path("schema").stringValue());
            refusal.set("x-error-codes", Json.texts(List.copyOf(names)));
        });
        return responses;
    }

    /** What the front door refuses everywhere, then what the fragment names. */
    private static Stream<Code> codes(Route route, ObjectNode written) {
        var common = new ArrayList<>(ErrorCatalogue.OF_PARAMETERS);
        common.addAll(List.of(ErrorCode.INVALID_API_KEY, ErrorCode.API_KEY_EXPIRED, ErrorCode.ACCOUNT_INVALID, ErrorCode.UNAUTHORIZED,
                ErrorCode.SECRET_KEY_REQUIRED, ErrorCode.RATE_LIMIT));
        if (Operations.PLACEHOLDER.matcher(route.pattern()).find()) {
            common.add(ErrorCode.RESOURCE_MISSING);
        }
        if (route.method().equals("POST")) {
            common.add(ErrorCode.IDEMPOTENCY_KEY_IN_USE);
        }
        if (route.pattern().contains("/payment_intents")) {
            common.add(ErrorCode.PAYMENT_INTENT_RATE_LIMIT_EXCEEDED);
        }
        boolean paged = written.path("with").valueStream().anyMatch(group -> group.stringValue().equals("page"));
        if (paged) {
            // The cursor.
            common.add(ErrorCode.RESOURCE_MISSING);
        }
        return Stream.concat(common.stream().map(ErrorCatalogue::of),
                written.path("errors").valueStream().flatMap(name -> ErrorCatalogue.named(name.stringValue())));
    }

    private static ObjectNode refusal(int status, List<Code> codes) {
        ObjectNode refusal = Json.object();
        refusal.put("description", of(status) + "\n\n"
                + codes.stream().map(code -> "- `" + code.name() + "`: " + code.meaning()).collect(Collectors.joining("\n")));
        refusal.set("headers", references("RequestId"));
        refusal.putObject("content").putObject(Operations.JSON).putObject("schema").put("$ref", Shorthand.SCHEMAS + "error_answer");
        refusal.set("x-error-codes", Json.texts(codes.stream().map(Code::name).toList()));
        return refusal;
    }

    private ObjectNode success(Route route, ObjectNode written) {
        ObjectNode success = Json.object();
        success.put("description", written.path("answers").asString(usual(written)));
        success.set("headers", route.method().equals("POST")
                ? references("RequestId", "ServerTiming", "IdempotentReplayed")
                : references("RequestId", "ServerTiming"));
        ObjectNode content = success.putObject("content");
        if (written.path("download").isArray()) {
            written.path("download").forEach(type -> content.putObject(type.stringValue()).putObject("schema").put("type", "string").put("format", "binary"));
            return success;
        }
        ObjectNode media = content.putObject(Operations.JSON);
        media.set("schema", answer(written));
        example(route, written).ifPresent(example -> media.set("example", example));
        return success;
    }

    private static String usual(ObjectNode written) {
        return written.has("list") ? "A page of the list." : written.has("search") ? "A page of what was found, the newest first." : written.has("deleted") ? "What is left of it." : "It, as it is now.";
    }

    private static ObjectNode answer(ObjectNode written) {
        if (written.has("list")) {
            return Shorthand.list(written.path("list").stringValue());
        }
        if (written.has("search")) {
            return Shorthand.found(written.path("search").stringValue());
        }
        if (written.has("deleted")) {
            return Shorthand.deleted(written.path("deleted").stringValue());
        }
        JsonNode answer = written.path("answer");
        return answer.isString() ? Json.object().put("$ref", Shorthand.SCHEMAS + answer.stringValue()) : Shorthand.schema(answer);
    }

    /** That of the answer's schema, in the answer's shape. */
    private Optional<JsonNode> example(Route route, ObjectNode written) {
        String name = Stream.of("answer", "list", "search", "deleted").map(kind -> written.path(kind)).filter(JsonNode::isString)
                .map(JsonNode::stringValue).findFirst().orElse("");
        JsonNode of = fragments.resources().stream().map(fragment -> fragment.schemas().path(name).path("example"))
                .filter(JsonNode::isObject).findFirst().orElse(Json.object());
        if (of.isEmpty()) {
            return Optional.empty();
        }
        if (written.has("list")) {
            ObjectNode list = Json.object().put("object", "list").put("url", withExampleIds(route, of)).put("has_more", false);
            list.set("data", Json.array(List.of(of)));
            return Optional.of(list);
        }
        if (written.has("search")) {
            ObjectNode found = Json.object().put("object", "search_result").put("url", route.pattern()).put("has_more", false);
            found.set("data", Json.array(List.of(of)));
            return Optional.of(found.putNull("next_page"));
        }
        if (written.has("deleted")) {
            return Optional.of(Json.object().put("id", of.path("id").asString()).put("object", name).put("deleted", true));
        }
        return Optional.of(of);
    }

    /** A path with something in its placeholders that the example has under the name of what they stand for: {@code customers/cus_...}. */
    private static String withExampleIds(Route route, JsonNode example) {
        return OF_RESOURCE.matcher(route.pattern()).replaceAll(found ->
                Matcher.quoteReplacement(found.group(1) + "s/" + example.path(found.group(1)).asString("{" + found.group(2) + "}")));
    }

    private static ObjectNode references(String... headers) {
        ObjectNode references = Json.object();
        for (String name : headers) {
            references.putObject(HEADERS.get(name)).put("$ref", "#/components/headers/" + name);
        }
        return references;
    }

    private static String of(int status) {
        return switch (status) {
            case 400 -> "The request is wrong. Nothing has been done.";
            case 401 -> "No valid key came with it.";
            case 402 -> "The card was refused.";
            case 403 -> "The key may not do this.";
            case 404 -> "Something that is named does not exist.";
            case 409 -> "Another request is at work on the same; try again.";
            case 502 -> "The payment provider failed. Nothing was paid.";
            case 504 -> "The payment provider did not answer: it is not known what became of it.";
            case 429 -> "Too many requests; come back after `Retry-After` seconds.";
            default -> "It did not work.";
        };
    }
}
