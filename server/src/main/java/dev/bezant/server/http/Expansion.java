package dev.bezant.server.http;

import dev.bezant.server.kernel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces ids by the objects they name, and puts lists into the objects they belong to, where a request asks with {@code expand[]}.
 *
 * <p>Every feature says at start-up which fields of its objects can be expanded into what, and how such objects are loaded, many
 * at a time.
 *
 * @see "docs/protocols/payments-api.md, section 2.2"
 */
public final class Expansion {
    private static final int PATHS_MAX = 20;
    private static final int DEPTH_MAX = 4;
    /** The two envelopes of several objects. */
    private static final Set<String> LISTS = Set.of("list", "search_result");

    /** Loads the objects of some ids, as rendered; ids it does not find are left out. */
    @FunctionalInterface
    public interface Loader {
        Map<String, ObjectNode> load(Caller caller, Set<String> ids);
    }

    /** Loads a list for each of some objects, by their ids: the envelope. */
    @FunctionalInterface
    public interface ListLoader {
        Map<String, ObjectNode> load(Caller caller, Set<String> ownerIds);
    }

    /** A list inside an object; without a loader it is there already, or not at all. */
    private record Embedded(String kind, @Nullable ListLoader loader) {}

    private final Map<String, Loader> loaders = new HashMap<>();
    /** object name, field -> what it may hold. */
    private final Map<String, Map<String, List<String>>> fields = new HashMap<>();
    /** object name, member -> the list there. */
    private final Map<String, Map<String, Embedded>> lists = new HashMap<>();

    /** Says how objects of a kind ({@code customer}) are loaded. */
    public Expansion loader(String kind, Loader loader) {
        loaders.put(kind, loader);
        return this;
    }

    /**
     * Says that a field of an object holds an id: {@code field("charge", "customer", "customer")}.
     *
     * @param field dotted where it lies in a nested map: {@code invoice_settings.default_payment_method}
     * @param kinds of which of these; several where the field may name different things
     */
    public Expansion field(String object, String field, String... kinds) {
        fields.computeIfAbsent(object, name -> new HashMap<>()).put(field, List.of(kinds));
        return this;
    }

    /** Says that a member of an object is a list of a kind, which is there only when expanded. */
    public Expansion list(String object, String member, String kind, ListLoader loader) {
        lists.computeIfAbsent(object, name -> new HashMap<>()).put(member, new Embedded(kind, loader));
        return this;
    }

    /** Says that a member of an object is a list of a kind, which is there unasked; paths may lead into it. */
    public Expansion list(String object, String member, String kind) {
        lists.computeIfAbsent(object, name -> new HashMap<>()).put(member, new Embedded(kind, null));
        return this;
    }

