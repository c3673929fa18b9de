package dev.bezant.server.openapi;

import dev.bezant.server.http.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Shapes for people: what members there are, of which type, what they mean. */
final class SchemaHtml {
    /** Parameters of every operation, told once for all. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of("expand");

    private SchemaHtml() {}

    /** @param request whether it is what is sent: then what must be there is marked, else what may be absent */
    static String members(JsonNode schema, boolean request) {
        Set<String> required = schema.path("required").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
        String items = schema.path("properties").properties().stream()
                .filter(member -> !(request && TOLD_ELSEWHERE.contains(member.getKey())))
                .map(member -> member(member, required.contains(member.getKey()), request))
                .collect(Collectors.joining());
        return items.isEmpty() ? "" : "<ul class=\"members\">" + items + "</ul>";
    }

    static String anchor(String schema) {
        return "schema-" + schema;
    }

    static String link(String schema) {
        return "<a href=\"#" + anchor(schema) + "\">" + Html.escape(schema) + "</a>";
    }

    private static String member(Map.Entry<String, JsonNode> member, boolean required, boolean request) {
        JsonNode schema = member.getValue();
        var html = new StringBuilder("<li><code class=\"name\">").append(Html.escape(member.getKey())).append("</code><span class=\"type\">")
                .append(type(schema)).append("</span>");
        if (required && request) {
            html.append("<span class=\"must\">required</span>");
        }
        html.append(Prose.paragraphs(schema.path("description").asString("")));
        values(schema).ifPresent(values -> html.append("<p class=\"values\">").append(values).append("</p>"));
        String remarks = remarks(schema, required, request);
        if (!remarks.isEmpty()) {
            html.append("<p class=\"values\">").append(remarks).append("</p>");
        }
        inner(schema).forEach(inner -> html.append(members(inner, request)));
        return html.append("</li>").toString();
    }

    /** Shapes written right here, not by reference. */
    private static Stream<JsonNode> inner(JsonNode schema) {
        Stream<JsonNode> here = schema.has("properties") ? Stream.of(schema) : Stream.empty();
        Stream<JsonNode> items = schema.has("items") ? inner(schema.path("items")) : Stream.empty();
        return Stream.concat(Stream.concat(here, items), schema.path("anyOf").valueStream().flatMap(SchemaHtml::inner));
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            return link(name(schema));
        }
        if (schema.has("anyOf")) {
            return schema.path("anyOf").valueStream().map(SchemaHtml::type).distinct().collect(Collectors.joining(" or "));
        }
        if (schema.has("items")) {
            return "list of " + type(schema.path("items"));
        }
        if (schema.path("properties").path("data").has("items")) {
            return "list of " + type(schema.path("properties").path("data").path("items"));
        }
        if (schema.has("const")) {
            return "always <code>" + Html.escape(schema.path("const").asString()) + "</code>";
        }
        String types = schema.path("type").isArray()
                ? schema.path("type").valueStream().map(JsonNode::stringValue).collect(Collectors.joining(" or "))
                : schema.path("type").asString(schema.has("enum") ? "string" : "anything");
        return types + (schema.path("format").asString("").equals("unix-time") ? ", seconds since 1970" : "");
    }

    private static Optional<String> values(JsonNode schema) {
        JsonNode known = schema.has("enum") ? schema.path("enum") : schema.path(Shorthand.KNOWN);
        List<String> values = known.valueStream().filter(value -> !value.isNull()).map(value -> "<code>" + Html.escape(value.asString()) + "</code>").toList();
        return values.isEmpty() || values.size() > 60 ? Optional.empty() : Optional.of(String.join(" ", values));
    }

    private static String remarks(JsonNode schema, boolean required, boolean request) {
        var remarks = new ArrayList<String>();
        number(schema, "minimum", "At least ", remarks);
        number(schema, "maximum", "At most ", remarks);
        if (request && schema.has("maxLength")) {
            remarks.add("At most " + schema.path("maxLength").asString() + " characters.");
        }
        if (request && schema.has("maxItems")) {
            remarks.add("At most " + schema.path("maxItems").asString() + " items.");
        }
        if (schema.has("default")) {
            remarks.add("Standard: " + Html.escape(schema.path("default").asString()) + ".");
        }
        if (!request && !required) {
            remarks.add("May be absent.");
        }
        if (schema.has(Shorthand.EXPANDS)) {
            remarks.add("Expandable.");
        }
        if (schema.path(Shorthand.NATIVE_ONLY).asBoolean(false)) {
            remarks.add("Not in the Stripe dialect.");
        }
        if (schema.path(Shorthand.SECRET_KEY_ONLY).asBoolean(false)) {
            remarks.add("Not for publishable keys.");
        }
        return String.join(" ", remarks);
    }

    private static void number(JsonNode schema, String keyword, String says, List<String> remarks) {
        if (schema.has(keyword)) {
            remarks.add(says + schema.path(keyword).asString() + ".");
        }
    }

    private static String name(JsonNode reference) {
        return reference.path("$ref").stringValue().substring(Shorthand.SCHEMAS.length());
    }
}
