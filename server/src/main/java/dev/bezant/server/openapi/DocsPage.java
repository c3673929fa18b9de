package dev.bezant.server.openapi;

import dev.bezant.server.http.Html;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document for people: one page without scripts, nothing of it from elsewhere. */
final class DocsPage {
    private final JsonNode document;
    private final StringBuilder html = new StringBuilder();

    DocsPage(JsonNode document) {
        this.document = document;
    }

    /** An operation and where it is. */
    private record Place(String method, String path, JsonNode operation) {
        String id() {
            return operation.path("operationId").asString();
        }
    }

    String html() {
        JsonNode info = document.path("info");
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(Html.escape(info.path("title").asString())).append("</title><style>").append(style())
                .append("</style></head><body><a class=\"skip\" href=\"#content\">To the content</a>");
        navigation(info);
        html.append("<main id=\"content\"><section id=\"introduction\"><h2>").append(Html.escape(info.path("title").asString())).append("</h2>")
                .append(Prose.paragraphs(info.path("summary").asString("") + "\n\n" + info.path("description").asString("")))
                .append("<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a>.</p>");
        keysAndHeaders();
        html.append("</section>");
        document.path("tags").forEach(this::tag);
        schemas();
        return html.append("</main></body></html>").toString();
    }

    private void navigation(JsonNode info) {
        html.append("<nav aria-label=\"Contents\"><h1><a href=\"#introduction\">").append(Html.escape(info.path("title").asString())).append("</a></h1><p>")
                .append(Html.escape(info.path("version").asString())).append("</p>");
        document.path("tags").forEach(tag -> {
            html.append("<h2>").append(Html.escape(tag.path("name").asString())).append("</h2><ul>");
            places(tag).forEach(place -> html.append("<li><a href=\"#").append(place.id()).append("\">")
                    .append(Html.escape(place.operation().path("summary").asString())).append("</a></li>"));
            html.append("</ul>");
        });
        html.append("<h2>Objects</h2><ul>");
        document.path("components").path("schemas").propertyNames()
                .forEach(name -> html.append("<li>").append(SchemaHtml.link(name)).append("</li>"));
        html.append("</ul></nav>");
    }

    private void keysAndHeaders() {
        html.append("<h3>Keys</h3><ul class=\"members\">");
        document.path("components").path("securitySchemes").properties().forEach(scheme -> html.append("<li><code class=\"name\">Authorization: ")
                .append(Html.escape(scheme.getValue().path("scheme").asString())).append("</code>")
                .append(Prose.paragraphs(scheme.getValue().path("description").asString())).append("</li>"));
        html.append("</ul><h3>Headers</h3><ul class=\"members\">");
        document.path("components").path("parameters").forEach(this::parameter);
        html.append("</ul>");
    }

    private void tag(JsonNode tag) {
        html.append("<section><h2>").append(Html.escape(tag.path("name").asString())).append("</h2>")
                .append(Prose.paragraphs(tag.path("description").asString("")));
        places(tag).forEach(this::operation);
        html.append("</section>");
    }

    private void operation(Place place) {
        JsonNode operation = place.operation();
        html.append("<article id=\"").append(place.id()).append("\"><div><h3>").append(Html.escape(operation.path("summary").asString()))
                .append("</h3><p class=\"endpoint\"><span class=\"method ").append(place.method()).append("\">").append(place.method())
                .append("</span><code>").append(Html.escape(place.path())).append("</code></p>")
                .append(Prose.paragraphs(operation.path("description").asString("")))
                .append("<p class=\"facts\">Keys: secret, restricted with <code>").append(operation.path("x-permission").asString()).append("</code>")
                .append(operation.path("x-key-kinds").toString().contains("publishable") ? ", publishable" : "").append(".</p>");
        parameters(operation);
        besides(operation);
        answers(operation);
        html.append("</div><div class=\"example\">");
        example(place);
        html.append("</div></article>");
    }

    private void parameters(JsonNode operation) {
        JsonNode body = body(operation).path("schema");
        boolean inPath = operation.path("parameters").valueStream().anyMatch(parameter -> parameter.path("in").asString("").equals("path"));
        String members = SchemaHtml.members(body, true);
        boolean inQuery = operation.path("parameters").valueStream()
                .anyMatch(parameter -> parameter.path("in").asString("").equals("query") && !parameter.path("name").asString().equals("expand"));
        if (!inPath && !inQuery && members.isEmpty()) {
            return;
        }
        html.append("<h4>Parameters</h4>");
        if (inPath || inQuery) {
            html.append("<ul class=\"members\">");
            operation.path("parameters").valueStream().filter(parameter -> parameter.has("name") && !parameter.path("name").asString().equals("expand"))
                    .forEach(this::parameter);
            html.append("</ul>");
        }
        html.append(members);
    }

    /** A parameter of the path, the query or the head, as if it were a member. */
    private void parameter(JsonNode parameter) {
        var schema = (ObjectNode) parameter.path("schema").deepCopy();
        schema.put("description", parameter.path("description").asString(""));
        var one = Json.object();
        one.putObject("properties").set(parameter.path("name").asString(), schema);
        if (parameter.path("required").asBoolean(false)) {
            one.putArray("required").add(parameter.path("name").asString());
        }
        String members = SchemaHtml.members(one, true);
        html.append(members, members.indexOf("<li>"), members.lastIndexOf("</ul>"));
    }

