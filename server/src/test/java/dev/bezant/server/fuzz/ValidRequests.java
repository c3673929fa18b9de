package dev.bezant.server.fuzz;

import dev.bezant.server.kernel.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests of every endpoint as its description says: the example, or parameters by their types, with ids of objects that exist. */
final class ValidRequests {
    private static final Pattern PLACEHOLDER = Pattern.compile("([a-z_]+)/\\{([^}]+)}");
    private static final List<String> CURRENCIES = List.of("eur", "usd", "gbp", "jpy", "isk", "kwd", "huf");
    private static final List<String> WORDS = List.of("Ada", "order 7", "shop@example.com", "a", "Zoë €", "2030-01-01", "12");

    private final ObjectNode document;
    private final List<String> endpoints;
    private final KnownObjects known;

    /** @param endpoints such as {@code POST /v1/refunds/{id}}; each is as likely as the others */
    ValidRequests(ObjectNode document, List<String> endpoints, KnownObjects known) {
        this.document = document;
        this.endpoints = endpoints;
        this.known = known;
    }

    Draft next(Random random) {
        String endpoint = endpoints.get(random.nextInt(endpoints.size()));
        String[] words = endpoint.split(" ", 2);
        JsonNode operation = document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
        var draft = new Draft(endpoint, path(words[1], random), params(operation, words[0].equals("POST"), family(words[1]), random));
        draft.encoding = words[1].equals("/v1/files") ? Draft.Encoding.MULTIPART
                : random.nextBoolean() ? Draft.Encoding.JSON : random.nextBoolean() ? Draft.Encoding.RAW_FORM : Draft.Encoding.FORM;
        return draft;
    }

    private String path(String pattern, Random random) {
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        return matcher.replaceAll(found -> found.group(1) + "/" + known.any(found.group(1), random));
    }

    private ObjectNode params(JsonNode operation, boolean post, String family, Random random) {
        if (!post) {
            ObjectNode params = Json.object();
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString("").equals("query") && (parameter.path("required").asBoolean(false)
                        || (random.nextInt(4) == 0 && likely(parameter.path("name").asString(), random)))) {
                    String name = parameter.path("name").asString();
                    params.set(name, value(name, parameter.path("schema"), family, random, 0));
                }
            }
            return params;
        }
        Iterator<JsonNode> media = operation.path("requestBody").path("content").iterator();
        if (!media.hasNext()) {
            return Json.object();
        }
        JsonNode content = media.next();
        List<JsonNode> examples = new ArrayList<>();
        content.path("examples").forEach(example -> examples.add(example.path("value")));
        examples.add(content.path("example"));
        if (examples.getFirst().isObject() && random.nextInt(3) > 0) {
            return withIds((ObjectNode) examples.get(random.nextInt(Math.max(1, examples.size() - 1))).deepCopy(), family, random);
        }
        return (ObjectNode) members(content.path("schema"), family, random, 0);
    }

    /** An example's ids are of objects that do not exist here. */
    private ObjectNode withIds(ObjectNode example, String family, Random random) {
        for (String name : List.copyOf(example.propertyNames())) {
            if (known.has(name)) {
                example.set(name, value(name, Json.object().put("type", "string"), family, random, 0));
            }
        }
        return example;
    }

    private JsonNode members(JsonNode schema, String family, Random random, int depth) {
        ObjectNode object = Json.object();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        schema.path("properties").properties().forEach(member -> {
            if (required.contains(member.getKey()) || (random.nextInt(schema.path("properties").size()) < 3 && likely(member.getKey(), random))) {
                object.set(member.getKey(), value(member.getKey(), member.getValue(), family, random, depth + 1));
            }
        });
        if (schema.has("additionalProperties") && schema.path("properties").isEmpty()) {
            object.put("order", "7").put("note", "two words");
        }
        return object;
    }

    /** Few things can be expanded, and what goes on with a page has to be asked for first. */
    private static boolean likely(String name, Random random) {
        return !List.of("expand", "expand[]", "page", "starting_after", "ending_before").contains(name) || random.nextInt(15) == 0;
    }

    private JsonNode value(String name, JsonNode written, String family, Random random, int depth) {
        JsonNode schema = written.has("$ref") ? document.at(written.path("$ref").stringValue().substring(1)) : written;
        if (schema.has("anyOf") || schema.has("oneOf")) {
            JsonNode ways = schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf");
            return value(name, ways.get(random.nextInt(ways.size())), family, random, depth);
        }
        JsonNode listed = schema.path("enum").isArray() ? schema.path("enum") : schema.path("x-extensible-enum");
        if (!listed.isEmpty()) {
            return listed.get(random.nextInt(listed.size()));
        }
        JsonNode kinds = schema.path("type");
        String type = kinds.isArray() ? kinds.get(0).asString() : kinds.asString("string");
        return switch (type) {
            case "integer" -> Json.object().numberNode(whole(name, schema, random));
            case "boolean" -> Json.object().booleanNode(random.nextBoolean());
            case "object" -> depth > 6 ? Json.object() : members(schema, family, random, depth);
            case "array" -> {
                ArrayNode items = Json.array();
                for (int i = random.nextInt(3); i >= 0 && depth < 6; i--) {
                    items.add(value(name, schema.path("items"), family, random, depth + 1));
                }
                yield items;
            }
            default -> Json.object().stringNode(text(name, family, random));
        };
    }

    private static long whole(String name, JsonNode schema, Random random) {
        long min = schema.path("minimum").asLong(0);
        long max = Math.min(schema.path("maximum").asLong(Long.MAX_VALUE), min + (name.startsWith("amount") ? 5000 : 40));
        return name.equals("exp_year") ? 2035 : name.equals("created") ? 1_700_000_000 : min + random.nextLong(Math.max(1, max - min + 1));
    }

    private String text(String name, String family, Random random) {
        return switch (name) {
            case "currency" -> CURRENCIES.get(random.nextInt(CURRENCIES.size()));
            case "number" -> random.nextBoolean() ? "4242424242424242" : "4000000000003220";
            case "card_number" -> "4111111111111111";
            case "card_expiry_month" -> "12";
            case "card_expiry_year" -> "2035";
            case "cvc", "card_cvv" -> "123";
            case "amount" -> "12.00";
            case "customer_id" -> known.any("customers", random);
            case "payment_intent_id", "payment_id" -> known.any("payment_intents", random);
            case "payment_method_id" -> known.any("payment_methods", random);
            case "country", "billing_country" -> "LT";
            case "email", "receipt_email", "customer_email" -> "ada@example.com";
            case "return_url", "failure_url" -> "https://shop.example/return";
            // Nobody listens there; nothing is delivered in this test.
            case "url" -> "http://127.0.0.1:9/hooks";
            case "query" -> random.nextBoolean() ? "created>0" : "metadata['order']:'7'";
            case "enabled_events" -> random.nextBoolean() ? "payment_intent.succeeded" : "*";
            // A document, by its first characters.
            case "file" -> "%PDF-1.4\n1 0 obj";
            case "starting_after", "ending_before" -> known.any(family, random);
            case "expand" -> random.nextBoolean() ? "customer" : "data.payment_method";
            default -> known.has(name) ? known.any(name, random) : WORDS.get(random.nextInt(WORDS.size()));
        };
    }

    private static String family(String pattern) {
        return pattern.split("/", -1)[2];
    }
}
