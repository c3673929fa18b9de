package dev.bezant.sdk.codegen;

import dev.bezant.sdk.codegen.EnumSpec.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a description file, whose form {@code sdk/codegen/README.md} explains, and reports every mistake in it at once. */
final class DescriptionReader {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, NamedText> texts = new HashMap<>();
    private final Map<String, EnumSpec> enums = new LinkedHashMap<>();
    private final Set<String> hidden = new HashSet<>();

    /** A text type of the description: the kind, and what its values look like. */
    private record NamedText(FieldKind kind, @Nullable String pattern, String expected, boolean hidden) {}

    private DescriptionReader(JsonNode root) {
        this.root = root;
    }

    static Description read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new DescriptionException(name, List.of("not JSON: " + e.getOriginalMessage() + ", line " + e.getLocation().getLineNr()));
        }
        var reader = new DescriptionReader(root);
        Description description = reader.description(name);
        if (!reader.problems.isEmpty()) {
            throw new DescriptionException(name, reader.problems);
        }
        return description;
    }

    private Description description(String file) {
        known("", root, "package", "source", "texts", "hidden", "fields", "enums", "objects");
        members(root.get("texts")).forEach(this::text);
        for (JsonNode name : list(root.get("hidden"))) {
            hidden.add(name.asString());
        }
        members(root.get("enums")).forEach((name, node) -> enums.put(name, words(name, node)));
        var objects = new LinkedHashMap<String, ObjectSpec>();
        members(root.get("objects")).forEach((name, node) -> objects.put(name, object(name, node)));
        return new Description(file, required("", root, "package"), required("", root, "source"), enums, objects);
    }

    private void text(String name, JsonNode node) {
        known(name, node, "java", "read", "write", "pattern", "expected", "hidden");
        FieldKind kind = node.has("java")
                ? new FieldKind.Text(required(name, node, "java"), required(name, node, "read"), required(name, node, "write"))
                : FieldKind.Scalar.STRING;
        String pattern = optional(node, "pattern");
        String expected = pattern == null ? "" : required(name, node, "expected");
        texts.put(name, new NamedText(kind, pattern, expected, node.path("hidden").asBoolean(false)));
    }

    private EnumSpec words(String name, JsonNode node) {
        known(name, node, "doc", "words");
        checkClassName(name);
        var words = new ArrayList<Word>();
        var constants = new HashSet<String>();
        members(node.get("words")).forEach((wire, word) -> {
            String constant = word.isObject() ? required(name + "." + wire, word, "java") : Names.constant(wire);
            if (!Names.isConstant(constant) || !constants.add(constant)) {
                problem(name + "." + wire + " cannot be named " + constant + " in Java: give it another name as \"java\"");
            }
            words.add(new Word(wire, constant, word.isObject() ? word.path("doc").asString("") : word.asString()));
        });
        return new EnumSpec(name, required(name, node, "doc"), words);
    }

    private ObjectSpec object(String name, JsonNode node) {
        known(name, node, "doc", "implements", "fields");
        checkClassName(name);
        if (enums.containsKey(name)) {
            problem(name + " is an enum and an object");
        }
        var interfaces = new ArrayList<String>();
        list(node.get("implements")).forEach(item -> interfaces.add(item.asString()));
        var fields = new ArrayList<FieldSpec>();
        var names = new HashSet<String>();
        members(node.get("fields")).forEach((wire, field) -> {
            FieldSpec spec = field(name, wire, field);
            fields.add(spec);
            if (!names.add(spec.java()) || (spec.kind() instanceof FieldKind.Words && !names.add(spec.java() + "Text"))) {
                problem(name + "." + wire + " has the same name in Java as another field: " + spec.java());
            }
        });
        return new ObjectSpec(name, required(name, node, "doc"), interfaces, fields);
    }

    private FieldSpec field(String object, String wire, JsonNode node) {
        String path = object + "." + wire;
        if (node.isObject()) {
            known(path, node, "type", "doc", "java", "hidden", "required", "min", "max", "pattern", "expected");
        }
        String type = node.isObject() ? required(path, node, "type") : node.asString();
        boolean list = type.endsWith("[]");
        String single = list ? type.substring(0, type.length() - 2) : type;
        NamedText text = texts.get(single);
        String java = optional(node, "java") == null ? wire : required(path, node, "java");
        if (!Names.isFieldName(java)) {
            problem(path + " cannot be named '" + java + "' in Java: give it another name as \"java\"");
        }
        String pattern = optional(node, "pattern");
        String expected = pattern == null ? "" : required(path, node, "expected");
        String doc = optional(node, "doc");
        FieldKind kind = kind(path, single, list);
        // An object named like a secret hides its own fields; a text has nothing else to hide it.
        boolean hiddenByName = hidden.contains(wire) && !(kind instanceof FieldKind.Nested);
        boolean hiddenByType = text != null && text.hidden();
        return new FieldSpec(wire, java, kind, list,
                doc == null ? root.path("fields").path(wire).asString("") : doc,
                node.path("hidden").asBoolean(hiddenByName || hiddenByType),
                node.path("required").asBoolean(false), bound(node, "min"), bound(node, "max"),
                pattern == null && text != null ? text.pattern() : pattern,
                pattern == null && text != null ? text.expected() : expected);
    }

    private FieldKind kind(String path, String type, boolean list) {
        if (root.path("objects").has(type)) {
            return new FieldKind.Nested(type);
        }
        if (enums.containsKey(type)) {
            if (list) {
                problem(path + " is a list of an enum, which is not supported");
            }
            return new FieldKind.Words(type);
        }
        NamedText text = texts.get(type);
        if (text != null) {
            return text.kind();
        }
        for (FieldKind.Scalar scalar : FieldKind.scalars()) {
            if (scalar.word().equals(type)) {
                return scalar;
            }
        }
        problem(path + " has the type '" + type + "', which is not known");
        return FieldKind.Scalar.STRING;
    }

    private void checkClassName(String name) {
        if (!Names.isClassName(name)) {
            problem("'" + name + "' cannot be the name of a class: expected a capital, letters and digits, and none of the names that every class uses");
        }
    }

    private void known(String path, JsonNode node, String... names) {
        for (var member : node.properties()) {
            if (!List.of(names).contains(member.getKey())) {
                problem((path.isEmpty() ? "" : path + ": ") + "'" + member.getKey() + "' is not known here; known are " + List.of(names));
            }
        }
    }

    private String required(String path, JsonNode node, String name) {
        String text = node.path(name).asString("");
        if (text.isBlank()) {
            problem((path.isEmpty() ? "" : path + ": ") + name + " is missing");
        }
        return text;
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asString() : null;
    }

    private static @Nullable Long bound(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asLong() : null;
    }

    private static Map<String, JsonNode> members(@Nullable JsonNode node) {
        var members = new LinkedHashMap<String, JsonNode>();
        if (node != null) {
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        }
        return members;
    }

    private static Iterable<JsonNode> list(@Nullable JsonNode node) {
        return node == null ? List.of() : node;
    }

    private void problem(String text) {
        problems.add(text);
    }
}