    private void besides(JsonNode operation) {
        JsonNode ignored = operation.path("x-ignored");
        JsonNode ofStripe = operation.path("x-ignored-in-stripe-dialect");
        JsonNode refused = operation.path("x-refused");
        if (ignored.isEmpty() && ofStripe.isEmpty() && refused.isEmpty()) {
            return;
        }
        html.append("<details><summary>Taken and ignored, or known and refused</summary>");
        codes("Taken and ignored: ", ignored);
        codes("In the Stripe dialect also taken and ignored: ", ofStripe);
        if (!refused.isEmpty()) {
            html.append("<p>Known and refused, unless empty:</p><ul>");
            refused.properties().forEach(it -> html.append("<li><code>").append(Html.escape(it.getKey())).append("</code>: ")
                    .append(Prose.line(it.getValue().asString())).append("</li>"));
            html.append("</ul>");
        }
        html.append("</details>");
    }

    private void codes(String says, JsonNode names) {
        if (!names.isEmpty()) {
            html.append("<p>").append(says).append(names.valueStream().map(name -> "<code>" + Html.escape(name.asString()) + "</code>")
                    .collect(Collectors.joining(", "))).append(".</p>");
        }
    }

    private void answers(JsonNode operation) {
        JsonNode success = Operations.success(operation);
        html.append("<h4>Answer</h4><p>").append(Prose.line(success.path("description").asString())).append(" ").append(shape(success)).append("</p>")
                .append("<details><summary>Refusals</summary><ul class=\"statuses\">");
        operation.path("responses").properties().stream().filter(response -> !response.getKey().startsWith("2")).forEach(response -> {
            JsonNode told = resolved(response.getValue());
            html.append("<li><strong>").append(response.getKey()).append("</strong> ")
                    .append(Prose.paragraphs(told.path("description").asString())).append("</li>");
        });
        html.append("</ul></details>");
    }

    private static String shape(JsonNode response) {
        JsonNode schema = response.path("content").path(Operations.JSON).path("schema");
        if (schema.has("$ref")) {
            return "Object: " + reference(schema) + ".";
        }
        JsonNode items = schema.path("properties").path("data").path("items");
        if (items.has("$ref")) {
            return "A list of " + reference(items) + ".";
        }
        String any = schema.path("anyOf").valueStream().filter(one -> one.has("$ref")).map(DocsPage::reference).collect(Collectors.joining(" or "));
        return any.isEmpty() ? "" : "Object: " + any + ".";
    }

    private void example(Place place) {
        JsonNode media = body(place.operation());
        JsonNode sent = place.method().equals("POST")
                ? media.has("example") ? media.path("example") : media.path("examples").path("usual").path("value")
                : queryExample(place.operation());
        JsonNode answer = Operations.success(place.operation()).path("content").path(Operations.JSON).path("example");
        String path = Operations.PLACEHOLDER.matcher(place.path()).replaceAll(found -> Matcher.quoteReplacement(
                answer.path(found.group(1)).asString(answer.path("data").path(0).path(found.group(1)).asString(found.group(1).toUpperCase(Locale.ROOT)))));
        html.append(pre(CurlLine.of(place.method(), path, place.operation(), sent)));
        media.path("examples").properties().stream().filter(example -> example.getValue().has("summary")).forEach(example ->
                html.append("<p class=\"facts\">").append(Prose.line(example.getValue().path("summary").asString())).append(":</p>")
                        .append(pre(CurlLine.of(place.method(), path, place.operation(), example.getValue().path("value")))));
        if (!answer.isMissingNode()) {
            html.append(pre(pretty(answer)));
        }
    }

    private static JsonNode queryExample(JsonNode operation) {
        ObjectNode query = Json.object();
        operation.path("parameters").valueStream().filter(parameter -> parameter.has("example"))
                .forEach(parameter -> query.set(parameter.path("name").asString(), parameter.get("example")));
        return query;
    }

    private static String pretty(JsonNode json) {
        return Json.MAPPER.writer().with(new DefaultPrettyPrinter().withSeparators(
                Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))).writeValueAsString(json);
    }

    private static String pre(String text) {
        return "<pre tabindex=\"0\"><code>" + Html.escape(text) + "</code></pre>";
    }

    private void schemas() {
        html.append("<section><h2>Objects</h2>");
        document.path("components").path("schemas").properties().forEach(schema ->
                html.append("<article id=\"").append(SchemaHtml.anchor(schema.getKey())).append("\"><div><h3>").append(Html.escape(schema.getKey()))
                        .append("</h3>").append(Prose.paragraphs(schema.getValue().path("description").asString("")))
                        .append(SchemaHtml.members(schema.getValue(), isRequest(schema.getKey()))).append("</div><div class=\"example\">")
                        .append(schema.getValue().path("examples").valueStream().map(example -> pre(pretty(example))).collect(Collectors.joining()))
                        .append("</div></article>"));
        html.append("</section>");
    }

    private Stream<Place> places(JsonNode tag) {
        return document.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .map(operation -> new Place(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue())))
                .filter(place -> place.operation().path("tags").path(0).equals(tag.path("name")));
    }

    private JsonNode resolved(JsonNode response) {
        return response.has("$ref") ? document.at(response.path("$ref").stringValue().substring(1)) : response;
    }

    private static JsonNode body(JsonNode operation) {
        return operation.path("requestBody").path("content").properties().stream().map(Map.Entry::getValue).findFirst().orElse(Json.object());
    }

    private static String reference(JsonNode schema) {
        return SchemaHtml.link(schema.path("$ref").stringValue().substring(Shorthand.SCHEMAS.length()));
    }

    private static boolean isRequest(String schema) {
        return schema.endsWith("_params");
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(DocsPage.class.getResourceAsStream("docs.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