    /** What can be expanded: by the object's name and its field, the kinds that it may hold. */
    public Map<String, Map<String, List<String>>> fields() {
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
     * @param object what will be answered, such as {@code payment_intent}
     * @throws ApiException 400 if a path names nothing that can be expanded
     */
    void check(String object, List<String> paths) {
        paths.forEach(path -> checkPath(Set.of(object), false, steps(path), path));
    }

    /**
     * Applies the paths to an answer, in place.
     *
     * @throws ApiException 400 if a path names nothing that can be expanded
     */
    void apply(Caller caller, ObjectNode answer, List<String> paths) {
        boolean list = LISTS.contains(name(answer));
        for (String path : paths) {
            List<String> steps = steps(path);
            if (list && steps.size() == 1 && answer.has(path) && !path.equals("data")) {
                // A member of the envelope itself, such as total_count, which is there because it was asked for.
                continue;
            }
            if (list && (!steps.getFirst().equals("data") || steps.size() < 2)) {
                throw cannot(path, "paths into a list begin with data., such as data.customer");
            }
            List<ObjectNode> at = list ? objects(answer) : List.of(answer);
            List<String> rest = list ? steps.subList(1, steps.size()) : steps;
            Set<String> kinds = at.stream().map(Expansion::name).collect(Collectors.toSet());
            if (!kinds.isEmpty()) {
                // Also what lies behind a field that is null here.
                checkPath(kinds, false, rest, path);
                descend(caller, at, rest);
            }
        }
    }

    /** Whether the steps lead somewhere from objects of these kinds, or from lists of them. */
    private void checkPath(Set<String> kinds, boolean list, List<String> steps, String path) {
        if (steps.isEmpty()) {
            return;
        }
        String step = steps.getFirst();
        if (list) {
            if (!step.equals("data") || steps.size() < 2) {
                throw cannot(path, "paths into a list go on with .data., such as data.customer");
            }
            checkPath(kinds, false, steps.subList(1, steps.size()), path);
            return;
        }
        for (int length = 1; length <= steps.size(); length++) {
            String field = String.join(".", steps.subList(0, length));
            List<String> rest = steps.subList(length, steps.size());
            Set<String> held = held(kinds, fields, field, (kind, holds) -> holds);
            if (!held.isEmpty()) {
                checkPath(held, false, rest, path);
                return;
            }
            Set<String> listed = held(kinds, lists, field, (kind, embedded) -> List.of(embedded.kind()));
            if (!listed.isEmpty()) {
                checkPath(listed, true, rest, path);
                return;
            }
        }
        throw cannot(path, "'" + step + "' of a " + String.join(" or ", kinds) + " is not expandable");
    }

    private static <T> Set<String> held(Set<String> kinds, Map<String, Map<String, T>> known, String field, BiFunction<String, T, List<String>> kindsOf) {
        var held = new LinkedHashSet<String>();
        for (String kind : kinds) {
            T found = known.getOrDefault(kind, Map.of()).get(field);
            if (found != null) {
                held.addAll(kindsOf.apply(kind, found));
            }
        }
        return held;
    }

    /** Follows checked steps; objects that have no such member are left as they are. */
    private void descend(Caller caller, List<ObjectNode> from, List<String> steps) {
        if (from.isEmpty() || steps.isEmpty()) {
            return;
        }
        if (LISTS.contains(name(from.getFirst()))) {
            descend(caller, from.stream().flatMap(list -> objects(list).stream()).toList(), steps.subList(1, steps.size()));
            return;
        }
        for (int length = 1; length <= steps.size(); length++) {
            String field = String.join(".", steps.subList(0, length));
            List<ObjectNode> next = new ArrayList<>(expanded(caller, from, field));
            next.addAll(embedded(caller, from, field));
            if (!next.isEmpty()) {
                descend(caller, next, steps.subList(length, steps.size()));
                return;
            }
        }
    }

    /** The objects that a field now holds. */
    private List<ObjectNode> expanded(Caller caller, List<ObjectNode> from, String field) {
        List<ObjectNode> owners = from.stream().filter(object -> fields.getOrDefault(name(object), Map.of()).containsKey(field)).toList();
        Map<String, Set<String>> wanted = new HashMap<>();
        for (ObjectNode object : owners) {
            JsonNode id = holder(object, field).path(last(field));
            if (id.isString()) {
                fields.getOrDefault(name(object), Map.of()).getOrDefault(field, List.of())
                        .forEach(kind -> wanted.computeIfAbsent(kind, it -> new LinkedHashSet<>()).add(id.stringValue()));
            }
        }
        Map<String, ObjectNode> loaded = new HashMap<>();
        wanted.forEach((kind, ids) -> {
            Loader loader = loaders.get(kind);
            if (loader != null) {
                loaded.putAll(loader.load(caller, ids));
            }
        });
        var held = new ArrayList<ObjectNode>();
        for (ObjectNode object : owners) {
            if (holder(object, field) instanceof ObjectNode holder) {
                JsonNode value = holder.path(last(field));
                ObjectNode full = value.isString() ? loaded.get(value.stringValue()) : null;
                if (full != null) {
                    holder.set(last(field), full);
                }
                if (holder.get(last(field)) instanceof ObjectNode inner) {
                    held.add(inner);
                }
            }
        }
        return held;
    }

    /** The lists that a member now holds. */
    private List<ObjectNode> embedded(Caller caller, List<ObjectNode> from, String member) {
        Map<ListLoader, Set<String>> wanted = new HashMap<>();
        List<ObjectNode> owners = from.stream().filter(object -> lists.getOrDefault(name(object), Map.of()).containsKey(member)).toList();
        for (ObjectNode object : owners) {
            ListLoader loader = embeddedOf(object, member).loader();
            if (loader != null && !object.has(member) && object.path("id").isString()) {
                wanted.computeIfAbsent(loader, it -> new LinkedHashSet<>()).add(object.get("id").stringValue());
            }
        }
        wanted.forEach((loader, ids) -> {
            Map<String, ObjectNode> loaded = loader.load(caller, ids);
            owners.stream().filter(object -> !object.has(member) && loader.equals(embeddedOf(object, member).loader())).forEach(object -> {
                ObjectNode list = loaded.get(object.path("id").asString());
                object.set(member, list == null ? emptyList() : list);
            });
        });
        return owners.stream().map(object -> object.get(member)).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast).toList();
    }

    private Embedded embeddedOf(ObjectNode object, String member) {
        Embedded embedded = lists.getOrDefault(name(object), Map.of()).get(member);
        if (embedded == null) {
            throw new IllegalStateException(name(object) + " has no list " + member);
        }
        return embedded;
    }

    /** What holds the last part of a dotted field. */
    private static JsonNode holder(ObjectNode object, String field) {
        JsonNode holder = object;
        String[] names = field.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            holder = holder.path(names[i]);
        }
        return holder;
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private static String name(JsonNode object) {
        return object.path("object").asString("");
    }

    private static List<String> steps(String path) {
        return List.of(path.split("\\.", -1));
    }

    private static ObjectNode emptyList() {
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.set("data", Json.array());
        list.put("has_more", false);
        return list;
    }

    private static List<ObjectNode> objects(ObjectNode list) {
        var objects = new ArrayList<ObjectNode>();
        list.path("data").forEach(item -> {
            if (item instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        return objects;
    }

    private static ApiException cannot(String path, String why) {
        return ApiException.invalid("expand", "This property cannot be expanded (" + path + "): " + why + ".");
    }
}
