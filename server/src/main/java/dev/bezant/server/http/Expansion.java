package dev.bezant.server.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces ids by the objects they name, where a request asks with {@code expand[]}.
 *
 * <p>Every feature says at start-up which fields of its objects can be expanded into what, and how such objects are loaded, many
 * at a time.
 *
 * @see "docs/protocols/payments-api.md, section 2.2"
 */
public final class Expansion {
    private static final int PATHS_MAX = 20;
    private static final int DEPTH_MAX = 4;

    /** Loads the objects of some ids, as rendered; ids it does not find are left out. */
    @FunctionalInterface
    public interface Loader {
        Map<String, ObjectNode> load(Caller caller, Set<String> ids);
    }

    private final Map<String, Loader> loaders = new HashMap<>();
    /** object name, field -> what it holds. */
    private final Map<String, Map<String, String>> fields = new HashMap<>();

    /** Says how objects of a kind ({@code customer}) are loaded. */
    public Expansion loader(String kind, Loader loader) {
        loaders.put(kind, loader);
        return this;
    }

    /** Says that a field of an object holds an id of a kind: {@code field("charge", "customer", "customer")}. */
    public Expansion field(String object, String field, String kind) {
        fields.computeIfAbsent(object, name -> new HashMap<>()).put(field, kind);
        return this;
    }

    /** What can be expanded: by the object's name and its field, the kind that it holds. */
    public Map<String, Map<String, String>> fields() {
        return Map.copyOf(fields);
    }

    /** Reads {@code expand[]}; the shape is checked here, the paths when they are applied. */
    static List<String> paths(Params params) {
        List<String> paths = params.texts("expand", PATHS_MAX, 200);
        if (paths == null) {
            return List.of();
        }
        for (String path : paths) {
            if (path.split("\\.", -1).length > DEPTH_MAX) {
                throw ApiException.invalid("expand", "Cannot expand '" + path + "': at most " + DEPTH_MAX + " levels are allowed.");
            }
        }
        return paths;
    }

    /**
     * Checks paths before anything is done: what has been paid must not be answered with an error about its answer.
     *
     * @param pattern of a route that answers with an object of its resource, such as {@code /v1/payment_intents/{id}/confirm}
     * @throws ApiException 400 if a path names nothing that can be expanded
     */
    void check(String pattern, List<String> paths) {
        String resource = pattern.split("/", -1)[2];
        String object = resource.endsWith("s") ? resource.substring(0, resource.length() - 1) : resource;
        paths.forEach(path -> checkPath(object, path));
    }

    private void checkPath(String object, String path) {
        String at = object;
        for (String step : path.split("\\.", -1)) {
            String kind = fields.getOrDefault(at, Map.of()).get(step);
            if (kind == null) {
                throw cannot(path, "'" + step + "' of a " + at + " is not expandable");
            }
            at = kind;
        }
    }

    /**
     * Applies the paths to an answer, in place.
     *
     * @throws ApiException 400 if a path names nothing that can be expanded
     */
    void apply(Caller caller, ObjectNode answer, List<String> paths) {
        boolean list = "list".equals(answer.path("object").asString(""));
        for (String path : paths) {
            List<String> steps = List.of(path.split("\\.", -1));
            List<ObjectNode> at;
            if (list) {
                if (!steps.getFirst().equals("data") || steps.size() < 2) {
                    throw cannot(path, "paths into a list begin with data., such as data.customer");
                }
                at = objects(answer.get("data"));
                steps = steps.subList(1, steps.size());
            } else {
                // Also what lies behind a field that is null here.
                checkPath(answer.path("object").asString(""), path);
                at = List.of(answer);
            }
            for (String step : steps) {
                at = descend(caller, at, step, path);
            }
        }
    }

    private List<ObjectNode> descend(Caller caller, List<ObjectNode> from, String field, String path) {
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        for (ObjectNode object : from) {
            String kind = fields.getOrDefault(object.path("object").asString(""), Map.of()).get(field);
            if (kind == null) {
                throw cannot(path, "'" + field + "' of a " + object.path("object").asString("") + " is not expandable");
            }
            if (object.path(field).isString()) {
                wanted.computeIfAbsent(kind, name -> new LinkedHashSet<>()).add(object.get(field).stringValue());
            }
        }
        Map<String, ObjectNode> loaded = new HashMap<>();
        wanted.forEach((kind, ids) -> {
            Loader loader = loaders.get(kind);
            if (loader != null) {
                loaded.putAll(loader.load(caller, ids));
            }
        });
        for (ObjectNode object : from) {
            if (object.path(field).isString()) {
                ObjectNode full = loaded.get(object.get(field).stringValue());
                if (full != null) {
                    object.set(field, full);
                }
            }
        }
        return from.stream().map(object -> object.get(field)).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast).toList();
    }

    private static List<ObjectNode> objects(JsonNode data) {
        return ((ArrayNode) data).values().stream().map(ObjectNode.class::cast).toList();
    }

    private static ApiException cannot(String path, String why) {
        return ApiException.invalid("expand", "This property cannot be expanded (" + path + "): " + why + ".");
    }
}
